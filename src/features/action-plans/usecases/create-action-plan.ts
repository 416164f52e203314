import type { EntityManager } from 'typeorm';
import { onlyOnce } from '../../../database/idempotency.js';
import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import type { CalendarDay } from '../../../shared/clock.js';
import { newIdentifier } from '../../../shared/identifier.js';
import type { Reference } from '../../../shared/reference.js';
import { failure, type Result, success } from '../../../shared/result.js';
import { tidyText } from '../../../shared/text.js';
import { holdRoles } from '../../people/persistence/people.repository.js';
import { admitToEmployee } from '../../people/usecases/admit-to-employee.js';
import { holdSkills } from '../../skills/persistence/skill.repository.js';
import type { ActionPlan } from '../domain/action-plan.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import { planDifference } from '../domain/plan-difference.js';
import type { NewPlanSkill } from '../domain/plan-edit.js';
import { planSkill } from '../domain/plan-edit.rules.js';
import { checkPlanLimits } from '../domain/plan-limits.rules.js';
import { findPlanOwner, readPlan, savePlan, saveRevision } from '../persistence/action-plan.repository.js';
import { heldPolicy, holdCurrentPolicy } from '../persistence/plan-policy.repository.js';
import { type PlanSkillInput, toNewPlanSkill } from './action-input.js';
import { mayTreatPlan } from './may-treat-plan.js';
import { unknownEmployee, unknownRole, unknownSkill } from './unknown-reference.js';

export interface CreateActionPlanInput {
  employee: Reference;
  goal: string;
  targetRole?: Reference | null;
  targetOn?: CalendarDay | null;
  skills?: PlanSkillInput[] | null;
  idempotencyKey?: string | null;
}

type Created = Result<ActionPlan, ActionPlanProblem>;

/** Puts a whole plan in place as a DRAFT: it may be incomplete, but not absurd. */
export function createActionPlan(
  operation: Operation,
  { idempotencyKey: key, ...input }: CreateActionPlanInput,
): Promise<Created> {
  const { viewer, clock } = operation;
  const resultId = newIdentifier(clock.now());
  return inTransaction(operation, (manager) =>
    onlyOnce(
      manager,
      { viewer, operation: 'createActionPlan', key, input, resultId },
      () => create(manager, operation, input, resultId),
      (id) => readCreated(manager, operation, id),
    ),
  );
}

/** What an earlier call with the same key created, as far as the viewer may still see it. */
async function readCreated(manager: EntityManager, operation: Operation, id: string): Promise<Created> {
  const owner = await findPlanOwner(manager, { planId: id }, operation.viewer);
  if (!owner || !mayTreatPlan(operation, owner, 'ACTION_PLAN')) return failure([unknownEmployee(['employee'])]);
  return success(await readPlan(manager, id));
}

/** What the input names, looked up. */
interface Named {
  employeeId: string;
  targetRoleId: string | null;
  skills: NewPlanSkill[];
}

async function findNamed(
  manager: EntityManager,
  operation: Operation,
  input: CreateActionPlanInput,
  now: Date,
): Promise<Result<Named, ActionPlanProblem>> {
  const skillInputs = input.skills ?? [];
  const roles = await holdRoles(manager, input.targetRole ? [input.targetRole] : []);
  const skillsNamed = await holdSkills(
    manager,
    skillInputs.map(({ skill }) => skill),
  );
  const employeeId = await admitToEmployee(manager, operation, input.employee, 'CREATE_PLAN');
  const role = input.targetRole ? roles()(input.targetRole) : null;
  const skillOf = skillsNamed();
  const problems: ActionPlanProblem[] = [
    ...(employeeId ? [] : [unknownEmployee(['employee'])]),
    ...(input.targetRole && !role ? [unknownRole(['targetRole'])] : []),
    ...skillInputs.flatMap(({ skill }, place) =>
      skillOf(skill) ? [] : [unknownSkill(['skills', String(place), 'skill'])],
    ),
  ];
  // A skill that is not known stands for itself, so that everything else about the plan is judged at the same time.
  const skills = skillInputs.map((skill, place) =>
    toNewPlanSkill(skill, skillOf(skill.skill) ?? { id: `unknown ${place}`, name: '', aliases: [] }, now),
  );
  problems.push(...checkPlanLimits({ goal: tidyText(input.goal), skills }));
  if (!employeeId || problems.length > 0) return failure(problems);
  return success({ employeeId, targetRoleId: role?.id ?? null, skills });
}

async function create(
  manager: EntityManager,
  operation: Operation,
  input: CreateActionPlanInput,
  id: string,
): Promise<Created> {
  const { viewer, clock } = operation;
  const now = clock.now();
  const policy = await holdCurrentPolicy(manager);
  const named = await findNamed(manager, operation, input, now);
  if (!named.ok) return named;
  const { employeeId, targetRoleId, skills } = named.value;
  const plan: ActionPlan = {
    id,
    employeeId,
    goal: tidyText(input.goal),
    targetRoleId,
    targetOn: input.targetOn ?? null,
    status: 'DRAFT',
    version: 1,
    outcome: null,
    closingNote: null,
    createdAt: now,
    updatedAt: now,
    activatedAt: null,
    completedAt: null,
    archivedAt: null,
    skills: skills.map((skill) => planSkill(id, skill)),
    policy: heldPolicy(policy),
  };
  await savePlan(manager, null, plan);
  await saveRevision(manager, plan, {
    id: newIdentifier(now),
    planId: id,
    version: 1,
    kind: 'CREATED',
    authorId: viewer.employeeId,
    changes: planDifference(null, plan),
    reason: null,
    createdAt: now,
  });
  return success(plan);
}
