import type { EntityManager } from 'typeorm';
import type { ReportingDepth } from '../../../shared/access.js';
import type { Viewer } from '../../../shared/viewer.js';
import { viewerIsHere } from '../../people/persistence/reporting-line.repository.js';
import type { ActionPlan, PlanSkill } from '../domain/action-plan.js';
import type { PlanRevision } from '../domain/plan-revision.js';
import { ActionRow } from './action.row.js';
import { type PlanDocument, revivePlan, wholePlansStatement } from './action-plan.document.js';
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

async function findOwner(
  manager: EntityManager,
  table: 'action_plan' | 'action',
  id: string,
  viewer: Viewer,
): Promise<PlanOwner | null> {
  const planId = table === 'action' ? 'action.plan_id' : 'action_plan.id';
  const [owner] = (await manager.query(
    `select ${planId} as "planId", ${table}.employee_id as "employeeId", reporting_line.depth from ${table}
     join employee on employee.id = ${table}.employee_id and employee.erased_at is null
     left join reporting_line on reporting_line.report_id = ${table}.employee_id and reporting_line.manager_id = $2
     where ${table}.id = $1 and ${viewerIsHere('$2')}`,
    [id, viewer.employeeId],
  )) as PlanOwner[];
  return owner ?? null;
}

/** Whose plan this is; null when there is none. */
export const findPlanOwner = (manager: EntityManager, planId: string, viewer: Viewer): Promise<PlanOwner | null> =>
  findOwner(manager, 'action_plan', planId, viewer);

/** Whose plan an action belongs to; null when there is no such action. */
export const findOwnerOfAction = (
  manager: EntityManager,
  actionId: string,
  viewer: Viewer,
): Promise<PlanOwner | null> => findOwner(manager, 'action', actionId, viewer);

/** The plan, locked until the transaction ends, so that nobody changes it in between; null when there is none. */
export async function lockPlan(manager: EntityManager, id: string): Promise<ActionPlan | null> {
  const locked: object[] = await manager.query('select from action_plan where id = $1 for update', [id]);
  return locked.length === 0 ? null : findPlan(manager, id);
}

/** Null also where the viewer no longer sees the plan: whoever had it locked before may have erased the person. */
async function findPlan(manager: EntityManager, id: string): Promise<ActionPlan | null> {
  const [row] = (await manager.query(wholePlansStatement, [[id]])) as { item: PlanDocument }[];
  return row ? revivePlan(row.item) : null;
}

/** The plan as it is within the transaction. */
export async function readPlan(manager: EntityManager, id: string): Promise<ActionPlan> {
  return (await findPlan(manager, id))!;
}

/**
 * Makes activations of two plans of one person follow each other. An advisory lock: nobody may lock the row of a person
 * but who may change it.
 * @returns the id of the person's active plan, null when there is none
 */
export async function lockActivePlanId(manager: EntityManager, planId: string): Promise<string | null> {
  await manager.query(
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

/** Saves what differs from the plan as it was before, in a handful of statements whatever its size. */
export async function savePlan(manager: EntityManager, before: ActionPlan | null, plan: ActionPlan): Promise<void> {
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

export async function saveRevision(
  manager: EntityManager,
  { employeeId }: ActionPlan,
  revision: PlanRevision,
): Promise<void> {
  await manager.insert(PlanRevisionRow, { ...revision, employeeId });
}
