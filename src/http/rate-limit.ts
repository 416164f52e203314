import { createHash } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../graphql/caller.js';
import type { Logger } from './logger.js';

/** How much a caller may ask for, in points of cost per minute. */
export interface RateLimitSettings {
  employee: number;
  /** For service accounts, and for those without a sign-in together. */
  service: number;
  /** Where what was spent is kept: in this process, or in a table that all replicas share. */
  store: 'memory' | 'postgres';
}

const WINDOW_SECONDS = 60;

/** Every request costs something, also one that asks for nothing, and has to be read. */
const POINTS_OF_A_REQUEST = 1;
const CHARACTERS_OF_A_POINT = 1_000;

/** A token that is of no use is found out in no time, and an office may send many at nine in the morning. */
const POINTS_OF_A_REFUSED_TOKEN = 100;

/** What is refused later was work before its cost was known, and the more the longer it is. */
const POINTS_OF_A_REFUSED_REQUEST = 200;
const REFUSED_CHARACTERS_OF_A_POINT = 10;

/**
 * What a refusal takes from who asked.
 * @param characters of the request that were looked at; null when it was refused for its token
 */
const pointsOfRefusal = (characters: number | null): number =>
  characters === null
    ? POINTS_OF_A_REFUSED_TOKEN
    : POINTS_OF_A_REFUSED_REQUEST + Math.ceil(characters / REFUSED_CHARACTERS_OF_A_POINT);

/** A store that failed is not asked for so many milliseconds: nobody is to wait for it again and again. */
const STORE_PAUSE = 5_000;

/** Callers that are remembered as being out of points, at most. */
const MAXIMUM_BLOCKED = 10_000;

const tooManyRequests = (milliseconds: number): GraphQLError => {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new GraphQLError(`You have asked for too much within a minute. Wait ${seconds} seconds.`, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfterSeconds: seconds,
      http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) },
    },
  });
};

const isService = ({ viewer }: Caller): boolean => viewer?.employeeId === null;

/** A digest, so that the table says nothing of people. */
function keyOf({ viewer, address, credential }: Caller): string {
  if (viewer === null && credential !== null) return credential;
  return createHash('sha256')
    .update(viewer ? `viewer ${viewer.subject}` : `address ${address}`)
    .digest('base64url');
}

type Store = RateLimiterMemory | RateLimiterPostgres;

/** Counts what callers ask for, and refuses those who ask for too much. */
export class RateLimit {
  /** Until when who has nothing left is refused without asking the store, in milliseconds since 1970. */
  private readonly blockedUntil = new Map<string, number>();

  /** The same by the digests of tokens. */
  private readonly blockedCredentials = new Map<string, number>();

  private constructor(
    private readonly employees: Store,
    private readonly services: Store,
  ) {}

  /** @param database where what was spent is kept when replicas share it */
  static create(settings: RateLimitSettings, database: LimitDatabase | null, log: Logger): RateLimit {
    const client = database && storeClient(database, log);
    const store = (points: number): Store => {
      const options = { points, duration: WINDOW_SECONDS };
      const memory = new RateLimiterMemory(options);
      if (!client) return memory;
      return new RateLimiterPostgres({
        ...options,
        storeClient: client,
        storeType: 'client',
        tableName: 'rate_limit',
        tableCreated: true, // by a migration
        keyPrefix: '',
        insuranceLimiter: memory,
      });
    };
    return new RateLimit(store(settings.employee), store(settings.service));
  }

  /**
   * Lets in a token of which it is not known that its owner has nothing left, before anybody looks at whose it is.
   * @throws RATE_LIMITED
   */
  admitCredential(credential: string | null): void {
    refuseUntil(credential === null ? undefined : this.blockedCredentials.get(credential));
  }

  /**
   * Lets in who has something left.
   * @throws RATE_LIMITED
   */
  admit(caller: Caller): void {
    refuseUntil(this.blockedUntil.get(keyOf(caller)));
  }

  /**
   * Takes points for an operation before it runs.
   * @param characters of the request
   * @throws RATE_LIMITED when there are not enough left
   */
  async chargeOperation(caller: Caller, cost: number, characters: number): Promise<void> {
    await this.charge(caller, cost + Math.floor(characters / CHARACTERS_OF_A_POINT));
  }

  /** @throws RATE_LIMITED when there are not enough points left */
  private async charge(caller: Caller, points: number): Promise<void> {
    const key = keyOf(caller);
    try {
      await (isService(caller) ? this.services : this.employees).consume(key, points + POINTS_OF_A_REQUEST);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const until = Date.now() + refusal.msBeforeNext;
      remember(this.blockedUntil, key, until);
      if (caller.credential) remember(this.blockedCredentials, caller.credential, until);
      throw tooManyRequests(refusal.msBeforeNext);
    }
  }

  /**
   * Takes points for what was refused; who has none left finds out with the next request.
   * @param characters of the request that were looked at; null when it was refused for its token
   */
  async chargeRefusal(caller: Caller, characters: number | null): Promise<void> {
    await this.charge(caller, pointsOfRefusal(characters)).catch(() => {});
  }
}

/** Refuses until then, in milliseconds since 1970. */
function refuseUntil(until: number | undefined): void {
  if (until !== undefined && until > Date.now()) throw tooManyRequests(until - Date.now());
}

function remember(blocked: Map<string, number>, key: string, until: number): void {
  if (blocked.size >= MAXIMUM_BLOCKED) blocked.clear(); // they are refused by the store instead
  blocked.set(key, until);
}

/** How often a store that fails is mentioned in the log, in milliseconds. */
const WARNING_INTERVAL = 60_000;

/** A way to the database that answers soon, or fails soon. */
export interface LimitDatabase {
  query(text: string, values: readonly unknown[]): Promise<object[]>;
}

/** What the limiter asks, it asks through this. */
function storeClient(database: LimitDatabase, log: Logger) {
  let lastWarning = 0;
  let pausedUntil = 0;
  return {
    query: async ({ text, values }: { text: string; values: readonly unknown[] }) => {
      if (Date.now() < pausedUntil) throw new Error('The shared rate limit has failed a moment ago.');
      try {
        return { rows: await database.query(text, values) };
      } catch (error) {
        pausedUntil = Date.now() + STORE_PAUSE;
        if (Date.now() - lastWarning > WARNING_INTERVAL) {
          lastWarning = Date.now();
          log.warn({ err: error }, 'the shared rate limit does not answer; this process counts for itself');
        }
        throw error;
      }
    },
  };
}
