import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../graphql/caller.js';
import type { Logger } from './logger.js';
import { outOfPoints } from './too-many-requests.js';

/** How much a caller may ask for, in points of cost per minute. */
export interface RateLimitSettings {
  /** For each person, each token that names nobody, and each address without a token. */
  employee: number;
  /** For each service account. */
  service: number;
  /** Where what was spent is kept: in this process, or in a table that all replicas share. */
  store: 'memory' | 'postgres';
}

const WINDOW_SECONDS = 60;

/** Every request is work, also one that asks for nothing: it has to be read, and its variables to be looked at. */
const POINTS_OF_A_REQUEST = 20;
const CHARACTERS_OF_A_POINT = 100;
const VALUES_OF_A_POINT = 5;

/** What an operation takes of what its caller has. */
export interface OperationSize {
  /** In points of objects. */
  cost: number;
  /** Of the request. */
  characters: number;
  /** In its variables, each counted as often as it is used. */
  values: number;
}

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

const isService = ({ viewer }: Caller): boolean => viewer?.employeeId === null;

/** Those who are counted together: who it is, or whose token it is, or from where it comes. */
function whoPays({ viewer, tokenSubject, address }: Caller): string {
  if (viewer) return `viewer ${viewer.subject}`;
  return tokenSubject === null ? `address ${address}` : `token ${tokenSubject}`;
}

/** So that the table says nothing of people. */
const digestOf = (caller: Caller): string => createHash('sha256').update(whoPays(caller)).digest('base64url');

/** Who has nothing left. */
interface Block {
  /** In milliseconds since 1970. */
  until: number;
  /** What they had. */
  points: number;
}

type Store = RateLimiterMemory | RateLimiterPostgres;

/** Counts what callers ask for, and refuses those who ask for too much. */
export class RateLimit {
  /** Who is refused without asking the store. */
  private readonly blocked = new Map<string, Block>();

  /** The same by the digests of tokens. */
  private readonly blockedCredentials = new Map<string, Block>();

  private constructor(
    private readonly employees: Store,
    private readonly services: Store,
    /** The name that a caller has in the store. */
    private readonly keyOf: (caller: Caller) => string,
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
    return new RateLimit(store(settings.employee), store(settings.service), client ? digestOf : whoPays);
  }

  /**
   * Lets in a token of which it is not known that its owner has nothing left, before anybody looks at whose it is.
   * @throws RATE_LIMITED
   */
  admitCredential(credential: string | null): void {
    if (credential !== null) refuse(this.blockedCredentials.get(credential));
  }

  /**
   * Lets in who has something left.
   * @throws RATE_LIMITED
   */
  admit(caller: Caller): void {
    const block = this.blocked.get(this.keyOf(caller));
    if (block && caller.credential) remember(this.blockedCredentials, caller.credential, block);
    refuse(block);
  }

  /**
   * Takes points for an operation before it runs.
   * @throws RATE_LIMITED when there are not enough left
   */
  async chargeOperation(caller: Caller, { cost, characters, values }: OperationSize): Promise<void> {
    const reading = Math.floor(characters / CHARACTERS_OF_A_POINT) + Math.floor(values / VALUES_OF_A_POINT);
    await this.charge(caller, cost + reading);
  }

  /** @throws RATE_LIMITED when there are not enough points left */
  private async charge(caller: Caller, points: number): Promise<void> {
    const key = this.keyOf(caller);
    const store = isService(caller) ? this.services : this.employees;
    try {
      await store.consume(key, points + POINTS_OF_A_REQUEST);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const block = { until: Date.now() + refusal.msBeforeNext, points: store.points };
      remember(this.blocked, key, block);
      if (caller.credential) remember(this.blockedCredentials, caller.credential, block);
      throw outOfPoints(block.points, refusal.msBeforeNext);
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

function refuse(block: Block | undefined): void {
  if (block && block.until > Date.now()) throw outOfPoints(block.points, block.until - Date.now());
}

function remember(blocked: Map<string, Block>, key: string, block: Block): void {
  if (blocked.size >= MAXIMUM_BLOCKED) blocked.clear(); // they are refused by the store instead
  blocked.set(key, block);
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
