// The rule as expressions state it. Slow, and kept for comparison with the scan of src.

// Punctuation that sets names apart, as in C and C#, stays; so do symbols such as the plus of C++.
const SEPARATORS = /(?:(?![#&%])[\p{P}\s])+/gu;
const INVISIBLE = /\p{Cf}/gu;

/** A text without the differences that a reader would overlook: case, spacing, punctuation, invisible characters. */
export function comparableText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').replace(SEPARATORS, ' ').trim();
}
