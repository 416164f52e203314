/** A text made literal within a LIKE pattern. */
export const escapePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A value in small letters, lowered as the columns that hold names are. */
export const lowered = (placeholder: string): string => `lower(${placeholder}::text collate "und-x-icu")`;

/** Whether there is a letter or a digit: trigrams are made of nothing else, so of the rest no index knows anything. */
export const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/**
 * Whether a pattern for this text anywhere has a trigram that an index knows: three letters in a row, or a word of which
 * the beginning is there, or two letters up to the end of a word.
 */
export const hasTrigram = (text: string): boolean =>
  /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}]/u.test(text);
