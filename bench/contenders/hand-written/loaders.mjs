import DataLoader from 'dataloader';
import { run } from './run.mjs';
import { statements } from './statements.mjs';

/** One row for each key. */
const oneEach = (client, name, key = 'id') =>
  new DataLoader(async (keys) => {
    const rows = await run(client, name, statements[name], [keys]);
    const byKey = new Map(rows.map((row) => [row[key], row]));
    return keys.map((one) => byKey.get(one) ?? null);
  });

/** All rows for each key, or the first so many of them. */
const manyEach = (client, name, key, ...limit) =>
  new DataLoader(async (keys) => {
    const rows = await run(client, name, statements[name], [keys, ...limit]);
    const byKey = new Map(keys.map((one) => [one, []]));
    for (const row of rows) byKey.get(row[key]).push(row);
    return keys.map((one) => byKey.get(one));
  });

/** A loader for each number that is asked for. */
function limited(make) {
  const loaders = new Map();
  return (limit) => {
    if (!loaders.has(limit)) loaders.set(limit, make(limit));
    return loaders.get(limit);
  };
}

/** The reads of one request, or of one transaction. */
export const createLoaders = (client) => ({
  employee: oneEach(client, 'employees'),
  reports: limited((first) => manyEach(client, 'reports', 'managerId', first)),
  activePlan: oneEach(client, 'activePlans', 'employeeId'),
  plan: oneEach(client, 'plans'),
  policy: oneEach(client, 'policies'),
  skillsOfPlan: manyEach(client, 'skillsOfPlans', 'planId'),
  planSkill: oneEach(client, 'planSkills'),
  actionsOfSkill: manyEach(client, 'actionsOfSkills', 'planSkillId'),
  updates: limited((first) => manyEach(client, 'updatesOfActions', 'actionId', first)),
});

/** A plan with its skills, its actions and its policy, as the rules take it. */
export async function wholePlan(loaders, plan) {
  if (plan.skills) return plan;
  const [skills, policy] = await Promise.all([loaders.skillsOfPlan.load(plan.id), loaders.policy.load(plan.policyId)]);
  const actions = await loaders.actionsOfSkill.loadMany(skills.map(({ id }) => id));
  return { ...plan, policy, skills: skills.map((skill, place) => ({ ...skill, actions: actions[place] })) };
}
