import type { Identity } from './sign-in/identity.js';

/** How much a body may hold before it is parsed. */
export interface BodyBounds {
  bytes: number;
  /** Values and keys: making an object of each is what takes long. */
  parts: number;
}

/** Introspection and a sign of life are all that is answered without a token. */
const WITHOUT_TOKEN: BodyBounds = { bytes: 100_000, parts: 1_000 };

/** A plan whose texts are all as long as they may be, several times over. */
const SIGNED_IN: BodyBounds = { bytes: 1_000_000, parts: 20_000 };

/** Five thousand rows of people, several times over. */
const HRIS: BodyBounds = { bytes: 1_000_000, parts: 400_000 };

/** What a body may hold goes by what its sender may have to say. */
export function bodyBoundsOf(identity: Identity | null): BodyBounds {
  if (identity === null) return WITHOUT_TOKEN;
  return [...identity.personRoles, ...identity.serviceRoles].includes('hris') ? HRIS : SIGNED_IN;
}
