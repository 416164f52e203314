import type { Guard } from '../../graphql/guards.js';
import type { Logger } from '../logger.js';
import { type DocumentModes, modeOf } from './document-mode.js';
import { documentNotTrusted } from './document-refusal.js';
import { hashOf, type TrustedDocuments } from './trusted-documents.js';

/**
 * Says in the log which documents are not in the manifest, where it is preferred. Refuses them where nothing else may run:
 * they were refused before, and this holds whatever Apollo takes for the text, such as one from its cache.
 */
export const trustedDocumentsGuard =
  (documents: TrustedDocuments, modes: DocumentModes, log: Logger): Guard =>
  ({ source, operation, contextValue: { signedIn, requestId } }) => {
    const mode = modeOf(modes, signedIn);
    if (mode === 'all' || documents.has(source)) return;
    if (mode === 'only') throw documentNotTrusted();
    const operationName = operation?.name?.value ?? null;
    log.warn({ requestId, operationName, documentHash: hashOf(source) }, 'document is not in the manifest');
  };
