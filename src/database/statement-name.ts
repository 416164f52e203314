import { createHash } from 'node:crypto';

const nameByText = new Map<string, string>();

/** A name follows from its text, so nothing is lost when those that are remembered are forgotten. */
const REMEMBERED_NAMES = 1_000;

/** The same name for the same text. */
export function statementName(text: string): string {
  let name = nameByText.get(text);
  if (name === undefined) {
    if (nameByText.size === REMEMBERED_NAMES) nameByText.clear();
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    nameByText.set(text, name);
  }
  return name;
}
