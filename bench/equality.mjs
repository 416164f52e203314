import assert from 'node:assert/strict';

/** What a contender says to a request, as every contender has to say it. */
async function ask({ url, contender }, workload, subject) {
  const { path, body, ...init } = await contender.request(workload, subject);
  const response = await fetch(`${url}${path}`, { ...init, body: typeof body === 'function' ? body() : body });
  const answer = await response.json();
  try {
    // Only what would be sent counts, not what fields with no value look like before.
    return JSON.parse(JSON.stringify((contender.answerOf ?? answerAsIs)(workload, answer)));
  } catch (error) {
    throw new Error(`${contender.name}, ${workload.title}: ${JSON.stringify(answer).slice(0, 2000)}`, { cause: error });
  }
}

const answerAsIs = (workload, answer) => workload.answerOf(answer);

/** Every contender answers the same, field by field; else nothing is timed. */
export async function checkEquality(running, workload, subjects) {
  const [first, ...others] = running;
  for (const subject of subjects) {
    const expected = await ask(first, workload, subject);
    assert.ok(expected, `${first.contender.name} has no answer for ${JSON.stringify(subject)}`);
    for (const other of others) {
      const answer = await ask(other, workload, subject);
      assert.deepEqual(
        answer,
        expected,
        `${other.contender.name} differs from ${first.contender.name} for ${JSON.stringify(subject)}`,
      );
    }
  }
}
