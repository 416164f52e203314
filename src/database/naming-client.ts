import pg from 'pg';
import { type KeepingConnection, keepStatement } from './kept-statements.js';
import { statementName } from './statement-name.js';

type Done = (error: Error | null, result: pg.QueryResult) => void;

interface PgQuery {
  new (config: object, values: readonly unknown[], done: Done): { prepare(connection: KeepingConnection): void };
}

/** A statement that Postgres parses and plans once for the connection. */
class KeptQuery extends (pg.Query as unknown as PgQuery) {
  private readonly keptName: string;

  constructor(text: string, values: readonly unknown[], done: Done) {
    const name = statementName(text);
    super({ name, text }, values, done);
    this.keptName = name;
  }

  override prepare(connection: KeepingConnection): void {
    keepStatement(connection, this.keptName);
    super.prepare(connection);
  }
}

type Ask = (config: unknown, values?: unknown, callback?: unknown) => unknown;

/** A connection that gives names to the statements of TypeORM, which has none for them. */
export class NamingClient extends pg.Client {
  override query = ((config: unknown, values?: unknown, callback?: unknown) => {
    const ask = super.query.bind(this) as Ask;
    if (typeof config !== 'string' || !Array.isArray(values) || callback) return ask(config, values, callback);
    return new Promise((resolve, reject) => {
      ask(new KeptQuery(config, values, (error, result) => (error ? reject(error) : resolve(result))));
    });
  }) as pg.Client['query'];
}
