import { newIdentifier } from '../dist/src/shared/identifier.js';

/** What mutations do to the rows: so that it can be compared, counted and undone. */

/** Rows of these are only ever added, those of the others only ever changed. */
const ADDED = ['progress_update', 'plan_revision'];
const CHANGED = ['action_plan', 'plan_skill', 'action'];

const inTransaction = async (client, work) => {
  await client.query('begin');
  await client.query('set local session_replication_role = replica'); // no trigger refuses to take rows back
  await work();
  await client.query('commit');
};

/** Keeps the rows of the employees aside, in tables that end with the connection. */
export async function keepRows(client, employeeIds) {
  for (const table of CHANGED) {
    await client.query(`drop table if exists kept_${table}`);
    await client.query(`create temp table kept_${table} (like ${table})`);
    await client.query(`insert into kept_${table} select * from ${table} where employee_id = any ($1)`, [employeeIds]);
    await client.query(`create index on kept_${table} (id)`);
    await client.query(`analyze kept_${table}`);
  }
  return newIdentifier(new Date());
}

/** The service alone keeps an audit trail; what is left of it is whole. The time is that of the id. */
async function removeAudit(client, since) {
  const entries = 'from audit_entry where occurred_at >= uuid_extract_timestamp($1)';
  await client.query(`delete from audit_origin where id in (select origin_id ${entries})`, [since]);
  await client.query(`delete ${entries}`, [since]);
}

/** Makes the rows what they were when they were kept. @param since what `keepRows` returned */
export async function restoreRows(client, since) {
  await inTransaction(client, async () => {
    for (const table of ADDED) await client.query(`delete from ${table} where id >= $1`, [since]);
    await removeAudit(client, since);
    for (const table of CHANGED.toReversed()) {
      const kept = `kept_${table}`;
      await client.query(
        `delete from ${table} using ${kept} where ${table}.id = ${kept}.id and ${table}.* is distinct from ${kept}.*`,
      );
    }
    for (const table of CHANGED)
      await client.query(
        `insert into ${table} select * from kept_${table} as kept where not exists (select from ${table} where id = kept.id)`,
      );
  });
}

/** Gives back to the tables the room that rows took which are gone. */
export const vacuum = (client) =>
  client.query(`vacuum (analyze) ${[...ADDED, ...CHANGED, 'audit_entry', 'audit_origin'].join(', ')}`);

/** How many rows have been added since. */
export async function countAdded(client, table, since) {
  const { rows } = await client.query(`select count(*)::integer as count from ${table} where id >= $1`, [since]);
  return rows[0].count;
}

/** All rows about the employee, as they are with everybody who did the same: ids that are made and times are left out. */
export async function rowsOf(client, employeeId, since) {
  const read = async (table, item, order = 'id') => {
    const { rows } = await client.query(
      `select ${item} as row from ${table} where employee_id = $1 and ($2::uuid is null or id >= $2) order by ${order}`,
      [employeeId, ADDED.includes(table) ? since : null],
    );
    return rows.map(({ row }) => row);
  };
  return {
    plans: await read(
      'action_plan',
      "to_jsonb(action_plan) - 'updated_at' || jsonb_build_object('touched', updated_at > now() - interval '1 minute')",
    ),
    skills: await read('plan_skill', 'to_jsonb(plan_skill)'),
    actions: await read('action', 'to_jsonb(action)'),
    entries: await read(
      'progress_update',
      `to_jsonb(progress_update) - '{id,occurred_at,created_at}'::text[]
       || jsonb_build_object('now', occurred_at = created_at and created_at > now() - interval '1 minute')`,
    ),
    revisions: await read(
      'plan_revision',
      `to_jsonb(plan_revision) - '{id,created_at}'::text[]
       || jsonb_build_object('now', created_at > now() - interval '1 minute')`,
    ),
  };
}
