import type { EntityManager } from 'typeorm';
import type { HeldStatement } from '../../../database/held-statement.js';
import { hold, withoutWaiting } from '../../../database/holding.js';
import type { ReportingDepth } from '../../../shared/access.js';
import type { Viewer } from '../../../shared/viewer.js';
import { viewerIsHere } from '../../people/persistence/reporting-line.repository.js';
import type { ActionPlan, PlanSkill } from '../domain/action-plan.js';
import type { PlanRevision } from '../domain/plan-revision.js';
import { ActionRow } from './action.row.js';
import { type PlanDocument, partsOfPlan, planDocument, revivePlan } from './action-plan.document.js';
import { ActionPlanRow } from './action-plan.row.js';
import { PlanRevisionRow } from './plan-revision.row.js';
import { PlanSkillRow } from './plan-skill.row.js';

/** Sets these advisory locks apart from all others. */
const ACTIVATION_LOCK = 7_302_030;

/** Whose plan it is, and how far above that person the viewer is. */
export interface PlanOwner {
  planId: string;
  employeeId: string;
  depth: ReportingDepth;
}

/** Where a plan is found: by itself, or by one of its actions. */
export type PlanPlace = { planId: string } | { actionId: string };

const idOf = (place: PlanPlace): string => ('planId' in place ? place.planId : place.actionId);

/** The SQL of the id of the plan, with that of the place in `$1`. */
const planIdAt = (place: PlanPlace): string =>
  'planId' in place ? '$1' : '(select action.plan_id from action where action.id = $1)';

const ownerStatement = (place: PlanPlace): string => {
  const [table, planId] = 'planId' in place ? ['action_plan', 'action_plan.id'] : ['action', 'action.plan_id'];
  return `select ${planId} as "planId", ${table}.employee_id as "employeeId", reporting_line.depth from ${table}
     join employee on employee.id = ${table}.employee_id and employee.erased_at is null
     left join reporting_line on reporting_line.report_id = ${table}.employee_id and reporting_line.manager_id = $2
     where ${table}.id = $1 and ${viewerIsHere('$2')}`;
};

/** Whose plan this is; null when there is none. */
export async function findPlanOwner(
  manager: EntityManager,
  place: PlanPlace,
  viewer: Viewer,
): Promise<PlanOwner | null> {
  const owners: PlanOwner[] = await manager.query(ownerStatement(place), [idOf(place), viewer.employeeId]);
  return owners[0] ?? null;
}

/** The same, with the next statement. */
export const holdPlanOwner = (
  manager: EntityManager,
  place: PlanPlace,
  viewer: Viewer,
): Promise<HeldStatement<PlanOwner>> => hold(manager, ownerStatement(place), [idOf(place), viewer.employeeId]);

/**
 * The plan, locked until the transaction ends, so that nobody changes it in between; null when there is none that the viewer
 * may change. Locked before it is read: what waits for a lock reads what was there before it waited.
 */
export async function lockPlan(manager: EntityManager, place: PlanPlace): Promise<ActionPlan | null> {
  const lock = `select from action_plan where action_plan.id = ${planIdAt(place)} for update`;
  const locked = await hold(manager, lock, [idOf(place)]);
  const plan = await findPlan(manager, place);
  return locked.rows.length === 0 ? null : plan;
}

/** Null also where the viewer no longer sees the plan: whoever had it locked before may have erased the person. */
async function findPlan(manager: EntityManager, place: PlanPlace): Promise<ActionPlan | null> {
  const [row] = (await manager.query(
    `select ${planDocument} as item from action_plan ${partsOfPlan} where action_plan.id = ${planIdAt(place)}`,
    [idOf(place)],
  )) as { item: PlanDocument }[];
  return row ? revivePlan(row.item) : null;
}

/** The plan as it is within the transaction. */
export async function readPlan(manager: EntityManager, planId: string): Promise<ActionPlan> {
  return (await findPlan(manager, { planId }))!;
}

/**
 * Makes activations of two plans of one person follow each other. An advisory lock: nobody may lock the row of a person
 * but who may change it.
 * @returns the id of the person's active plan, null when there is none
 */
export async function lockActivePlanId(manager: EntityManager, planId: string): Promise<string | null> {
  await hold(
    manager,
    `select pg_advisory_xact_lock(hashtextextended(employee_id::text, ${ACTIVATION_LOCK})) from action_plan where id = $1`,
    [planId],
  );
  const [active] = (await manager.query(
    `select id from action_plan where status = 'ACTIVE'
       and employee_id = (select employee_id from action_plan where id = $1)`,
    [planId],
  )) as { id: string }[];
  return active?.id ?? null;
}

/** Saves what differs from the plan as it was before, in a handful of statements whatever its size, which nobody waits for. */
export const savePlan = (manager: EntityManager, before: ActionPlan | null, plan: ActionPlan): Promise<void> =>
  withoutWaiting(manager, () => saveDifference(manager, before, plan));

async function saveDifference(manager: EntityManager, before: ActionPlan | null, plan: ActionPlan): Promise<void> {
  const { skills, policy, ...columns } = plan;
  const policyId = plan.activatedAt === null ? null : policy.id; // a draft follows the policy in force
  if (before) await manager.update(ActionPlanRow, plan.id, { ...columns, policyId });
  else await manager.insert(ActionPlanRow, { ...columns, policyId });

  const oldSkills = before?.skills ?? [];
  const removed = oldSkills.filter(({ id }) => !skills.some((skill) => skill.id === id)).map(({ id }) => id);
  // First, because a skill that comes again must not meet itself.
  if (removed.length > 0) await manager.update(PlanSkillRow, removed, { rank: null, removedAt: plan.updatedAt });
  const skillRows = difference(skillRowsOf(plan.employeeId, oldSkills), skillRowsOf(plan.employeeId, skills));
  if (skillRows.length > 0) await manager.upsert(PlanSkillRow, skillRows, ['id']);
  const actionRows = difference(actionRowsOf(plan.employeeId, oldSkills), actionRowsOf(plan.employeeId, skills));
  if (actionRows.length > 0) await manager.upsert(ActionRow, actionRows, ['id']);
}

const skillRowsOf = (employeeId: string, skills: PlanSkill[]) =>
  skills.map(({ id, planId, skillId, outcome }, place) => ({
    id,
    planId,
    employeeId,
    skillId,
    outcome,
    rank: place + 1,
  }));

const actionRowsOf = (employeeId: string, skills: PlanSkill[]) =>
  skills.flatMap((skill) => skill.actions.map((action, position) => ({ ...action, employeeId, position })));

/** The rows that are new or other than before. */
function difference<Row extends { id: string }>(before: Row[], after: Row[]): Row[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const isSame = (row: Row): boolean => {
    const previous = old.get(row.id);
    return previous !== undefined && Object.entries(row).every(([key, value]) => previous[key as keyof Row] === value);
  };
  return after.filter((row) => !isSame(row));
}

export const saveRevision = (
  manager: EntityManager,
  { employeeId }: ActionPlan,
  revision: PlanRevision,
): Promise<void> => withoutWaiting(manager, () => manager.insert(PlanRevisionRow, { ...revision, employeeId }));
