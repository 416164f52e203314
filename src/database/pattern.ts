/** A text made literal within a LIKE pattern. */
export const escapePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A value in small letters, lowered as the columns that hold names are. */
export const lowered = (placeholder: string): string => `lower(${placeholder}::text collate "und-x-icu")`;
