import pg from 'pg';
import type { ViewerConfirmation } from '../shared/viewer-confirmation.js';
import { keepStatement } from './kept-statements.js';
import { isNotPrepared, refutesViewer } from './outage.js';
import type { ProtocolConnection } from './protocol-connection.js';
import type { Scope } from './viewer-scope.js';

interface Connection extends ProtocolConnection {
  /** By name. */
  preparedScopes?: Set<string>;
}

/** What pg does not publish of its queries, as far as it is needed here. */
interface PgQuery {
  new (
    config: object,
    values: unknown[],
    callback: (error: Error | null, result: pg.QueryResult) => void,
  ): {
    submit(connection: Connection): Error | null;
    prepare(connection: Connection): void;
    hasBeenParsed(connection: Connection): boolean;
    handleCommandComplete(message: unknown, connection: Connection): void;
    handleDataRow(message: unknown): void;
    handleError(error: Error, connection: Connection): void;
  };
}

const Query = pg.Query as unknown as PgQuery;

export interface ScopedStatement {
  text: string;
  values: readonly unknown[];
  /** Null where names would not reach the same connection again, as behind an old pgbouncer. */
  name: string | null;
  scope: Scope;
  /** Of the viewer, where the scope asks for it. */
  confirmation: ViewerConfirmation | null;
}

/**
 * A statement that carries its viewer: the scope and the statement itself go out under one Sync, so Postgres sees one
 * implicit transaction and the client waits for one round trip. See docs/adr/0011 and 0019.
 */
export class ScopedQuery extends Query {
  readonly text: string;
  private readonly statementName: string;
  private readonly scope: Scope;
  private readonly confirmation: ViewerConfirmation | null;
  private isSubmitted = false;
  /** Whether it is the one that brings the text, for itself and for those behind it. */
  private bringsText = false;
  /** Whether Postgres has taken the scope in; until then what it answers is about the scope. */
  isScoped = false;

  constructor(statement: ScopedStatement, done: (error: Error | null, result: pg.QueryResult) => void) {
    const { text, values } = statement;
    super({ text, queryMode: 'extended' }, [...values], done);
    this.text = text;
    this.statementName = statement.name ?? '';
    this.scope = statement.scope;
    this.confirmation = statement.confirmation;
  }

  /**
   * pg takes note of a statement by this name when Postgres has parsed one, and forgets that one is on its way when this fails. The
   * scope's is none of its business, nor is what another brings.
   */
  get name(): string {
    return this.isSubmitted && !(this.isScoped && this.bringsText) ? '' : this.statementName;
  }
  set name(_: string) {} // the base class sets what the configuration does not have

  override submit(connection: Connection): Error | null {
    const error = super.submit(connection);
    this.isSubmitted = true;
    return error;
  }

  override prepare(connection: Connection): void {
    if (this.statementName) keepStatement(connection, this.statementName);
    const { text, values } = this.scope;
    const scopeName = this.statementName && this.scope.name;
    connection.preparedScopes ??= new Set();
    if (!connection.preparedScopes.has(scopeName)) {
      connection.parse({ name: scopeName, text });
      if (scopeName) connection.preparedScopes.add(scopeName);
    }
    connection.bind({ portal: '', statement: scopeName, values });
    connection.execute({ portal: '', rows: 0 });
    this.bringsText = this.statementName !== '' && !this.hasBeenParsed(connection);
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.isScoped) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isScoped) {
      super.handleCommandComplete(message, connection);
    } else {
      this.isScoped = true;
      this.confirmation?.confirm();
    }
  }

  override handleError(error: Error, connection: Connection): void {
    if (this.bringsText) delete connection.submittedNamedStatements[this.statementName];
    if (isNotPrepared(error)) delete connection.parsedStatements[this.statementName]; // it was closed before pg took note of it
    if (!this.isScoped && refutesViewer(error)) this.confirmation?.refute();
    super.handleError(error, connection);
  }
}
