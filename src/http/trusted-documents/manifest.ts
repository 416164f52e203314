import fs from 'node:fs';
import { parse } from 'graphql';

/** The text of each trusted document by the id that clients call it by. */
export type Manifest = ReadonlyMap<string, string>;

export const NO_MANIFEST: Manifest = new Map();

/** Hashes, and names that tools make of them. */
const ID = /^[\w.:-]{1,200}$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The pairs of id and text, in either of the two shapes that tools write. */
function pairsOf(content: unknown): [id: unknown, text: unknown][] {
  if (!isRecord(content)) throw new Error('is no JSON object');
  if (content['format'] !== 'apollo-persisted-query-manifest') return Object.entries(content);
  const { version, operations } = content;
  if (version !== 1) throw new Error(`is of version ${JSON.stringify(version)}; version 1 is known`);
  if (!Array.isArray(operations)) throw new Error('has no list of operations');
  return operations.map((operation) => (isRecord(operation) ? [operation['id'], operation['body']] : [null, null]));
}

function requireDocument(id: string, text: unknown): asserts text is string {
  if (typeof text !== 'string') throw new Error(`has no text for the document ${id}`);
  try {
    parse(text, { noLocation: true });
  } catch (error) {
    throw new Error(`has a text that is no GraphQL document for ${id}: ${(error as Error).message}`);
  }
}

/**
 * Reads Apollo's manifest, or the plain `{ "<id>": "<document>" }` of GraphQL code generator and Relay. Whether the schema
 * knows what the documents ask for is not looked at: those of an older client may still be listed.
 * @throws an error that says what is wrong with it
 */
export function parseManifest(json: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new Error('is not valid JSON');
  }
  const manifest = new Map<string, string>();
  for (const [id, text] of pairsOf(content)) {
    if (typeof id !== 'string' || !ID.test(id))
      throw new Error(`has an id of another form than 1 to 200 letters, digits and ".:_-": ${JSON.stringify(id)}`);
    if (manifest.has(id)) throw new Error(`has the id ${id} twice`);
    requireDocument(id, text);
    manifest.set(id, text);
  }
  if (manifest.size === 0) throw new Error('lists no document');
  return manifest;
}

/** @throws an error that says what is wrong with the file */
export function readManifest(file: string): Manifest {
  let json: string;
  try {
    json = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  return parseManifest(json);
}
