import type { RequestHooks } from '../graphql/request-hooks.js';
import { contentTypeFor } from './answer-type.js';

/** Says in which type the answer is, which was chosen before anything ran: Apollo would work it out once more. */
export function answerTypeHooks(): RequestHooks {
  return {
    async willSendResponse({ request, response: { http } }) {
      http.headers.set('content-type', contentTypeFor(request.http?.headers.get('accept')));
    },
  };
}
