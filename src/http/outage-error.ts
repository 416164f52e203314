import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { OutageError } from '../shared/outage.js';

/** How a call that an outage left nothing of is answered. An outage of one part leaves the others as they are. */
export const OUTAGE_STATUS: Record<OutageError['code'], number> = { UNAVAILABLE: 503, TIMED_OUT: 504 };

/** In seconds: about as long as it takes for another Postgres to take over. */
export const RETRY_AFTER = '5';

/** Says before anything ran that it cannot: Apollo has no other way to be told the status. */
export function refuseForOutage(error: unknown): never {
  if (!(error instanceof OutageError)) throw error;
  const headers = new HeaderMap(error.code === 'UNAVAILABLE' ? [['retry-after', RETRY_AFTER]] : []);
  throw new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: OUTAGE_STATUS[error.code], headers } },
  });
}
