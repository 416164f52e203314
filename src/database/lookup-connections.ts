import type { Socket } from 'node:net';
import type pg from 'pg';
import { watchForLoss } from './connection-loss.js';
import type { TakenConnection } from './running-reads.js';

/**
 * A connection without an answer for so long, in milliseconds, is at something slow: nobody else is put behind it. An answer is
 * only heard when Node comes to it, and it may be busy for a while: by 25 ms connections with nothing wrong were left for others without a plan.
 */
const LONGEST_SILENCE = 200;

/** How many of the service's connections to Postgres are for lookups; the others are lent out to one after the other. */
export const lookupPartOf = (connections: number): number => (connections < 4 ? 0 : Math.ceil(connections / 4));

/** A connection, and what it has been sent. */
class LookupConnection {
  /** Statements that are not answered yet. */
  waiting = 0;
  /** When it was last seen to be idle, or to answer. */
  private heardAt = 0;
  readonly connected: Promise<unknown>;

  constructor(
    readonly client: pg.Client,
    private readonly patience: number,
  ) {
    watchForLoss(client);
    this.connected = this.connect();
  }

  /** @throws also where it ends before, of which pg says nothing to who has ended it */
  private async connect(): Promise<void> {
    const ended = new Promise<never>((_, reject) => {
      this.client.once('end', () => reject(new Error('Connection terminated')));
    });
    await Promise.race([this.client.connect(), ended]);
    this.watchForSilence();
  }

  /** Who waits on a connection that the network has forgotten would do so for a quarter of an hour. */
  private watchForSilence(): void {
    const { stream } = (this.client as unknown as { connection: { stream: Socket } }).connection;
    stream.setTimeout(this.patience, () => {
      if (this.waiting > 0) stream.destroy(new Error('Connection terminated: nothing was heard on it.'));
    });
  }

  get isSilent(): boolean {
    return this.waiting > 0 && performance.now() - this.heardAt > LONGEST_SILENCE;
  }

  begin(): void {
    if (this.waiting++ === 0) this.heardAt = performance.now();
  }

  end(): void {
    this.waiting--;
    this.heardAt = performance.now();
  }
}

/**
 * A few connections that carry many lookups each, one behind the other, without waiting for the answer to the one before.
 * Postgres then goes from one to the next without being woken, and few processes keep plans, which stay in the caches of
 * the processor. See docs/adr/0020.
 */
export class LookupConnections {
  private readonly open = new Set<LookupConnection>();
  private isClosed = false;

  /**
   * @param pool the connections are made as this makes its own
   * @param patience a connection on which nothing was heard for so long, in milliseconds, and something is waited for, is given up:
   *   longer than any statement takes
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly most: number,
    private readonly patience: number,
  ) {}

  /**
   * The connection that waits for the fewest answers; null where there is none on which a lookup would be answered soon.
   * @throws when there is none yet, and none can be made
   */
  async take(): Promise<TakenConnection | null> {
    const connection = this.choose();
    if (!connection) return null;
    connection.begin();
    try {
      await connection.connected;
    } catch (error) {
      connection.end();
      throw error;
    }
    return {
      client: connection.client,
      isShared: true,
      giveBack: (isUsable) => {
        connection.end();
        if (!isUsable) this.retire(connection);
      },
    };
  }

  /** Lets what was sent be answered. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.open].map((connection) => this.retire(connection)));
  }

  private choose(): LookupConnection | null {
    if (this.isClosed) return null;
    let least: LookupConnection | null = null;
    for (const connection of this.open) {
      if (!connection.isSilent && (!least || connection.waiting < least.waiting)) least = connection;
    }
    if (this.open.size < this.most && (!least || least.waiting > 0)) return this.connect();
    return least;
  }

  private connect(): LookupConnection {
    const { Client, options } = this.pool as pg.Pool & { Client: typeof pg.Client };
    const settings = { ...options, pipeline: true, keepAlive: true };
    const connection = new LookupConnection(new Client(settings as pg.ClientConfig), this.patience);
    const forget = () => this.open.delete(connection);
    connection.client.once('error', forget);
    connection.client.once('end', forget);
    connection.connected.catch(forget);
    this.open.add(connection);
    return connection;
  }

  /** Nothing more is sent on it. */
  private async retire(connection: LookupConnection): Promise<void> {
    this.open.delete(connection);
    await connection.client.end().catch(() => {});
  }
}
