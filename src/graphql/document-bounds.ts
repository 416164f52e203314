import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** How large a document may be before anybody thinks about what it means. Fragments count wherever they are spread. */
export interface DocumentBounds {
  /** Of the text. */
  characters: number;
  /** Of the text: who says where an error is counts lines, for each error anew. */
  lines: number;
  /** Words and signs of the text, as the parser counts them. */
  tokens: number;
  /** Fields within fields. */
  depth: number;
  /** Fields of one operation at its root. */
  rootFields: number;
  /** Fields under another name, `__typename` included. */
  aliases: number;
  directives: number;
  /** Definitions of fragments: validation follows each from each operation. */
  fragments: number;
  /** Fields and fragments. */
  selections: number;
  /** How often one field of the answer may be asked for: each two of them are compared when the document is validated. */
  repeats: number;
}

/** Far beyond what a page of a frontend asks for, and little enough to be looked at in milliseconds. */
export const DOCUMENT_BOUNDS: DocumentBounds = {
  characters: 100_000,
  lines: 2_000,
  tokens: 5_000,
  depth: 20,
  rootFields: 20,
  aliases: 100,
  directives: 100,
  fragments: 200,
  selections: 2_000,
  repeats: 50,
};

/** Which bound a document breaks. */
export interface BrokenBound {
  bound: keyof DocumentBounds;
  limit: number;
}

class BoundBroken extends Error {
  constructor(readonly bound: keyof DocumentBounds) {
    super(bound);
  }
}

/** Counts what a document asks for, and stops where that becomes too much: it does no more work than the bounds allow. */
class Counter {
  private readonly counts: Record<keyof DocumentBounds, number>;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly spreading: FragmentDefinitionNode[] = [];
  readonly reached = new Set<FragmentDefinitionNode>();

  constructor(
    document: DocumentNode,
    private readonly bounds: DocumentBounds,
  ) {
    this.counts = {
      characters: 0,
      lines: 0,
      tokens: 0,
      depth: 0,
      rootFields: 0,
      aliases: 0,
      directives: 0,
      fragments: 0,
      selections: 0,
      repeats: 0,
    };
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
  }

  private require(bound: keyof DocumentBounds, count: number): void {
    if (count > this.bounds[bound]) throw new BoundBroken(bound);
  }

  private add(bound: keyof DocumentBounds, count: number): void {
    this.counts[bound] += count;
    this.require(bound, this.counts[bound]);
  }

  private countDirectives(directives: readonly DirectiveNode[] | undefined): void {
    this.add('directives', directives?.length ?? 0);
  }

  countFragments(count: number): void {
    this.add('fragments', count);
  }

  countDefinition(definition: DefinitionNode): void {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      this.counts.rootFields = 0; // of one operation
      this.countDirectives(definition.directives);
      for (const { directives } of definition.variableDefinitions ?? []) this.countDirectives(directives);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      this.countDirectives(definition.directives);
    } else {
      return; // no part of a request: the validation says so
    }
    const answer: AnswerPart = new Map();
    const depth = definition.kind === Kind.OPERATION_DEFINITION ? 1 : 2;
    this.countSelections(definition.selectionSet, answer, depth);
  }

  /** @param answer what the fields before have asked for at the same place of the answer */
  private countSelections(set: SelectionSetNode, answer: AnswerPart, depth: number): void {
    for (const selection of set.selections) {
      this.add('selections', 1);
      this.countDirectives(selection.directives);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.countSelections(selection.selectionSet, answer, depth);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        this.countFragment(selection.name.value, answer, depth);
      } else {
        this.require('depth', depth);
        if (selection.alias) this.add('aliases', 1);
        if (depth === 1) this.add('rootFields', 1);
        const part = partOf(answer, (selection.alias ?? selection.name).value);
        this.require('repeats', ++part.count);
        if (selection.selectionSet) this.countSelections(selection.selectionSet, part.parts, depth + 1);
      }
    }
  }

  private countFragment(name: string, answer: AnswerPart, depth: number): void {
    const fragment = this.fragments.get(name);
    // One that is missing or leads back to itself is for the validation to explain.
    if (!fragment || this.spreading.includes(fragment)) return;
    this.reached.add(fragment);
    this.spreading.push(fragment);
    this.countSelections(fragment.selectionSet, answer, depth);
    this.spreading.pop();
  }
}

/** The fields of an answer by their names there, whichever parts of the document ask for them. */
type AnswerPart = Map<string, { count: number; parts: AnswerPart }>;

function partOf(answer: AnswerPart, name: string): { count: number; parts: AnswerPart } {
  let part = answer.get(name);
  if (!part) {
    part = { count: 0, parts: new Map() };
    answer.set(name, part);
  }
  return part;
}

/** The bound that a text breaks before it is parsed; null when it keeps to them. */
export function findBrokenTextBound(text: string, bounds: DocumentBounds): BrokenBound | null {
  if (text.length > bounds.characters) return { bound: 'characters', limit: bounds.characters };
  let lines = 1;
  for (const _ of text.matchAll(/\r\n|[\n\r]/g)) lines++;
  return lines > bounds.lines ? { bound: 'lines', limit: bounds.lines } : null;
}

/**
 * The first bound that a document breaks; null when it keeps to all of them. The tokens are counted by the parser.
 * Fragments that no operation reaches count on their own, as validation looks at them too.
 */
export function findBrokenBound(document: DocumentNode, bounds: DocumentBounds): BrokenBound | null {
  const counter = new Counter(document, bounds);
  const isFragment = (definition: DefinitionNode) => definition.kind === Kind.FRAGMENT_DEFINITION;
  try {
    counter.countFragments(document.definitions.filter(isFragment).length);
    for (const definition of document.definitions) if (!isFragment(definition)) counter.countDefinition(definition);
    for (const definition of document.definitions) {
      if (isFragment(definition) && !counter.reached.has(definition as FragmentDefinitionNode)) {
        counter.countDefinition(definition);
      }
    }
    return null;
  } catch (error) {
    if (!(error instanceof BoundBroken)) throw error;
    return { bound: error.bound, limit: bounds[error.bound] };
  }
}
