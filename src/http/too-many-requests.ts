import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

const refusal = (message: string, seconds: number): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfterSeconds: seconds,
      http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) },
    },
  });

/** The caller has asked for more within a minute than they have points for. */
export function outOfPoints(points: number, milliseconds: number): GraphQLError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return refusal(`You have used up the ${points} points of this minute. Wait ${seconds} seconds.`, seconds);
}

/** The caller has too many requests that are not answered yet. */
export const tooManyAtOnce = (maximum: number): GraphQLError =>
  refusal(`You have ${maximum} requests in flight. Wait until one of them is answered.`, 1);
