import { type DocumentNode, type GraphQLError, visit } from 'graphql';
import { badUserInput } from './errors.js';
import type { Guard } from './guards.js';
import { pathAlong } from './input-path.js';

type Path = readonly (string | number)[];

/** What Postgres cannot store faithfully: NUL characters, and halves of a surrogate pair. */
function refusal(text: string, path: Path): GraphQLError | null {
  if (text.includes('\0')) return badUserInput('Text must not contain NUL characters.', path);
  if (!text.isWellFormed()) return badUserInput('Text must be well-formed Unicode, without lone surrogates.', path);
  return null;
}

/** No input type comes near it. */
const MAXIMUM_DEPTH = 50;

/** Values within the variables of one request: several times what the largest batch needs. */
const MAXIMUM_VALUES = 100_000;

/** Looks through variables for text that cannot be stored, and no longer than the bounds allow. */
class VariablesSearch {
  private values = 0;

  /** What is wrong with a value or the first part of it that something is wrong with. */
  findProblem(value: unknown, path: Path): GraphQLError | null {
    if (path.length > MAXIMUM_DEPTH)
      return badUserInput(`Variables are nested at most ${MAXIMUM_DEPTH} deep.`, path.slice(0, 1));
    if (++this.values > MAXIMUM_VALUES)
      return badUserInput(`Variables hold at most ${MAXIMUM_VALUES} values.`, path.slice(0, 1));
    if (typeof value === 'string') return refusal(value, path);
    if (value === null || typeof value !== 'object') return null;
    for (const [key, part] of Object.entries(value)) {
      const found = refusal(key, path) ?? this.findProblem(part, [...path, key]);
      if (found) return found;
    }
    return null;
  }
}

function findUnsafeLiteral(document: DocumentNode): GraphQLError | null {
  let found: GraphQLError | null = null;
  visit(document, {
    StringValue: (node, _key, _parent, keys) => {
      found ??= refusal(node.value, pathAlong(document, keys));
    },
  });
  return found;
}

/** Refuses text that could not be stored as it is, before anything runs. */
export function textSafetyGuard(): Guard {
  const literals = new WeakMap<DocumentNode, GraphQLError | null>(); // documents are cached and come again
  return ({ document, request }) => {
    if (!literals.has(document)) literals.set(document, findUnsafeLiteral(document));
    const problem = literals.get(document) ?? new VariablesSearch().findProblem(request.variables ?? null, []);
    if (problem) throw problem;
  };
}
