import { type DocumentNode, type GraphQLError, Kind, visit } from 'graphql';
import type { RequestContext } from './context.js';
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

/** How much the variables of one request may hold. */
interface VariableBounds {
  /** With each variable counted as often as the document uses it: that often it is made into what the fields take. */
  values: number;
  /** Entries of one list. */
  entries: number;
}

/** Several times what a plan holds at most. */
const SIGNED_IN: VariableBounds = { values: 20_000, entries: 200 };

/** Several times what the largest batch of rows needs. */
const HRIS: VariableBounds = { values: 100_000, entries: 10_000 };

const boundsFor = ({ signedIn }: RequestContext): VariableBounds =>
  signedIn?.roles.includes('hris') ? HRIS : SIGNED_IN;

/** No input type comes near it. */
const MAXIMUM_DEPTH = 50;

/** Several times what the longest text of this API may have. In units of UTF-16, which are quick to count. */
const MAXIMUM_CHARACTERS = 20_000;

/** Looks through one variable for what cannot be stored, and no longer than the bounds allow. */
class VariableSearch {
  /** How many values were looked at. */
  values = 0;
  /** The way to the value that is looked at: one list for all of them, since there may be very many. */
  private readonly path: (string | number)[];

  constructor(
    name: string,
    private readonly bounds: VariableBounds,
  ) {
    this.path = [name];
  }

  /** What is wrong with a value or the first part of it that something is wrong with. */
  findProblem(value: unknown): GraphQLError | null {
    if (this.path.length > MAXIMUM_DEPTH) return this.refuse(`Variables are nested at most ${MAXIMUM_DEPTH} deep.`);
    if (++this.values > this.bounds.values) return tooManyValues(this.path[0] as string, this.bounds);
    if (typeof value === 'string') return this.findInText(value);
    if (value === null || typeof value !== 'object') return null;
    if (Array.isArray(value)) return this.findInList(value);
    for (const key in value) {
      const found = refusal(key, this.path) ?? this.findIn(key, (value as Record<string, unknown>)[key]);
      if (found) return found;
    }
    return null;
  }

  private refuse(message: string): GraphQLError {
    return badUserInput(message, this.path.slice(0, MAXIMUM_DEPTH));
  }

  private findInText(text: string): GraphQLError | null {
    if (text.length > MAXIMUM_CHARACTERS)
      return this.refuse(`A text in a variable has at most ${MAXIMUM_CHARACTERS} characters.`);
    return refusal(text, this.path);
  }

  private findInList(list: readonly unknown[]): GraphQLError | null {
    const { entries } = this.bounds;
    if (list.length > entries) return this.refuse(`A list in a variable has at most ${entries} entries.`);
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

const tooManyValues = (name: string, { values }: VariableBounds): GraphQLError =>
  badUserInput(`Variables hold at most ${values} values, each counted as often as it is used.`, [name]);

/** What is to be known of a document to judge its variables. */
interface DocumentText {
  unsafe: GraphQLError | null;
  /** How often each variable is used. */
  uses: ReadonlyMap<string, number>;
}

function readDocument(document: DocumentNode): DocumentText {
  let unsafe: GraphQLError | null = null;
  const uses = new Map<string, number>();
  visit(document, {
    StringValue: (node, _key, _parent, keys) => {
      unsafe ??= refusal(node.value, pathAlong(document, keys));
    },
    Variable: ({ name: { value } }, _key, parent) => {
      const isDeclared = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (!isDeclared) uses.set(value, (uses.get(value) ?? 0) + 1);
    },
  });
  return { unsafe, uses };
}

/** How many values the variables come to, each counted as often as it is used. Throws where something is wrong with one. */
function weighVariables(
  variables: Record<string, unknown>,
  uses: ReadonlyMap<string, number>,
  bounds: VariableBounds,
): number {
  let weight = 0;
  for (const name in variables) {
    const problem = refusal(name, []);
    if (problem) throw problem;
    const search = new VariableSearch(name, bounds);
    const found = search.findProblem(variables[name]);
    if (found) throw found;
    weight += search.values * Math.max(1, uses.get(name) ?? 0);
    if (weight > bounds.values) throw tooManyValues(name, bounds);
  }
  return weight;
}

/** Refuses what could not be stored as it is, and variables that would take long to be looked at, before anything runs. */
export function textSafetyGuard(): Guard {
  const known = new WeakMap<DocumentNode, DocumentText>(); // documents are cached and come again
  return ({ document, request, contextValue }) => {
    const { unsafe, uses } = known.get(document) ?? readDocument(document);
    known.set(document, { unsafe, uses });
    if (unsafe) throw unsafe;
    contextValue.account.values = weighVariables(request.variables ?? {}, uses, boundsFor(contextValue));
  };
}
