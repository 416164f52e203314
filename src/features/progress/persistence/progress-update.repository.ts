import type { EntityManager } from 'typeorm';
import type { HeldStatement } from '../../../database/held-statement.js';
import { hold, withoutWaiting } from '../../../database/holding.js';
import type { ProgressState, ProgressUpdate } from '../domain/progress-update.js';
import { ProgressUpdateRow } from './progress-update.row.js';

/**
 * Adds an entry and makes its action what the latest of its entries says, with the statement that comes next. Call it with the
 * plan of the action locked.
 * @returns what will have become of the action
 */
export async function addProgressUpdate(
  manager: EntityManager,
  employeeId: string,
  update: ProgressUpdate,
): Promise<HeldStatement<ProgressState>> {
  await withoutWaiting(manager, () => manager.insert(ProgressUpdateRow, { ...update, employeeId }));
  return hold<ProgressState>(
    manager,
    `update action set status = latest.status, percent_complete = latest.percent_complete
     from (
       select status, percent_complete from progress_update where action_id = $1
       order by occurred_at desc, created_at desc, id desc limit 1
     ) as latest
     where action.id = $1
     returning action.status, action.percent_complete as "percentComplete"`,
    [update.actionId],
  );
}

/** An entry that is stored; null when there is none. */
export const findProgressUpdate = (manager: EntityManager, id: string): Promise<ProgressUpdate | null> =>
  manager.findOneBy(ProgressUpdateRow, { id });
