/** Whether a text has more than `limit` characters, counted as Unicode code points: an emoji of one code point is one. */
export function isLongerThan(text: string, limit: number): boolean {
  // A code point takes one or two units of the string, so most texts need no counting.
  if (text.length <= limit) return false;
  return text.length > 2 * limit || [...text].length > limit;
}
