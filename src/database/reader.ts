import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';
import type { ViewerConfirmation } from '../shared/viewer-confirmation.js';
import { ViewerErasedError } from '../shared/viewer-erased.js';
import type { AuditTrail } from './audit-trail.js';
import type { FairShare } from './fair-share.js';
import type { LookupConnections } from './lookup-connections.js';
import { explainOutage, isNotPrepared, noConnection } from './outage.js';
import { RunningReads, type TakenConnection } from './running-reads.js';
import { statementName } from './statement-name.js';
import { type Planning, scopeValues, scopeWith, type Timeouts } from './viewer-scope.js';
import { takeTurn } from './viewer-turn.js';

/** Runs statements that only read, in the name of one viewer. Every read path goes through it. */
export interface Reader {
  /** In whose name; null before that is known. */
  readonly viewer: Viewer | null;
  readonly accessSettings: AccessSettings;
  /** Where it is recorded what was seen; null where nothing is read that has to be. */
  readonly audit: AuditTrail | null;
  /**
   * @param planning ONCE where nothing is said, see docs/adr/0014
   * @throws OutageError when Postgres is not there, or not in time; ClientGoneError when nobody waits for the answer
   */
  read<Row>(text: string, values: readonly unknown[], planning?: Planning): Promise<Row[]>;
}

export interface ReaderSettings {
  pool: pg.Pool;
  accessSettings: AccessSettings;
  timeouts: Timeouts;
  /** Whether statements have names, so that Postgres parses and plans them once per connection. */
  namedStatements: boolean;
  /** For statements that are planned ONCE, which look up keys and so are answered soon; the pool, where there are none. */
  lookups?: LookupConnections | null;
  /** How many reads of one viewer may run at once; no limit, where there is none. */
  share?: FairShare;
}

/** What a reader is for. */
export interface ReadRequest {
  /** Where it is recorded what was seen. */
  audit?: AuditTrail;
  /** Aborted when whoever asked has gone away: what runs is cancelled then, and nothing more is read. */
  gone?: AbortSignal;
  /** Where the viewer is remembered: nothing is read before Postgres has said that they still are who they were. */
  confirmation?: ViewerConfirmation | null;
}

interface ReadStatement {
  text: string;
  values: readonly unknown[];
  planning: Planning;
}

/** Reads from Postgres, without the cost of hydrating entities. */
export function createReader(
  settings: ReaderSettings,
  viewer: Viewer | null,
  { audit, gone, confirmation = null }: ReadRequest = {},
): Reader {
  const { accessSettings, timeouts, namedStatements } = settings;
  const running = new RunningReads(gone);
  const checkAsker = (): void => {
    running.checkClient();
    if (confirmation?.isRefuted) throw new ViewerErasedError();
  };
  const readFrom = async <Row>(source: ReaderSettings, statement: ReadStatement): Promise<Row[]> => {
    checkAsker();
    const { text, values, planning } = statement;
    const name = namedStatements ? statementName(text) : null;
    const connection = await connect(source, viewer, planning, gone);
    try {
      checkAsker();
    } catch (error) {
      connection.giveBack(true);
      throw error;
    }
    const scope = scopeWith(scopeValues(viewer, accessSettings, timeouts, planning), confirmation);
    return running.run<Row>(connection, { text, values, name, scope, confirmation });
  };
  const read = async <Row>(statement: ReadStatement): Promise<Row[]> => {
    try {
      return await readFrom<Row>(settings, statement).catch((error) => {
        if (!isNotPrepared(error)) throw error;
        return readFrom<Row>({ ...settings, lookups: null }, statement);
      });
    } catch (error) {
      throw explainOutage(withStatement(error, statement.text), 'READ');
    }
  };
  return {
    viewer,
    accessSettings,
    audit: audit ?? null,
    async read<Row>(text: string, values: readonly unknown[], planning: Planning = 'ONCE') {
      try {
        return await read<Row>({ text, values, planning });
      } catch (error) {
        confirmation?.fail(error);
        throw error;
      }
    },
  };
}

/**
 * The error with its statement, as TypeORM raises it for writes. What the driver raises knows nothing of who asked: it comes
 * up where the answer of Postgres is read. This one is made where the read is awaited, so its stack leads to who did.
 */
function withStatement(error: unknown, text: string): unknown {
  return error instanceof pg.DatabaseError ? new QueryFailedError(text, [], error) : error;
}

/** Waits for the viewer's turn, and then for a connection. The turn is over when the connection is back, and not before. */
async function connect(
  settings: ReaderSettings,
  viewer: Viewer | null,
  planning: Planning,
  gone?: AbortSignal,
): Promise<TakenConnection> {
  // Before it is known who asks there is nobody to share with.
  const leave = settings.share && viewer ? await takeTurn(settings.share, viewer, 'READ', gone) : () => {};
  try {
    const lookup = planning === 'ONCE' ? await settings.lookups?.take() : null;
    const connection = lookup ?? (await takeFrom(settings.pool));
    const giveBack = (isUsable: boolean): void => {
      connection.giveBack(isUsable);
      leave();
    };
    return { ...connection, giveBack };
  } catch (error) {
    leave();
    throw noConnection(error, 'READ');
  }
}

async function takeFrom(pool: pg.Pool): Promise<TakenConnection> {
  const client = await pool.connect();
  return { client, isShared: false, giveBack: (isUsable) => client.release(!isUsable) };
}
