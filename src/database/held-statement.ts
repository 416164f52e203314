import pg from 'pg';

/** What pg does not publish: how it writes out a value. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/** A place in the code: its frames are written down when somebody asks for them. */
export interface Place {
  stack?: string;
}

/** A statement that goes out together with others, and what Postgres answered to it. */
export class HeldStatement<Row extends pg.QueryResultRow = pg.QueryResultRow> {
  readonly values: readonly unknown[];
  /** Whether it went out. */
  isSent = false;
  /** Where in the code it was held, if that is known: when it fails, something else is being waited for. */
  heldAt: Place | undefined;
  private answer: pg.QueryResult<Row> | null = null;

  /**
   * @param name by which Postgres keeps it; empty where it does not
   * @throws where a value cannot be written out: later it would leave a gap between those that go out together
   */
  constructor(
    readonly name: string,
    readonly text: string,
    values: readonly unknown[],
  ) {
    this.values = values.map(prepareValue);
  }

  settle(answer: pg.QueryResult): void {
    this.answer = answer as pg.QueryResult<Row>;
  }

  get isAnswered(): boolean {
    return this.answer !== null;
  }

  /** Of a statement that selects nothing, one for each row all the same. */
  get rows(): Row[] {
    if (!this.answer) throw new Error('Nothing is known of a held statement before one behind it was answered.');
    return this.answer.rows;
  }
}
