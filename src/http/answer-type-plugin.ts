import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { RequestContext } from '../graphql/context.js';
import { contentTypeFor } from './answer-type.js';

/** Says in which type the answer is, which was chosen before anything ran: Apollo would work it out once more. */
export function answerTypePlugin(): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    async willSendResponse({ request, response: { http } }) {
      http.headers.set('content-type', contentTypeFor(request.http?.headers.get('accept')));
    },
  };
  return { requestDidStart: async () => listener };
}
