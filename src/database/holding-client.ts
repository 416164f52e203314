import pg from 'pg';
import { Convoy } from './convoy.js';
import { HeldStatement } from './held-statement.js';
import { KeptQuery } from './kept-query.js';

type Ask = (config: unknown, values?: unknown, callback?: unknown) => unknown;

/** What is answered to TypeORM before Postgres has been asked. */
const NOTHING_YET = { rows: [], rowCount: 0, command: '', fields: [], oid: 0 } satisfies pg.QueryResult;

/**
 * A connection that can hold statements back: they go out with the next one that is waited for, in one round trip. Who
 * holds them has the connection to themselves, and lets none behind when they give it back.
 */
export class HoldingClient extends pg.Client {
  private held: HeldStatement[] = [];
  private isHolding = false;

  /** The name of a statement; empty where Postgres is not to keep it. */
  protected nameOf(_text: string): string {
    return '';
  }

  /** Holds one statement; what is answered to it stands there as soon as the next one was answered. */
  hold<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): HeldStatement<Row> {
    const statement = new HeldStatement<Row>(this.nameOf(text), text, values);
    this.held.push(statement);
    return statement;
  }

  /** Holds all statements of the work, which is told nothing of their effects. */
  async holding(work: () => Promise<unknown>): Promise<readonly HeldStatement[]> {
    const before = this.held.length;
    const wasHolding = this.isHolding;
    this.isHolding = true;
    try {
      await work();
    } finally {
      this.isHolding = wasHolding;
    }
    return this.held.slice(before);
  }

  /** Forgets what has not gone out. */
  dropHeld(): void {
    this.held = [];
  }

  override query = ((config: unknown, values?: unknown, callback?: unknown) => {
    const ask = super.query.bind(this) as Ask;
    if (typeof config !== 'string' || callback) return ask(config, values, callback);
    const given = Array.isArray(values) ? values : [];
    if (this.isHolding) {
      this.hold(config, given);
      return Promise.resolve(NOTHING_YET);
    }
    if (this.held.length > 0) {
      const statements = [...this.held, new HeldStatement(this.nameOf(config), config, given)];
      this.held = [];
      return answerTo((done) => ask(new Convoy(statements, done)));
    }
    const name = values ? this.nameOf(config) : '';
    return name ? answerTo((done) => ask(new KeptQuery(name, config, given, done))) : ask(config, values);
  }) as pg.Client['query'];
}

const answerTo = (
  ask: (done: (error: Error | null, result: pg.QueryResult) => void) => unknown,
): Promise<pg.QueryResult> =>
  new Promise((resolve, reject) => {
    ask((error, result) => (error ? reject(error) : resolve(result)));
  });
