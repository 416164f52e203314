import assert from 'node:assert/strict';

async function ask(url, { path, ...init }) {
  const response = await fetch(`${url}${path}`, init);
  return response.json();
}

/** Every contender answers the same, field by field; else nothing is timed. */
export async function checkEquality(contenders, workload, employees) {
  const [first, ...others] = contenders;
  for (const employee of employees) {
    const expected = workload.answerOf(await ask(first.url, await first.contender.request(employee)));
    assert.ok(expected?.name, `${first.contender.name} knows nothing of employee ${employee}`);
    for (const other of others) {
      const answer = workload.answerOf(await ask(other.url, await other.contender.request(employee)));
      assert.deepEqual(answer, expected, `${other.contender.name} differs for employee ${employee}`);
    }
  }
}
