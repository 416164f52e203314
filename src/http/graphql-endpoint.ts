import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { accessGuard } from '../graphql/access.js';
import { auditPlugin } from '../graphql/audit-plugin.js';
import type { RequestContext } from '../graphql/context.js';
import { type CostLimits, costGuard, costPlugin } from '../graphql/cost-limit.js';
import type { DocumentBounds } from '../graphql/document-bounds.js';
import { documentBounds } from '../graphql/document-bounds-guard.js';
import { guardsPlugin } from '../graphql/guards.js';
import { textSafetyGuard } from '../graphql/text-safety.js';
import { incidentPlugin, maskErrors, statusPlugin } from './error-masking.js';
import type { Logger } from './logger.js';
import type { RateLimit } from './rate-limit.js';
import { rateLimitGuard, rateLimitPlugin } from './rate-limit-guard.js';
import { RequestRefusal, readBody } from './request-body.js';

/** What one request may ask for. */
export interface RequestLimits {
  document: DocumentBounds;
  cost: CostLimits;
}

export interface GraphqlSettings {
  production: boolean;
  limits: RequestLimits;
}

/** The GraphQL server, to be started once and stopped at the end. */
export function createApolloServer(
  schema: GraphQLSchema,
  log: Logger,
  rateLimit: RateLimit,
  { production, limits }: GraphqlSettings,
): ApolloServer<RequestContext> {
  const bounds = documentBounds(limits.document);
  const formatError = maskErrors(log, limits.document);
  return new ApolloServer<RequestContext>({
    schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false, // the process stops everything in order
    parseOptions: { maxTokens: limits.document.tokens },
    formatError,
    logger: log,
    plugins: [
      bounds.plugin,
      guardsPlugin([
        bounds.guard,
        accessGuard(schema),
        costGuard(schema, limits.cost),
        rateLimitGuard(rateLimit),
        textSafetyGuard(),
      ]),
      costPlugin(),
      rateLimitPlugin(rateLimit),
      auditPlugin((error) => formatError({ message: '' }, error)),
      incidentPlugin(log),
      statusPlugin(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefusal(400, 'The body is not valid JSON.');
  }
};

/** Answers one GraphQL request; how, the GraphQL-over-HTTP specification says. */
export async function answerGraphql(
  apollo: ApolloServer<RequestContext>,
  request: IncomingMessage,
  response: ServerResponse,
  createContext: () => Promise<RequestContext>,
): Promise<void> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const text = request.method === 'POST' ? await readBody(request) : '';
  const isJson = request.method === 'POST' && headers.get('content-type')?.toLowerCase().startsWith('application/json');
  const { search } = new URL(request.url!, 'http://localhost');
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method!, headers, search, body: isJson ? parseJson(text) : text },
    context: createContext,
  });
  if (answer.body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
  response.writeHead(answer.status ?? 200, {
    ...Object.fromEntries(answer.headers),
    'content-length': Buffer.byteLength(answer.body.string),
  });
  response.end(answer.body.string);
}
