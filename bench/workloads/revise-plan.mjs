import { actionId, planId } from '../company/identifiers.mjs';
import { spread } from './spread.mjs';

export const name = 'revise-plan';
export const title = 'M2 revise a plan';

/** An employee gives the plan another goal, and one action another title and due date. */
export const query = `mutation ReviseActionPlan($input: ReviseActionPlanInput!) {
  reviseActionPlan(input: $input) {
    plan {
      version goal percentComplete
      readiness { ready violations { rule path } }
      skills { rank actions { title dueOn status percentComplete } }
    }
    userErrors { code message path }
  }
}`;

export const subjectsIn = (employees) => employees;
export const subjectOf = (place, employees) => ({ viewer: spread(place, employees), version: null });

/** What the subjects need to know of the database before they ask: their versions grow with each round. */
export async function refresh(client, subjects) {
  const { rows } = await client.query('select id, version from action_plan where id = any ($1)', [
    subjects.map(({ viewer }) => planId(viewer)),
  ]);
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  for (const subject of subjects) subject.version = versions.get(planId(subject.viewer));
}

/** Each time the next version, since each connection has plans of its own. @param idOf how the contender writes ids */
export function variablesOf(subject, idOf) {
  const expectedVersion = subject.version++;
  const goal = `Lead the launch of product ${expectedVersion} from the first idea to the first customers`;
  const title = `Take over the quarterly review number ${expectedVersion} with the sales team`;
  const dueOn = `2036-05-${10 + (expectedVersion % 20)}`;
  const edits = [
    { changePlan: { goal } },
    { changeAction: { actionId: idOf('action', actionId(subject.viewer, 2)), title, dueOn } },
  ];
  return { input: { planId: idOf('plan', planId(subject.viewer)), expectedVersion, edits } };
}

/** Each request that is answered adds a row here. */
export const adds = 'plan_revision';

export const answerOf = (body) => body.data.reviseActionPlan;
