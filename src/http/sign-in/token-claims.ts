import type { JWTPayload } from 'jose';

/**
 * The value of a claim. The name is that of the claim itself, dots included, or else a path into it, such as
 * `realm_access.roles`.
 */
function claimValue(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      payload,
    );
}

/** Whether a text is one that can be looked for: Postgres knows no NUL, and no halves of characters. */
export const isPlainText = (text: string): boolean => text !== '' && !text.includes('\0') && text.isWellFormed();

/**
 * A claim that is one text, or a whole number, which is taken for its digits. Null when there is none: nor is there where a
 * number is so large that reading JSON may have made it another.
 */
export function claimText(payload: JWTPayload, name: string): string | null {
  const value = claimValue(payload, name);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' && isPlainText(value) ? value : null;
}

/** A claim that is a list, or a text of words between spaces, as scopes are (RFC 8693, section 4.2). */
export function claimList(payload: JWTPayload, name: string): string[] {
  const value = claimValue(payload, name);
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
