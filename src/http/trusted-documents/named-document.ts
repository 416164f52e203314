import { RequestRefusal } from '../request-refusal.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** The parameters of a request that say which document it means, as they came. */
export interface DocumentParameters {
  query?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

/**
 * How a request stands to the manifest: its document is in it; it is another, or one that only Apollo's cache may know;
 * its id is nowhere; or it names none, which Apollo refuses.
 */
export type DocumentStanding = 'trusted' | 'other' | 'unknown' | 'none';

export interface NamedDocument {
  standing: DocumentStanding;
  /** What to send on in place of what came; null: as it came. */
  settled: { query: string; extensions?: unknown } | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The hash of Apollo's protocol; null where it is not spoken. */
function hashIn(extensions: unknown): string | null {
  const persistedQuery = isRecord(extensions) ? extensions['persistedQuery'] : null;
  if (!isThere(persistedQuery)) return null;
  // What Apollo would make a text of, such as a list, could name a document that we do not see.
  if (!isRecord(persistedQuery) || typeof persistedQuery['sha256Hash'] !== 'string')
    throw new RequestRefusal(400, '"extensions.persistedQuery" must have a "sha256Hash" that is text.');
  return persistedQuery['sha256Hash'];
}

function idIn(documentId: unknown): string | null {
  if (!isThere(documentId)) return null;
  if (typeof documentId !== 'string') throw new RequestRefusal(400, '"documentId" must be text.');
  return documentId;
}

/** Apollo is not to look for, or keep, what the manifest holds. */
function withoutHash(extensions: unknown): unknown {
  if (!isRecord(extensions)) return extensions; // for Apollo to refuse
  const { persistedQuery: _, ...others } = extensions;
  return others;
}

/**
 * Finds out which document a request means, and puts the text in place of a name that the manifest knows.
 * @throws RequestRefusal when the names are malformed, or contradict each other
 */
export function nameDocument(
  { query, documentId, extensions }: DocumentParameters,
  documents: TrustedDocuments,
): NamedDocument {
  const hash = hashIn(extensions);
  const id = idIn(documentId);
  if (id !== null && (isThere(query) || hash !== null))
    throw new RequestRefusal(400, 'Name the document once: by "documentId", by its hash, or by its text in "query".');
  const named = (standing: DocumentStanding, text: string | null = null): NamedDocument => ({
    standing,
    settled: text === null ? null : { query: text, ...(hash !== null && { extensions: withoutHash(extensions) }) },
  });
  if (typeof query === 'string' && query !== '') {
    if (!documents.has(query)) return named('other');
    // A hash of something else is for Apollo to refuse.
    return hash === null || documents.find(hash) === query ? named('trusted', query) : named('trusted');
  }
  const name = id ?? hash;
  if (name === null) return named('none');
  const text = documents.find(name);
  if (text !== null) return named('trusted', text);
  return named(id === null ? 'other' : 'unknown');
}
