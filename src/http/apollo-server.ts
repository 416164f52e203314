import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { accessGuard } from '../graphql/access.js';
import { auditHooks } from '../graphql/audit-hooks.js';
import { compiledExecutor } from '../graphql/compiled-executor.js';
import type { RequestContext } from '../graphql/context.js';
import { type CostLimits, costGuard, costHooks } from '../graphql/cost-limit.js';
import type { DocumentBounds } from '../graphql/document-bounds.js';
import { documentBounds } from '../graphql/document-bounds-guard.js';
import { guardsHooks } from '../graphql/guards.js';
import { inputPathHooks } from '../graphql/input-path-hooks.js';
import { readAheadHooks } from '../graphql/read-ahead-hooks.js';
import { pluginOf } from '../graphql/request-hooks.js';
import { textSafetyGuard } from '../graphql/text-safety.js';
import { answerTypeHooks } from './answer-type-hooks.js';
import { DocumentStore } from './document-store.js';
import { incidentHooks, maskErrors, outageHooks, signInHooks, statusHooks } from './error-masking.js';
import { legacyStatusHooks } from './legacy-status.js';
import type { Logger } from './logger.js';
import { PREFLIGHTED_HEADERS } from './preflighted-headers.js';
import type { RateLimit } from './rate-limit.js';
import { rateLimitGuard } from './rate-limit-guard.js';
import { withoutSuggestions } from './suggestions.js';
import type { DocumentModes } from './trusted-documents/document-mode.js';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.js';
import { trustedDocumentsGuard } from './trusted-documents/trusted-documents-guard.js';

/** What one request may ask for. */
export interface RequestLimits {
  document: DocumentBounds;
  cost: CostLimits;
}

export interface GraphqlSettings {
  /** Whether the schema may be read: by introspection, and from suggestions in error messages. */
  introspection: boolean;
  limits: RequestLimits;
  documentModes: DocumentModes;
}

/** Each error looks for its place in the document: beyond these nobody learns anything from one more. */
const MAXIMUM_VALIDATION_ERRORS = 20;

/** The GraphQL server, to be started once and stopped at the end. */
export function createApolloServer(
  schema: GraphQLSchema,
  log: Logger,
  rateLimit: RateLimit,
  documents: TrustedDocuments,
  { introspection, limits, documentModes }: GraphqlSettings,
): ApolloServer<RequestContext> {
  const bounds = documentBounds(limits.document);
  const formatError = maskErrors(log, limits.document);
  return new ApolloServer<RequestContext>({
    gateway: compiledExecutor(schema),
    documentStore: new DocumentStore(),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    csrfPrevention: { requestHeaders: [...PREFLIGHTED_HEADERS] },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false, // the process stops everything in order
    parseOptions: { maxTokens: limits.document.tokens },
    validationOptions: { maxErrors: MAXIMUM_VALIDATION_ERRORS },
    formatError: introspection ? formatError : withoutSuggestions(formatError),
    logger: log,
    plugins: [
      pluginOf([
        bounds.hooks,
        guardsHooks([
          bounds.guard,
          trustedDocumentsGuard(documents, documentModes, log),
          accessGuard(schema),
          costGuard(schema, limits.cost),
          textSafetyGuard(),
          rateLimitGuard(rateLimit),
        ]),
        answerTypeHooks(),
        costHooks(),
        readAheadHooks(),
        auditHooks((error) => formatError({ message: '' }, error)),
        inputPathHooks(),
        incidentHooks(log),
        outageHooks(log),
        signInHooks(log),
        statusHooks(),
        legacyStatusHooks(),
      ]),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
