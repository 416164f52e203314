import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTHeaderParameters, type JWTVerifyGetKey } from 'jose';
import type { Logger } from '../logger.js';
import { SignInUnavailableError } from './identity.js';
import { findUsable, UnusableKeyError } from './usable-key.js';

/** How often the keys are fetched anew, in milliseconds: how long a withdrawn key may still be good. */
const REFRESH_INTERVAL = 600_000;

/**
 * How long after an answer of the provider tokens make it look again, in milliseconds: so long may a new key be refused when
 * somebody has just asked for one that there is not. Asked so seldom, the provider has no load of it.
 */
const COOLDOWN = 5_000;

/** How a check ends that newer keys may let end otherwise. */
const MAY_BE_OF_NEW_KEYS = [errors.JWKSNoMatchingKey, errors.JWSSignatureVerificationFailed, UnusableKeyError];

export interface KeySetSettings {
  fetchKeys(): Promise<JSONWebKeySet>;
  /** In milliseconds since 1970. */
  now(): number;
  log: Logger;
}

/** How it stands with the keys of the identity provider. */
export interface KeySetState {
  /** Whether tokens can be checked. */
  isUsable: boolean;
  /** Since when the provider has not answered; null when it did, the last time. */
  failingSince: Date | null;
}

/**
 * The keys of the identity provider. When a token is of none that is known, they are looked up at once, so that the
 * provider can change keys whenever it likes; but not more than once in a while, so that made-up tokens cost it next to
 * nothing. While the provider does not answer, the keys that are known stay good.
 */
export class KeySet {
  private keys: JWTVerifyGetKey | null = null;
  /** The text of the keys that are known. */
  private published: string | null = null;
  private failingSince: Date | null = null;
  private lastFetch = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** The keys of no use that the log has a line about. */
  private readonly told = new Set<string>();

  constructor(private readonly settings: KeySetSettings) {}

  /** Fetches the keys for the first time, and from then on now and then. A provider that does not answer is no failure. */
  async open(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), REFRESH_INTERVAL).unref();
  }

  close(): void {
    if (this.timer) clearInterval(this.timer);
  }

  get state(): KeySetState {
    return { isUsable: this.keys !== null, failingSince: this.failingSince };
  }

  /** The keys that are known: another object when the provider publishes others, and the same for as long as it does not. */
  get current(): object | null {
    return this.keys;
  }

  /**
   * Checks a token with the keys that are known; when it is not of them, with those that the provider has by now: it may
   * have others under new names, or under the same.
   * @throws SignInUnavailableError when no keys are known, and what the check throws
   */
  async check<Result>(verify: (find: JWTVerifyGetKey) => Promise<Result>): Promise<Result> {
    if (!this.keys) await this.refreshUnlessJustDone();
    const known = this.keys;
    if (!known) throw new SignInUnavailableError('The identity provider does not answer. Try again in a minute.');
    try {
      return await verify(known);
    } catch (error) {
      if (!MAY_BE_OF_NEW_KEYS.some((kind) => error instanceof kind)) throw error;
      await this.refreshUnlessJustDone();
      // Who comes after the fetch of another has newer keys, too.
      if (!this.keys || this.keys === known) throw error;
      return verify(this.keys);
    }
  }

  private async refreshUnlessJustDone(): Promise<void> {
    if (this.fetching || this.settings.now() - this.lastFetch >= COOLDOWN) await this.refresh();
  }

  /** One line for each key, however many tokens name it. */
  private tellOnce({ kid, alg }: JWTHeaderParameters, { message }: UnusableKeyError): void {
    const key = JSON.stringify([kid, alg]);
    if (this.told.has(key)) return;
    this.told.add(key);
    const line = { kid, algorithm: alg, reason: message };
    this.settings.log.warn(line, 'the identity provider publishes a key that is of no use; tokens of it are refused');
  }

  /** Fetches the keys; all who want to at the same time wait for one fetch. */
  refresh(): Promise<void> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private take(fetched: JSONWebKeySet): void {
    const published = JSON.stringify(fetched);
    if (published === this.published) return;
    this.keys = findUsable(createLocalJWKSet(fetched), (header, error) => this.tellOnce(header, error));
    this.published = published;
  }

  private async fetch(): Promise<void> {
    const { fetchKeys, now, log } = this.settings;
    try {
      this.take(await fetchKeys());
      if (this.failingSince) log.info('the keys of the identity provider could be fetched again');
      this.failingSince = null;
    } catch (error) {
      this.failingSince ??= new Date(now());
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason, known: this.keys !== null }, 'the keys of the identity provider could not be fetched');
    } finally {
      this.lastFetch = now(); // from its end on, so that a slow provider is not asked without a pause
    }
  }
}
