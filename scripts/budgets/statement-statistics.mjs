import { SERVICE_ROLE } from '../../dist/src/database/service-role.js';

export const forgetStatements = (client) => client.query('select pg_stat_statements_reset()');

/**
 * What the statements of the service have cost since they were forgotten, the dearest first. What a statement leads to, in
 * functions and triggers, counts as part of it, except for plans: those are counted where they are made.
 */
export async function statementsSince(client) {
  const { rows } = await client.query(
    `select query as text, toplevel as "isSent", calls::integer, plans::integer,
       (shared_blks_hit + shared_blks_read)::integer as buffers
     from pg_stat_statements where userid = $1::regrole order by buffers desc`,
    [SERVICE_ROLE],
  );
  return rows;
}

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

export const costOf = (statements) => ({
  plans: sum(statements.map(({ plans }) => plans)),
  buffers: sum(statements.filter(({ isSent }) => isSent).map(({ buffers }) => buffers)),
});
