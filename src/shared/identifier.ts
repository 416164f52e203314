/** The identity of a stored thing: a UUIDv7 in its canonical text form, so that ids sort by the time of their creation. */
export type Identifier = string;

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

let lastMilliseconds = -1;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562): 48 bits of milliseconds, a counter of 12 bits, 62 random bits. The counter keeps the ids of
 * one process in order within a millisecond; it starts at random, in its lower half.
 */
export function newIdentifier(now: Date): Identifier {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let milliseconds = now.getTime();
  counter = milliseconds === lastMilliseconds ? (counter + 1) % 4096 : (bytes[6]! % 8) * 256 + bytes[7]!;
  lastMilliseconds = milliseconds;
  for (let index = 5; index >= 0; index--) {
    bytes[index] = milliseconds % 256;
    milliseconds = Math.floor(milliseconds / 256);
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => hexOfByte[byte]!);
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((group) => group.join(''))
    .join('-');
}

const canonicalForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an identifier as the database stores it. */
export const isIdentifier = (text: string): boolean => canonicalForm.test(text);
