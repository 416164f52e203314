import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { copyTestService, type TestService } from '../support/service.js';
import type { Call, Pool } from './calls.js';
import { removeUnseen } from './remove-unseen.js';
import { callsFor, findPool } from './sweep-calls.js';
import { CASES } from './sweep-cases.js';
import { employmentMark, PEOPLE, planMark, SWEEP_LIMITS, startWorld } from './world.js';

/**
 * What a viewer may not see has no influence on any answer. Each call of the API that can be made from the schema is asked in
 * two companies: one with everything, one without what the viewer may not see. The answers are the same to the letter:
 * data, errors, counts, orders, pages. So a new field is swept without anybody thinking of it: sweep-world.test.ts sees to it
 * that the two companies differ in each column, sweep-fields.test.ts that each field says something in the full one.
 */

let world: TestService;
let pool: Pool;

/** Every answer, or what is different about the first that is. */
async function compare(
  full: TestService,
  reduced: TestService,
  claims: TokenClaims | null,
  list: Call[],
): Promise<string> {
  let all = '';
  for (const { title, query, variables } of list) {
    const [inFull, inReduced] = await Promise.all(
      [full, reduced].map((service) => service.ask(query, variables, claims)),
    );
    const [one, other] = [inFull, inReduced].map((answer) =>
      JSON.stringify({ status: answer!.status, data: answer!.data, errors: answer!.errors }, hideChance),
    ) as [string, string];
    if (one !== other) expect({ title, answer: JSON.parse(one) }).toEqual({ title, answer: JSON.parse(other) });
    all += one;
  }
  return all;
}
/** What differs from one call to the next, by the name that it has in an answer. */
const hideChance = (key: string, value: unknown): unknown =>
  key === 'incidentId' || key === 'recorded_at' ? 'another each time' : value;

const marked = (answers: string, mark: (id: string) => string): string[] =>
  PEOPLE.filter((id) => answers.toLowerCase().includes(mark(id).toLowerCase()));

/** @param prepare what is done to the database of each of the companies before it is asked */
export function sweep(prepare: (databaseUrl: string) => Promise<void>): void {
  beforeAll(async () => {
    world = await startWorld({ indirectManagersReadPlans: true });
    pool = await findPool(world.databaseUrl);
  }, 60_000);
  afterAll(() => world.close());

  test.each(CASES)(
    '$who learns nothing of what they may not see',
    async (one) => {
      const { claims, sight, seesPlansOf, seesEmploymentOf } = one;
      const full = await copyTestService(world, { limits: SWEEP_LIMITS });
      const reduced = await copyTestService(world, { limits: SWEEP_LIMITS });
      try {
        await removeUnseen(reduced.databaseUrl, sight);
        await prepare(full.databaseUrl);
        await prepare(reduced.databaseUrl);
        const answers = await compare(full, reduced, claims, callsFor(claims, pool));
        expect(marked(answers, planMark).sort()).toEqual([...seesPlansOf].sort());
        expect(marked(answers, employmentMark).sort()).toEqual([...seesEmploymentOf].sort());
        expect(answers).not.toContain('INTERNAL_SERVER_ERROR');
      } finally {
        await full.close();
        await reduced.close();
      }
    },
    120_000,
  );
}
