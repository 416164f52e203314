import type { GraphQLFormattedError } from 'graphql';

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * Takes "Did you mean ...?" out of messages, which would spell out a schema that may not be read, before anything else is done
 * to them. Apollo does so for errors of validation alone, and not for values of variables.
 */
export const withoutSuggestions =
  (format: FormatError): FormatError =>
  (formatted, error) =>
    format({ ...formatted, message: formatted.message.replace(/ ?Did you mean [^?]*\?/g, '') }, error);
