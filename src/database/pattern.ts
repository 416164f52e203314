/** A text made literal within a LIKE pattern. */
export const escapePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
