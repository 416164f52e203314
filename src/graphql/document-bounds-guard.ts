import { type DocumentNode, type GraphQLError, Kind } from 'graphql';
import { type DocumentBounds, findBrokenBound } from './document-bounds.js';
import { queryTooComplex } from './errors.js';
import type { Guard } from './guards.js';
import type { RequestHooks } from './request-hooks.js';

const WHAT: Record<keyof DocumentBounds, (limit: number) => string> = {
  characters: (limit) => `The document has more than ${limit} characters. Split it, or send values as variables.`,
  lines: (limit) => `The document has more than ${limit} lines. Split it.`,
  tokens: (limit) => `The document has more than ${limit} tokens. Split it, or send values as variables.`,
  depth: (limit) => `The document is nested more than ${limit} fields deep. Ask for what lies deeper by its id.`,
  rootFields: (limit) => `The operation has more than ${limit} fields at its root. Split it, or ask with "nodes".`,
  aliases: (limit) =>
    `The document has more than ${limit} aliases. Ask for lists instead of one thing after the other.`,
  directives: (limit) => `The document has more than ${limit} directives. Put @skip and @include on fragments.`,
  fragments: (limit) => `The document has more than ${limit} fragments. Split it.`,
  selections: (limit) => `The document selects more than ${limit} fields, fragments spread. Split it.`,
  repeats: (limit) => `The document selects the same field more than ${limit} times. Select it once.`,
};

export const brokenBoundError = (bound: keyof DocumentBounds, limit: number): GraphQLError =>
  queryTooComplex(WHAT[bound](limit), { bound, limit });

/**
 * Refuses documents that are too large to be looked at, before they are validated: validating them is what takes long.
 * An error thrown there would count as a bug. So the document is replaced by one that is empty, and valid at once, of which
 * the guard knows why; Apollo keeps it for the text, and a text that comes again and again is refused without being parsed.
 */
export function documentBounds(bounds: DocumentBounds): { hooks: RequestHooks; guard: Guard } {
  const refusals = new WeakMap<DocumentNode, GraphQLError>();
  const validationDidStart = async (request: { readonly document: DocumentNode }) => {
    const broken = findBrokenBound(request.document, bounds);
    if (!broken) return;
    const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
    refusals.set(nothing, brokenBoundError(broken.bound, broken.limit));
    (request as { document: DocumentNode }).document = nothing;
  };
  return {
    hooks: { validationDidStart },
    guard: ({ document }) => {
      const refusal = refusals.get(document);
      if (refusal) throw refusal;
    },
  };
}
