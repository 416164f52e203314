/** A text as it is kept: without white space around it. */
export const tidyText = (text: string): string => text.trim();

/** An optional text as it is kept: one with nothing in it is not there. */
export const tidyOptionalText = (text: string | null | undefined): string | null => text?.trim() || null;
