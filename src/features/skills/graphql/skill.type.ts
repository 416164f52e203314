import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { Cost } from '../../../graphql/cost.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { referenceInput } from '../../../graphql/reference.js';
import type { RoleSkill, Skill } from '../domain/skill.js';

export const SKILL_PREFIX = 'skill';

@IdPrefix(SKILL_PREFIX)
@Access('STRUCTURE', 'aliases', 'category', 'description', 'externalId', 'id', 'name')
@ObjectType('Skill', { implements: NodeInterface, description: "An entry of the company's skill catalogue." })
export class SkillType extends NodeInterface implements Skill {
  @Field({ description: "The id of the skill in its source: O*NET, ESCO or the company's own." })
  externalId: string;

  @Field({ description: 'The name of the skill; no other skill has it.' })
  name: string;

  @Field({ description: 'What someone who has the skill can do.' })
  description: string;

  @Field({ description: 'The part of the catalogue that the skill belongs to.' })
  category: string;

  @Field(() => [String], { description: 'Other names that people use for the skill; the search knows them.' })
  aliases: string[];
}

@Access('PART')
@Cost({ items: 10 })
@ObjectType('RequiredSkill', { description: 'A skill that a role asks for.' })
export class RequiredSkillType implements RoleSkill {
  skillId: string;

  @Field(() => Int, { description: 'The level that the role asks for, from 1 (basic) to 5 (expert).' })
  level: number;
}

export const SkillConnection = connectionType('Skill', () => SkillType, 'skills');

export const SkillRef = referenceInput('SkillRef', 'a skill of the catalogue');
export type SkillRef = InstanceType<typeof SkillRef>;
