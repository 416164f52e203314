import { LRUCache } from 'lru-cache';
import { digestOf } from './credential.js';
import type { Identity } from './identity.js';

/** What was found out about a token. */
export interface VerifiedToken {
  identity: Identity;
  /** From when on it is of no use, in milliseconds since 1970. */
  end: number;
}

interface Remembered extends VerifiedToken {
  /** When it was found out: a clock that is set back may come before the token is good. */
  since: number;
  /** What was known when the check began. */
  keys: object | null;
}

/** In milliseconds: a signature is looked at so often, however long the token is good. */
const LONGEST_MEMORY = 300_000;

/** Tokens that are remembered, at most; who was not here for the longest time is checked anew. */
const MAXIMUM_TOKENS = 25_000;

export interface VerifiedTokensSettings {
  /** In milliseconds since 1970. */
  now(): number;
  /** The keys that tokens are checked with: another object when they are others. */
  keys(): object | null;
}

/** Tokens whose signature was right, by their digests, until they end or the keys are others. See docs/adr/0019. */
export class VerifiedTokens {
  private readonly tokens = new LRUCache<string, Remembered>({ max: MAXIMUM_TOKENS });

  constructor(private readonly settings: VerifiedTokensSettings) {}

  /** What a token says: as it is remembered, or else as the check finds out. What the check refuses is not remembered. */
  async identityOf(token: string, check: () => Promise<VerifiedToken>): Promise<Identity> {
    const digest = digestOf(token);
    const since = this.settings.now();
    const keys = this.settings.keys();
    const known = this.tokens.get(digest);
    if (known?.keys === keys && known.since <= since && since < known.end) return known.identity;
    const { identity, end } = await check();
    // Where the keys changed meanwhile it may have been checked with others: remembered with those from before it never counts.
    this.tokens.set(digest, { identity, end: Math.min(end, since + LONGEST_MEMORY), since, keys });
    return identity;
  }
}
