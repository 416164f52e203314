import { Arg, Args, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { Cost } from '../../../graphql/cost.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { Reads } from '../../../graphql/reads.js';
import { toReference } from '../../../graphql/reference.js';
import { searchText } from '../../../graphql/search-text.js';
import type { Department } from '../domain/department.js';
import type { Role } from '../domain/role.js';
import { DEPARTMENT_PREFIX, DepartmentRef, DepartmentType } from './department.type.js';
import { ROLE_PREFIX, RoleConnection, RoleRef, RoleType } from './role.type.js';

@InputType('RoleFilter', { description: 'Which roles to list; all conditions given must hold.' })
class RoleFilterInput {
  @Field(() => DepartmentRef, { nullable: true, description: 'Roles of this department, not of those below it.' })
  department?: DepartmentRef | null;

  @Field(() => String, {
    nullable: true,
    description: 'Roles whose title contains this text, in any case. At most 100 characters.',
  })
  search?: string | null;
}

@Resolver(() => RoleType)
export class RoleResolver {
  @Access('STRUCTURE')
  @Query(() => RoleType, { nullable: true, description: 'One role; null when there is none by that id.' })
  async role(
    @Arg('ref', () => RoleRef, { description: 'Which role.' }) ref: RoleRef,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Role | null> {
    const reference = toReference(ref, ROLE_PREFIX, ['ref']);
    return 'id' in reference ? loaders.role.load(reference.id) : loaders.roleByExternalId.load(reference.externalId);
  }

  @Access('STRUCTURE')
  @Cost({ searchOf: 'filter.search' })
  @Query(() => RoleConnection, { description: 'The roles of the company, by title.' })
  async roles(
    @Arg('filter', () => RoleFilterInput, { nullable: true, description: 'Which roles; all when left out.' })
    filter: RoleFilterInput | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Role>> {
    const { department, search } = filter ?? {};
    const wantedText = searchText(search, ['filter', 'search']);
    const wanted = {
      ...(department && { department: toReference(department, DEPARTMENT_PREFIX, ['filter', 'department']) }),
      ...(wantedText !== null && { search: wantedText }),
    };
    return toConnection(await loaders.roles(wanted, pageRequest(page)));
  }

  @Reads({ loader: 'department', by: 'department' })
  @FieldResolver(() => DepartmentType, {
    nullable: true,
    description: 'Where the role belongs; null when the HRIS did not say.',
  })
  department(@Root() role: Role, @Ctx() { loaders }: RequestContext): Promise<Department | null> | null {
    return role.departmentId === null ? null : loaders.department.load(role.departmentId);
  }
}
