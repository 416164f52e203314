import { createHash } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Viewer } from '../shared/viewer.js';
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

/** Every request costs something, also one that asks for nothing. */
const POINTS_OF_A_REQUEST = 1;

/** What is refused before its cost is known was work, too. */
const POINTS_OF_A_REFUSAL = 20;

/** The store has to answer within so many milliseconds; then the limit of this process holds. */
const STORE_TIMEOUT = 500;

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

/** Who is counted together: a person, a service account, or an address without a sign-in. */
export interface Caller {
  viewer: Viewer | null;
  address: string;
}

const isService = ({ viewer }: Caller): boolean => viewer?.employeeId === null;

/** A digest, so that the table says nothing of people. */
const keyOf = ({ viewer, address }: Caller): string =>
  createHash('sha256')
    .update(viewer ? `viewer ${viewer.subject}` : `address ${address}`)
    .digest('base64url');

type Store = RateLimiterMemory | RateLimiterPostgres;

/** Counts what callers ask for, and refuses those who ask for too much. */
export class RateLimit {
  /** Until when who has nothing left is refused without asking the store, in milliseconds since 1970. */
  private readonly blockedUntil = new Map<string, number>();

  private constructor(
    private readonly employees: Store,
    private readonly services: Store,
    private readonly pool: pg.Pool | null,
  ) {}

  static create(settings: RateLimitSettings, databaseUrl: string, namedStatements: boolean, log: Logger): RateLimit {
    const pool = settings.store === 'postgres' ? openPool(databaseUrl, log) : null;
    const store = (points: number): Store => {
      const options = { points, duration: WINDOW_SECONDS };
      const memory = new RateLimiterMemory(options);
      if (!pool) return memory;
      return new RateLimiterPostgres({
        ...options,
        storeClient: storeClient(pool, namedStatements, log),
        storeType: 'client',
        tableName: 'rate_limit',
        tableCreated: true, // by a migration
        keyPrefix: '',
        insuranceLimiter: memory,
      });
    };
    return new RateLimit(store(settings.employee), store(settings.service), pool);
  }

  /**
   * Lets in who has something left.
   * @throws RATE_LIMITED
   */
  admit(caller: Caller): void {
    const until = this.blockedUntil.get(keyOf(caller));
    if (until !== undefined && until > Date.now()) throw tooManyRequests(until - Date.now());
  }

  /**
   * Takes points for an operation before it runs.
   * @throws RATE_LIMITED when there are not enough left
   */
  async charge(caller: Caller, points: number): Promise<void> {
    const key = keyOf(caller);
    try {
      await (isService(caller) ? this.services : this.employees).consume(key, points + POINTS_OF_A_REQUEST);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.block(key, refusal.msBeforeNext);
      throw tooManyRequests(refusal.msBeforeNext);
    }
  }

  /** Takes points for what was refused; who has none left finds out with the next request. */
  async chargeRefusal(caller: Caller): Promise<void> {
    await this.charge(caller, POINTS_OF_A_REFUSAL).catch(() => {});
  }

  private block(key: string, milliseconds: number): void {
    if (this.blockedUntil.size >= MAXIMUM_BLOCKED) this.blockedUntil.clear(); // they are refused by the store instead
    this.blockedUntil.set(key, Date.now() + milliseconds);
  }

  async close(): Promise<void> {
    await this.pool?.end();
  }
}

/** How often a store that fails is mentioned in the log, in milliseconds. */
const WARNING_INTERVAL = 60_000;

/** What the limiter asks, it asks through this. */
function storeClient(pool: pg.Pool, namedStatements: boolean, log: Logger) {
  let lastWarning = 0;
  return {
    query: async ({ name, text, values }: pg.QueryConfig) => {
      try {
        return await pool.query({ ...(namedStatements && { name }), text, values: values as unknown[] });
      } catch (error) {
        if (Date.now() - lastWarning > WARNING_INTERVAL) {
          lastWarning = Date.now();
          log.warn({ err: error }, 'the shared rate limit does not answer; this process counts for itself');
        }
        throw error;
      }
    },
  };
}

/** Connections of its own: whoever waits for data must not hold up who is refused. */
function openPool(databaseUrl: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    connectionTimeoutMillis: STORE_TIMEOUT,
    query_timeout: STORE_TIMEOUT,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'the shared rate limit lost a connection'));
  return pool;
}
