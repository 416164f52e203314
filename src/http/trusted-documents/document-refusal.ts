import { GraphQLError } from 'graphql';
import type { DocumentMode } from './document-mode.js';
import type { DocumentStanding } from './named-document.js';

export const documentNotTrusted = (): GraphQLError =>
  new GraphQLError('Your sign-in runs documents of the manifest only: send the id of one, or its exact text.', {
    extensions: { code: 'DOCUMENT_NOT_TRUSTED', http: { status: 400 } },
  });

const documentNotFound = (): GraphQLError =>
  new GraphQLError('The manifest has no document of this id. Send the text of the document in "query".', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 400 } },
  });

/** Why a document must not be run, before anything looks at its text; null when nothing is against it. */
export function documentRefusal(standing: DocumentStanding, mode: DocumentMode): GraphQLError | null {
  if (standing === 'trusted' || standing === 'none') return null;
  if (mode === 'only') return documentNotTrusted();
  return standing === 'unknown' ? documentNotFound() : null;
}
