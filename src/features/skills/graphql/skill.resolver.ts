import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { Cost } from '../../../graphql/cost.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { toReference } from '../../../graphql/reference.js';
import { searchText } from '../../../graphql/search-text.js';
import type { Role } from '../../people/domain/role.js';
import { RoleType } from '../../people/graphql/role.type.js';
import type { RoleSkill, Skill } from '../domain/skill.js';
import { RequiredSkillType, SKILL_PREFIX, SkillConnection, SkillRef, SkillType } from './skill.type.js';

@Resolver(() => SkillType)
export class SkillResolver {
  @Access('STRUCTURE')
  @Query(() => SkillType, { nullable: true, description: 'One skill; null when there is none by that id.' })
  async skill(
    @Arg('ref', () => SkillRef, { description: 'Which skill.' }) ref: SkillRef,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Skill | null> {
    const reference = toReference(ref, SKILL_PREFIX, ['ref']);
    return 'id' in reference ? loaders.skill.load(reference.id) : loaders.skillByExternalId.load(reference.externalId);
  }

  @Access('STRUCTURE')
  @Cost({ searchOf: 'search' })
  @Query(() => SkillConnection, {
    description: 'The skill catalogue, by name; with `search`, the skills that fit it, the best first.',
  })
  async skills(
    @Arg('search', () => String, {
      nullable: true,
      description:
        'A name or an alias, or the beginning of one; typing errors are forgiven. Without a letter or a digit nothing is found. At most 100 characters.',
    })
    search: string | null,
    @Arg('category', () => String, { nullable: true, description: 'Only skills of this category.' })
    category: string | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Skill>> {
    const wanted = searchText(search, ['search']);
    const filter = { ...(wanted !== null && { search: wanted }), ...(category && { category }) };
    return toConnection(await loaders.skills(filter, pageRequest(page)));
  }

  @Access('STRUCTURE')
  @Query(() => [String], { description: 'The categories of the skill catalogue, by name.' })
  skillCategories(@Ctx() { loaders }: RequestContext): Promise<string[]> {
    return loaders.skillCategories();
  }
}

@Resolver(() => RoleType)
export class RoleSkillResolver {
  @FieldResolver(() => [RequiredSkillType], {
    description: 'The skills that the role asks for, the highest level first.',
  })
  requiredSkills(@Root() role: Role, @Ctx() { loaders }: RequestContext): Promise<RoleSkill[]> {
    return loaders.skillsOfRole.load(role.id);
  }
}

@Resolver(() => RequiredSkillType)
export class RequiredSkillResolver {
  @FieldResolver(() => SkillType, { description: 'The skill that is asked for.' })
  skill(@Root() required: RoleSkill, @Ctx() { loaders }: RequestContext): Promise<Skill | null> {
    return loaders.skill.load(required.skillId);
  }
}
