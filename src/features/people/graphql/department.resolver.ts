import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { Reads } from '../../../graphql/reads.js';
import { toReference } from '../../../graphql/reference.js';
import type { Department } from '../domain/department.js';
import { DEPARTMENT_PREFIX, DepartmentConnection, DepartmentRef, DepartmentType } from './department.type.js';

@Resolver(() => DepartmentType)
export class DepartmentResolver {
  @Access('STRUCTURE')
  @Query(() => DepartmentType, { nullable: true, description: 'One department; null when there is none by that id.' })
  async department(
    @Arg('ref', () => DepartmentRef, { description: 'Which department.' }) ref: DepartmentRef,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Department | null> {
    const reference = toReference(ref, DEPARTMENT_PREFIX, ['ref']);
    return 'id' in reference
      ? loaders.department.load(reference.id)
      : loaders.departmentByExternalId.load(reference.externalId);
  }

  @Access('STRUCTURE')
  @Query(() => DepartmentConnection, { description: 'The departments of the company, by name.' })
  async departments(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Department>> {
    return toConnection(await loaders.departments(pageRequest(page)));
  }

  @Reads({ loader: 'department', by: 'parent' })
  @FieldResolver(() => DepartmentType, {
    nullable: true,
    description: 'The department that this one is part of; null at the top.',
  })
  parent(@Root() department: Department, @Ctx() { loaders }: RequestContext): Promise<Department | null> | null {
    return department.parentId === null ? null : loaders.department.load(department.parentId);
  }

  @FieldResolver(() => DepartmentConnection, { description: 'The departments that are part of this one, by name.' })
  async children(
    @Root() department: Department,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Department>> {
    return toConnection(await loaders.childDepartments.load(department.id, pageRequest(page)));
  }
}
