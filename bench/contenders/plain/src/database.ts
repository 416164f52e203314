import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { POOL_SIZE } from '../../../company/company.mjs';
import {
  Action,
  ActionPlan,
  Employee,
  PlanPolicy,
  PlanRevision,
  PlanSkill,
  ProgressUpdate,
  Skill,
  SkillAlias,
} from './entities.js';

export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  poolSize: POOL_SIZE,
  entities: [Action, ActionPlan, Employee, PlanPolicy, PlanRevision, PlanSkill, ProgressUpdate, Skill, SkillAlias],
});

/** A plan with all that hangs on it, as the rules take it. */
export async function findWholePlan(id: string, manager: EntityManager = dataSource.manager) {
  const plan = await manager.findOneOrFail(ActionPlan, {
    where: { id, skills: { rank: Not(IsNull()) } },
    relations: { policy: true, skills: { skill: { aliases: true }, actions: true } },
    order: { skills: { rank: 'ASC', actions: { position: 'ASC', id: 'ASC' } } },
  });
  return {
    ...plan,
    skills: plan.skills.map((planSkill) => ({
      ...planSkill,
      skillName: planSkill.skill.name,
      skillAliases: planSkill.skill.aliases.map(({ alias }) => alias),
    })),
  };
}
