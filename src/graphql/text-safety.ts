import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLError, visit } from 'graphql';
import type { RequestContext } from './context.js';
import { badUserInput } from './errors.js';

type Path = readonly (string | number)[];

/** What Postgres cannot store faithfully: NUL characters, and halves of a surrogate pair. */
function refusal(text: string, path: Path): GraphQLError | null {
  if (text.includes('\0')) return badUserInput('Text must not contain NUL characters.', path);
  if (!text.isWellFormed()) return badUserInput('Text must be well-formed Unicode, without lone surrogates.', path);
  return null;
}

/** No input type comes near it. */
const MAXIMUM_DEPTH = 50;

/** The first text within a value that cannot be stored. */
function findUnsafeText(value: unknown, path: Path): GraphQLError | null {
  if (path.length > MAXIMUM_DEPTH) return badUserInput(`Variables are nested at most ${MAXIMUM_DEPTH} deep.`, []);
  if (typeof value === 'string') return refusal(value, path);
  if (value === null || typeof value !== 'object') return null;
  for (const [key, part] of Object.entries(value)) {
    const found = refusal(key, path) ?? findUnsafeText(part, [...path, key]);
    if (found) return found;
  }
  return null;
}

function findUnsafeLiteral(document: DocumentNode): GraphQLError | null {
  let found: GraphQLError | null = null;
  visit(document, {
    StringValue: (node) => {
      found ??= refusal(node.value, []);
    },
  });
  return found;
}

/** Refuses text that could not be stored as it is, before anything runs. */
export function textSafetyPlugin(): ApolloServerPlugin<RequestContext> {
  const literals = new WeakMap<DocumentNode, GraphQLError | null>(); // documents are cached and come again
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request }) {
          if (!literals.has(document)) literals.set(document, findUnsafeLiteral(document));
          const problem = literals.get(document) ?? findUnsafeText(request.variables, []);
          if (problem) throw problem;
        },
      };
    },
  };
}
