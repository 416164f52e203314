import { createDatabase, type Database } from '../../src/database/database.js';
import type { TransactionOwner } from '../../src/database/transaction.js';
import type { Timeouts } from '../../src/database/viewer-scope.js';
import { connectDatabase } from '../../src/service.js';
import type { AccessSettings } from '../../src/shared/access.js';
import type { Viewer } from '../../src/shared/viewer.js';

/** Who opens a transaction: a viewer in the middle of a mutation. */
export function ownerOf(database: Database, viewer: Viewer): TransactionOwner {
  const audit = database.auditFor(viewer, { address: 'test', requestId: 'test' });
  audit.begin('test');
  return { viewer, database, audit };
}

/** Somebody who may see everything. */
export const HR: Viewer = { subject: 'hr', employeeId: null, roles: ['hr_admin'] };

/** The ways to Postgres that the service has, over a database of a test. */
export async function openDatabase(
  url: string,
  {
    poolSize = 4,
    lookupConnections = 0,
    namedStatements = true,
    accessSettings = { indirectManagersReadPlans: true } as AccessSettings,
    timeouts = {} as Partial<Timeouts>,
  } = {},
): Promise<Database> {
  const dataSource = await connectDatabase(url, poolSize, namedStatements);
  return createDatabase(dataSource, {
    namedStatements,
    lookupConnections,
    accessSettings,
    timeouts: { statement: 10_000, lock: 5_000, idleInTransaction: 30_000, ...timeouts },
  });
}
