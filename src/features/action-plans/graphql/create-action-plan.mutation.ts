import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { toReference } from '../../../graphql/reference.js';
import { CalendarDayScalar } from '../../../graphql/scalars.js';
import { EMPLOYEE_PREFIX, EmployeeRef } from '../../people/graphql/employee.type.js';
import { ROLE_PREFIX, RoleRef } from '../../people/graphql/role.type.js';
import { SKILL_PREFIX } from '../../skills/graphql/skill.type.js';
import { createActionPlan } from '../usecases/create-action-plan.js';
import { PlanSkillInputType } from './action-plan.input.js';
import { type PlanPayload, planPayloadType, toPlanPayload } from './action-plan-payload.type.js';

@InputType('CreateActionPlanInput', { description: 'A whole plan, nested. It becomes a DRAFT.' })
class CreateActionPlanInputType {
  @Field(() => EmployeeRef, { description: 'Whose plan it is.' })
  employee: EmployeeRef;

  @Field({ description: 'What the person wants to reach, 1 to 500 characters.' })
  goal: string;

  @Field(() => RoleRef, { nullable: true, description: 'The role that the person aims for.' })
  targetRole?: RoleRef | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The day by which the goal should be reached.' })
  targetOn?: string | null;

  @Field(() => [PlanSkillInputType], {
    nullable: true,
    description: 'The skills to build in rank order, at most three.',
  })
  skills?: PlanSkillInputType[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: the same key with the same input returns the plan that the first call created. Up to 200 characters.',
  })
  idempotencyKey?: string | null;
}

const PayloadType = planPayloadType('CreateActionPlanPayload');

@Resolver()
export class CreateActionPlanMutation {
  @Access('CREATE_PLAN')
  @Mutation(() => PayloadType, {
    description:
      'Creates a plan as a DRAFT. It may be incomplete, but not absurd: no fourth skill, no skill twice, no end before its start, at most 30 actions.',
  })
  async createActionPlan(
    @Arg('input', () => CreateActionPlanInputType, { description: 'The whole plan.' }) input: CreateActionPlanInputType,
    @Ctx() context: RequestContext,
  ): Promise<PlanPayload> {
    const path = ['input'];
    const { targetRole } = input;
    const result = await createActionPlan(context, {
      ...input,
      employee: toReference(input.employee, EMPLOYEE_PREFIX, [...path, 'employee']),
      targetRole: targetRole && toReference(targetRole, ROLE_PREFIX, [...path, 'targetRole']),
      skills: (input.skills ?? []).map((skill, place) => ({
        ...skill,
        skill: toReference(skill.skill, SKILL_PREFIX, [...path, 'skills', place, 'skill']),
      })),
    });
    return toPlanPayload(context, result);
  }
}
