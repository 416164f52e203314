import type { EntityManager } from 'typeorm';
import type { ActionPlan, PlanSkill } from '../domain/action-plan.js';
import type { PlanRevision } from '../domain/plan-revision.js';
import { ActionRow } from './action.row.js';
import { revivePlan, wholePlansStatement } from './action-plan.document.js';
import { ActionPlanRow } from './action-plan.row.js';
import { PlanRevisionRow } from './plan-revision.row.js';
import { PlanSkillRow } from './plan-skill.row.js';

/** The plan, locked until the transaction ends, so that nobody changes it in between; null when there is none. */
export async function lockPlan(manager: EntityManager, id: string): Promise<ActionPlan | null> {
  const locked: object[] = await manager.query('select from action_plan where id = $1 for update', [id]);
  return locked.length === 0 ? null : readPlan(manager, id);
}

async function findPlanOfAction(manager: EntityManager, actionId: string): Promise<string | null> {
  const [action] = (await manager.query('select plan_id from action where id = $1', [actionId])) as {
    plan_id: string;
  }[];
  return action?.plan_id ?? null;
}

/** The plan that an action belongs to, locked as by `lockPlan`. */
export async function lockPlanOfAction(manager: EntityManager, actionId: string): Promise<ActionPlan | null> {
  const planId = await findPlanOfAction(manager, actionId);
  return planId === null ? null : lockPlan(manager, planId);
}

/** The plan that an action belongs to, as it is within the transaction. */
export async function readPlanOfAction(manager: EntityManager, actionId: string): Promise<ActionPlan | null> {
  const planId = await findPlanOfAction(manager, actionId);
  return planId === null ? null : readPlan(manager, planId);
}

/** The plan as it is within the transaction. */
export async function readPlan(manager: EntityManager, id: string): Promise<ActionPlan> {
  const [row] = (await manager.query(wholePlansStatement, [[id]])) as { item: ActionPlan }[];
  return revivePlan(row!.item);
}

/**
 * Locks the employee of a plan, so that activations of two plans of one person follow each other.
 * @returns the id of the person's active plan, null when there is none
 */
export async function lockActivePlanId(manager: EntityManager, planId: string): Promise<string | null> {
  await manager.query(
    `select from employee where id = (select employee_id from action_plan where id = $1) for no key update`,
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
  const skillRows = difference(skillRowsOf(oldSkills), skillRowsOf(skills));
  if (skillRows.length > 0) await manager.upsert(PlanSkillRow, skillRows, ['id']);
  const actionRows = difference(actionRowsOf(oldSkills), actionRowsOf(skills));
  if (actionRows.length > 0) await manager.upsert(ActionRow, actionRows, ['id']);
}

const skillRowsOf = (skills: PlanSkill[]) =>
  skills.map(({ id, planId, skillId, outcome }, place) => ({ id, planId, skillId, outcome, rank: place + 1 }));

const actionRowsOf = (skills: PlanSkill[]) =>
  skills.flatMap((skill) => skill.actions.map((action, position) => ({ ...action, position })));

/** The rows that are new or other than before. */
function difference<Row extends { id: string }>(before: Row[], after: Row[]): Row[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const isSame = (row: Row): boolean => {
    const previous = old.get(row.id);
    return previous !== undefined && Object.entries(row).every(([key, value]) => previous[key as keyof Row] === value);
  };
  return after.filter((row) => !isSame(row));
}

export async function saveRevision(manager: EntityManager, revision: PlanRevision): Promise<void> {
  await manager.insert(PlanRevisionRow, revision);
}
