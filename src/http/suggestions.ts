import type { GraphQLFormattedError } from 'graphql';

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** To the end where no question mark follows: to look for one from each beginning anew would take for ever. */
const SUGGESTION = / ?Did you mean [^?]*(?:\?|$)/g;

/**
 * Takes "Did you mean ...?" out of messages, which would spell out a schema that may not be read, before anything else is done
 * to them. Apollo does so for errors of validation alone, and not for values of variables.
 */
export const withoutSuggestions =
  (format: FormatError): FormatError =>
  (formatted, error) =>
    format({ ...formatted, message: formatted.message.replace(SUGGESTION, '') }, error);
