/** One value of a sort key: what a list is ordered by. */
export type KeyValue = string | number;

/** Encodes bytes of UTF-8 as unpadded base64url, with what every JavaScript runtime has. */
function toBase64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** An opaque position in a list. The list's name is part of it, so that a cursor of another list is told apart. */
export function encodeCursor(list: string, key: readonly KeyValue[]): string {
  return toBase64Url(JSON.stringify([list, ...key]));
}

/** In characters: longer than any that was handed out. */
const LONGEST_CURSOR = 4_000;

/** The sort key that a cursor stands for, or null when it is not a cursor of this list. */
export function decodeCursor(list: string, cursor: string): KeyValue[] | null {
  if (cursor.length > LONGEST_CURSOR) return null;
  try {
    const parts: unknown = JSON.parse(fromBase64Url(cursor));
    if (!Array.isArray(parts) || parts[0] !== list) return null;
    const key = parts.slice(1);
    return key.every((value) => typeof value === 'string' || typeof value === 'number') ? key : null;
  } catch {
    return null;
  }
}

/** A cursor was given that is not one of the list. */
export class ForeignCursorError extends Error {
  constructor(
    list: string,
    /** The argument that it was given in. */
    readonly argument: 'after' | 'before',
  ) {
    super(`This cursor does not belong to the list ${list}.`);
  }
}
