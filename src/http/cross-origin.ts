import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';

/** Says in the headers of an answer which pages may read it. True when the request only asked for that and is answered. */
export type CrossOrigin = (request: IncomingMessage, response: ServerResponse) => boolean;

/** In seconds, how long a browser need not ask again. */
const PREFLIGHT_MAX_AGE = 3_600;

/** Lets pages of these origins call; where there are none, nothing is said, and browsers let no other page in. */
export function crossOrigin(origins: readonly string[]): CrossOrigin {
  if (origins.length === 0) return () => false;
  const answer = cors({
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-request-id', 'apollo-require-preflight'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: PREFLIGHT_MAX_AGE,
    // No credentials: who asks stands in a header that only a page with the token can send.
  });
  return (request, response) => {
    let isAnswered = true;
    answer(request, response, () => {
      isAnswered = false;
    });
    return isAnswered;
  };
}
