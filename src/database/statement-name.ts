import { createHash } from 'node:crypto';

const nameByText = new Map<string, string>();

/** More texts than the service has; what comes after them has no name, so that neither side remembers without end. */
const MAXIMUM_NAMES = 1_000;

/** The same name for the same text; null for one that is not to be remembered. */
export function statementName(text: string): string | null {
  const known = nameByText.get(text);
  if (known !== undefined) return known;
  if (nameByText.size >= MAXIMUM_NAMES) return null;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
  nameByText.set(text, name);
  return name;
}
