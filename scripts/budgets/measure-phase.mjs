import { readsOf } from './explained-plan.mjs';
import { repeat } from './repeat.mjs';
import { costOf, forgetStatements, statementsSince } from './statement-statistics.mjs';

/** In milliseconds: long enough to ask all that needs no answer before, too short for Postgres to be taken for slow. */
const HOLD_BACK = 5;

const ON_THE_LINE = ['connections', 'statements', 'unnamedStatements', 'parses', 'roundTrips'];

/** What is said on the line while the work is done, and the plans that Postgres ran for it. */
async function countOnLine(line, work) {
  const { counter } = line;
  const before = { ...counter };
  counter.plans.length = 0;
  line.holdBackMilliseconds = HOLD_BACK;
  await work();
  line.holdBackMilliseconds = 0;
  const counts = Object.fromEntries(ON_THE_LINE.map((name) => [name, counter[name] - before[name]]));
  return { counts, plans: [...counter.plans] };
}

/**
 * What a question costs on average, asked once by each of the people, one after the other.
 * @returns the numbers, and for who wants to know where they come from, the statements and the large tables that were read whole
 */
export async function measurePhase(subjects, { line, client, ask }) {
  await forgetStatements(client);
  const { counts, plans } = await countOnLine(line, () => repeat(1, subjects, ask));
  const statements = await statementsSince(client);
  const reads = plans.map(readsOf);
  const largeTables = reads.flatMap(({ largeTablesReadWhole }) => largeTablesReadWhole);
  const totals = {
    ...counts,
    ...costOf(statements),
    rows: reads.reduce((sum, { rows }) => sum + rows, 0),
    largeTablesReadWhole: largeTables.length,
  };
  const toTenths = (total) => Math.round((10 * total) / subjects.length) / 10;
  const numbers = Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, toTenths(total)]));
  return { numbers, statements, largeTables: [...new Set(largeTables)] };
}
