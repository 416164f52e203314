import pg from 'pg';
import type { HeldStatement } from './held-statement.js';
import { keepStatement } from './kept-statements.js';
import type { ProtocolConnection } from './protocol-connection.js';

/** What pg does not publish of its results. */
interface Result extends pg.QueryResult {
  addFields(fields: unknown): void;
  parseRow(fields: unknown): object;
  addCommandComplete(message: unknown): void;
}

const Result = pg.Result as unknown as new () => Result;

const failures = new WeakMap<object, HeldStatement>();

/** The statement of a convoy that this error is about; undefined for errors of other kinds. */
export const failedInConvoy = (error: object): HeldStatement | undefined => failures.get(error);

/**
 * Statements that go out in one write and are answered in one round trip, under one Sync: Postgres runs them in order, each on
 * what it finds when its turn comes, and runs none behind one that fails. See docs/adr/0021.
 */
export class Convoy {
  private place = 0;
  private result = new Result();

  constructor(
    private readonly statements: readonly HeldStatement[],
    private readonly done: (error: Error | null, last: pg.QueryResult) => void,
  ) {}

  /** For whoever looks on. */
  get texts(): string[] {
    return this.statements.map(({ text }) => text);
  }

  /** pg takes note of these two when Postgres has parsed a statement: they are those of the one that is being answered. */
  get name(): string {
    return this.current.name;
  }
  get text(): string {
    return this.current.text;
  }

  private get current(): HeldStatement {
    return this.statements[this.place]!;
  }

  submit(connection: ProtocolConnection): null {
    connection.stream.cork();
    try {
      // Of all, before any goes out: what makes room for one would not be closed behind another that fails.
      for (const { name } of this.statements) if (name) keepStatement(connection, name);
      for (const statement of this.statements) send(connection, statement);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: { fields: unknown }): void {
    this.result.addFields(fields);
  }

  handleDataRow({ fields }: { fields: unknown }): void {
    this.result.rows.push(this.result.parseRow(fields));
  }

  handleCommandComplete(message: unknown): void {
    this.result.addCommandComplete(message);
    this.current.settle(this.result);
    if (this.place === this.statements.length - 1) return;
    this.place++;
    this.result = new Result();
  }

  handleReadyForQuery(): void {
    this.done(null, this.result);
  }

  handleError(error: Error, connection: ProtocolConnection): void {
    failures.set(error, this.current);
    for (const { name } of this.statements.slice(this.place)) delete connection.submittedNamedStatements[name];
    this.done(error, this.result);
  }

  handleCopyInResponse(connection: ProtocolConnection): void {
    connection.sendCopyFail('Nothing is copied here.');
  }
}

function send(connection: ProtocolConnection, statement: HeldStatement): void {
  const { name, text, values } = statement;
  statement.isSent = true;
  if (!name || !(name in connection.parsedStatements || name in connection.submittedNamedStatements)) {
    connection.parse({ name, text });
    if (name) connection.submittedNamedStatements[name] = text;
  }
  connection.bind({ portal: '', statement: name, values });
  connection.describe({ type: 'P', name: '' });
  connection.execute({ portal: '', rows: 0 });
}
