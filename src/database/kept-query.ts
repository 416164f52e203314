import pg from 'pg';
import { type KeepingConnection, keepStatement } from './kept-statements.js';

type Done = (error: Error | null, result: pg.QueryResult) => void;

interface PgQuery {
  new (config: object, values: readonly unknown[], done: Done): { prepare(connection: KeepingConnection): void };
}

/** A statement that Postgres parses and plans once for the connection. */
export class KeptQuery extends (pg.Query as unknown as PgQuery) {
  private readonly keptName: string;

  constructor(name: string, text: string, values: readonly unknown[], done: Done) {
    super({ name, text }, values, done);
    this.keptName = name;
  }

  override prepare(connection: KeepingConnection): void {
    keepStatement(connection, this.keptName);
    super.prepare(connection);
  }
}
