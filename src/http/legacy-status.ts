import { type GraphQLError, Kind } from 'graphql';
import type { RequestHooks } from '../graphql/request-hooks.js';
import { JSON_TYPE } from './answer-type.js';

const OF_THE_DOCUMENT = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Whether a document does not parse or validate, or does not get the variables that it declares. */
const isOfTheDocument = ({ extensions, nodes }: GraphQLError): boolean =>
  OF_THE_DOCUMENT.has(extensions['code']) ||
  (extensions['code'] === 'BAD_USER_INPUT' && nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION);

/**
 * A client that takes `application/json` and not `application/graphql-response+json` is from before statuses meant anything:
 * the GraphQL-over-HTTP specification tells it of a faulty document with 200. Whatever we refuse for reasons of our own has
 * its 4xx all the same. To come after what sets statuses.
 */
export function legacyStatusHooks(): RequestHooks {
  return {
    async willSendResponse({ request, errors, response: { body, http } }) {
      if (body.kind !== 'single' || http.status !== 400 || request.http?.headers.get('accept') !== JSON_TYPE) return;
      const isOurs = body.singleResult.errors?.some(({ extensions }) => extensions?.['code'] !== 'BAD_USER_INPUT');
      if (!isOurs && errors?.every(isOfTheDocument)) http.status = 200;
    },
  };
}
