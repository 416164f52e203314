import type { Identifier } from './identifier.js';

/**
 * TypeIDs: a prefix that names the type, `_`, and the UUID as 26 digits of Crockford's base 32
 * (specification 0.3, https://github.com/jetify-com/typeid). They sort like the UUIDs they carry.
 */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const valueOfDigit = new Map([...digits].map((digit, value) => [digit, value]));

/** The id that clients see for a stored identifier. */
export function encodeTypedId(prefix: string, identifier: Identifier): string {
  const hex = identifier.replaceAll('-', '');
  let text = '';
  let bits = 0;
  let pending = 2; // 26 digits hold 130 bits: two leading zero bits
  for (let index = 0; index < 32; index++) {
    bits = (bits << 4) | Number.parseInt(hex[index]!, 16);
    pending += 4;
    if (pending >= 5) {
      pending -= 5;
      text += digits[(bits >> pending) & 31];
      bits &= (1 << pending) - 1;
    }
  }
  return `${prefix}_${text}`;
}

/** The parts of an id that a client sent, or null when it is not the text of a TypeID. */
export function decodeTypedId(text: string): { prefix: string; identifier: Identifier } | null {
  const separator = text.lastIndexOf('_');
  const suffix = text.slice(separator + 1);
  // The first digit holds three bits: anything above 7 would be more than 128 bits.
  if (separator < 1 || suffix.length !== 26 || suffix[0]! > '7') return null;
  let hex = '';
  let bits = 0;
  let pending = -2;
  for (const digit of suffix) {
    const value = valueOfDigit.get(digit);
    if (value === undefined) return null;
    bits = (bits << 5) | value;
    pending += 5;
    while (pending >= 4) {
      pending -= 4;
      hex += ((bits >> pending) & 15).toString(16);
      bits &= (1 << pending) - 1;
    }
  }
  const identifier = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { prefix: text.slice(0, separator), identifier };
}
