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
  /** The way to the value that is looked at: one list for all of them, since there may be very many. */
  private readonly path: (string | number)[] = [];

  /** What is wrong with a value or the first part of it that something is wrong with. */
  findProblem(value: unknown): GraphQLError | null {
    if (this.path.length > MAXIMUM_DEPTH)
      return badUserInput(`Variables are nested at most ${MAXIMUM_DEPTH} deep.`, this.path.slice(0, 1));
    if (++this.values > MAXIMUM_VALUES)
      return badUserInput(`Variables hold at most ${MAXIMUM_VALUES} values.`, this.path.slice(0, 1));
    if (typeof value === 'string') return refusal(value, this.path);
    if (value === null || typeof value !== 'object') return null;
    if (Array.isArray(value)) return this.findInList(value);
    for (const key in value) {
      const found = refusal(key, this.path) ?? this.findIn(key, (value as Record<string, unknown>)[key]);
      if (found) return found;
    }
    return null;
  }

  private findInList(list: readonly unknown[]): GraphQLError | null {
    for (let place = 0; place < list.length; place++) {
      const found = this.findIn(place, list[place]);
      if (found) return found;
    }
    return null;
  }

  private findIn(key: string | number, part: unknown): GraphQLError | null {
    this.path.push(key);
    const found = this.findProblem(part);
    this.path.pop();
    return found;
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
    const problem = literals.get(document) ?? new VariablesSearch().findProblem(request.variables ?? null);
    if (problem) throw problem;
  };
}
