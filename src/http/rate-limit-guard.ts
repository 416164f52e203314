import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../graphql/context.js';
import type { Guard } from '../graphql/guards.js';
import type { Caller, RateLimit } from './rate-limit.js';

const callerOf = ({ signedIn, address }: RequestContext): Caller => ({ viewer: signedIn, address });

/** Takes what an operation costs from what its caller has left, before it runs. */
export const rateLimitGuard =
  (rateLimit: RateLimit): Guard =>
  ({ contextValue }) =>
    contextValue.cost && rateLimit.charge(callerOf(contextValue), contextValue.cost.requested);

/** Takes something for requests that were refused before anybody knew what they cost. */
export function rateLimitPlugin(rateLimit: RateLimit): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue }) {
          if (!contextValue.cost) await rateLimit.chargeRefusal(callerOf(contextValue));
        },
      };
    },
  };
}
