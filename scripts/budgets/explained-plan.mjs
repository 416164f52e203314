import { textAt } from './protocol-messages.mjs';

/** The fields of a notice, by the letters that Postgres gives them: M is the message. */
function fieldsOf(body) {
  const fields = {};
  for (let place = 0; body[place] !== 0; ) {
    const { text, next } = textAt(body, place + 1);
    fields[String.fromCharCode(body[place])] = text;
    place = next;
  }
  return fields;
}

/** The plan that auto_explain tells the client of in a notice; null where the notice is about something else. */
export function planOf(notice) {
  const [, json] = /^duration: [\d.]+ ms {2}plan:\n(.*)$/s.exec(fieldsOf(notice).M) ?? [];
  return json ? JSON.parse(json) : null;
}

function* nodesOf(node) {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

const isScan = (node) => node['Node Type'].endsWith('Scan') && node['Relation Name'] && node['Actual Loops'] > 0;

/** Wanted or not; what is said of one loop is an average. */
const rowsOfLoop = (node) =>
  node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);

const rowsOf = (node) => Math.round(node['Actual Loops'] * rowsOfLoop(node));

/** In the company, what there are few of in companies of any size are fewer, and all else are more. */
const ROWS_OF_A_LARGE_TABLE = 500;

const isLargeTableReadWhole = (node) => node['Node Type'] === 'Seq Scan' && rowsOfLoop(node) >= ROWS_OF_A_LARGE_TABLE;

/** How many rows of tables a plan has looked at, and which large tables it has read from end to end. */
export function readsOf({ Plan: plan }) {
  const scans = [...nodesOf(plan)].filter(isScan);
  return {
    rows: scans.reduce((sum, node) => sum + rowsOf(node), 0),
    largeTablesReadWhole: scans.filter(isLargeTableReadWhole).map((node) => node['Relation Name']),
  };
}
