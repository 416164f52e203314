import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { employeeId } from './company/identifiers.mjs';
import { countAdded, keepRows, restoreRows, rowsOf } from './effects.mjs';

/** What a contender says to a request, as every contender has to say it. */
async function ask({ url, contender }, workload, subject) {
  // A copy: what the requests of a subject count must begin anew for the next contender.
  const { path, body, ...init } = await contender.request(workload, { ...subject });
  const response = await fetch(`${url}${path}`, { ...init, body: typeof body === 'function' ? body() : body });
  const text = await response.text();
  try {
    // Only what would be sent counts, not what fields with no value look like before.
    return JSON.parse(JSON.stringify((contender.answerOf ?? answerAsIs)(workload, JSON.parse(text))));
  } catch (error) {
    throw new Error(`${contender.name}, ${workload.title}: ${text.slice(0, 2000)}`, { cause: error });
  }
}

const answerAsIs = (workload, answer) => workload.answerOf(answer);

/** The answers of one contender, and, where there are any, their effects, which are undone again. */
async function outcomesOf(one, workload, subjects, client) {
  const outcomes = [];
  if (!workload.adds) {
    for (const subject of subjects) outcomes.push({ answer: await ask(one, workload, subject) });
    return outcomes;
  }
  const ids = subjects.map(({ viewer }) => employeeId(viewer));
  const since = await keepRows(client, ids);
  await delay(5); // ids of the same millisecond are in no order between two processes
  for (const subject of subjects) {
    const answer = await ask(one, workload, subject);
    outcomes.push({ answer, rows: await rowsOf(client, employeeId(subject.viewer), since) });
  }
  const added = await countAdded(client, workload.adds, since);
  assert.equal(
    added,
    subjects.length,
    `${one.contender.name} has answered without adding to ${workload.adds}: ${JSON.stringify(outcomes[0].answer)}`,
  );
  await restoreRows(client, since);
  return outcomes;
}

/** Every contender answers the same, field by field, and does the same to the rows; else nothing is timed. */
export async function checkEquality(running, workload, subjects, client) {
  let expected = null;
  for (const one of running) {
    const outcomes = await outcomesOf(one, workload, subjects, client);
    expected ??= outcomes;
    for (const [place, outcome] of outcomes.entries()) {
      const about = `${one.contender.name}, ${workload.title}, ${JSON.stringify(subjects[place])}`;
      assert.ok(outcome.answer, `${about} has no answer`);
      assert.deepEqual(outcome, expected[place], `${about} differs from ${running[0].contender.name}`);
    }
  }
}
