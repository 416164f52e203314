import type pg from 'pg';
import { ClientGoneError } from '../shared/client-gone.js';
import { cancelStatement } from './cancel-statement.js';
import { isConnectionLost, refutesViewer } from './outage.js';
import { ScopedQuery, type ScopedStatement } from './scoped-query.js';

/** A connection, for one statement. */
export interface TakenConnection {
  client: pg.ClientBase;
  /** Whether it carries statements of others at the same time. */
  isShared: boolean;
  /** To where it came from or, where it is of no use any longer, to be closed. */
  giveBack(isUsable: boolean): void;
}

/** The reads of one request that Postgres is at, to be stopped together when nobody waits for them any longer. */
export class RunningReads {
  private readonly abandonments = new Set<() => void>();

  /** @param gone aborted when whoever asked has gone away; never, where there is none */
  constructor(private readonly gone?: AbortSignal) {
    const abandonAll = () => {
      for (const abandon of this.abandonments) abandon();
    };
    gone?.addEventListener('abort', abandonAll, { once: true });
  }

  /** @throws ClientGoneError when nobody waits any longer */
  checkClient(): void {
    if (this.gone?.aborted) throw new ClientGoneError();
  }

  /**
   * Runs a statement on a connection, and gives the connection back.
   * @throws ClientGoneError, and errors as the driver raises them
   */
  run<Row>(connection: TakenConnection, statement: ScopedStatement): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      let leaveBehind: ((isUsable: boolean) => void) | null = null;
      const query = new ScopedQuery(statement, (error, result) => {
        this.abandonments.delete(abandon);
        // What is known of a connection whose scope failed is not to be trusted, unless it failed on purpose.
        const isUsable = error === null || refutesViewer(error) || (query.isScoped && !isConnectionLost(error));
        if (leaveBehind) return leaveBehind(isUsable);
        connection.giveBack(isUsable);
        if (error) reject(error);
        else resolve(result.rows as Row[]);
      });
      const abandon = () => {
        this.abandonments.delete(abandon);
        reject(new ClientGoneError());
        if (connection.isShared) {
          leaveBehind = connection.giveBack; // to cancel it might hit somebody else's, and it is over soon
          return;
        }
        const answered = new Promise<boolean>((answer) => {
          leaveBehind = answer;
        });
        void giveBackCancelled(connection, answered);
      };
      this.abandonments.add(abandon);
      connection.client.query(query as unknown as pg.Submittable);
    });
  }
}

/** Holds on to a connection until what it is at is over, so that nobody else's statement is cancelled instead. */
async function giveBackCancelled(connection: TakenConnection, answered: Promise<boolean>): Promise<void> {
  try {
    await cancelStatement(connection.client, answered);
    connection.giveBack(true);
  } catch {
    connection.giveBack(false); // the connection is closed, and with it goes whatever might still come for it
  }
}
