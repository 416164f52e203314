/** A query of the README that is ready to run. */
export interface ReadyQuery {
  /** What it shows, in words: the comment it starts with. */
  title: string;
  /** How GraphiQL names its tab; null when the query has no name. */
  operationName: string | null;
  query: string;
  /** JSON, as it stands in the README; null when the query takes none. */
  variables: string | null;
}

interface Block {
  language: string;
  text: string;
}

const FENCED_BLOCK = /^```([^\n`]*)\n([\s\S]*?)^```[ \t]*$/gm;
const TITLE = /^#[ \t]*(\S.*)/;
const OPERATION = /^[ \t]*(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/m;

function fencedBlocks(markdown: string): Block[] {
  const text = markdown.replaceAll('\r\n', '\n');
  return [...text.matchAll(FENCED_BLOCK)].map(([, language, text]) => ({
    language: language!.trim(),
    text: text!.trim(),
  }));
}

/** Only a query that declares variables has them: JSON after any other is the answer that the README shows. */
function variablesOf({ text }: Block, next: Block | undefined): string | null {
  return text.includes('$') && next?.language === 'json' ? next.text : null;
}

/**
 * The queries of a Markdown text that are ready to run, in its order: each block in the language `graphql` that starts
 * with a comment, its title. Where a query declares variables, the block in the language `json` right after it has them.
 */
export function findReadyQueries(markdown: string): ReadyQuery[] {
  return fencedBlocks(markdown).flatMap((block, index, blocks) => {
    const title = block.language === 'graphql' ? TITLE.exec(block.text)?.[1]?.trim() : undefined;
    if (title === undefined) return [];
    const operationName = OPERATION.exec(block.text)?.[1] ?? null;
    return [{ title, operationName, query: block.text, variables: variablesOf(block, blocks[index + 1]) }];
  });
}
