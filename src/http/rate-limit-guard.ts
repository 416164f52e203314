import type { Guard } from '../graphql/guards.js';
import type { RateLimit } from './rate-limit.js';

/** Takes what an operation costs from what its caller has left, before it runs. */
export const rateLimitGuard =
  (rateLimit: RateLimit): Guard =>
  async ({ contextValue }) => {
    if (!contextValue.cost) return;
    contextValue.account.isCharged = true;
    const { characters, values } = contextValue.account;
    await rateLimit.chargeOperation(contextValue.caller, { cost: contextValue.cost.requested, characters, values });
  };
