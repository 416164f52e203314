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
import type { Employee, EmploymentStatus } from '../domain/employee.js';
import type { Role } from '../domain/role.js';
import { DEPARTMENT_PREFIX, DepartmentRef, DepartmentType } from './department.type.js';
import {
  EMPLOYEE_PREFIX,
  EmployeeConnection,
  EmployeeRef,
  EmployeeType,
  EmploymentStatusEnum,
  SEEN_BY,
} from './employee.type.js';
import { RoleType } from './role.type.js';

@InputType('EmployeeFilter', { description: 'Which employees to list; all conditions given must hold.' })
class EmployeeFilterInput {
  @Field(() => DepartmentRef, { nullable: true, description: 'People of this department, not of those below it.' })
  department?: DepartmentRef | null;

  @Field(() => EmployeeRef, {
    nullable: true,
    description: 'The direct reports of this person, as far as you may see to whom they report.',
  })
  manager?: EmployeeRef | null;

  @Field(() => EmploymentStatusEnum, {
    nullable: true,
    description: 'People with this employment status, as far as you may see it.',
  })
  employmentStatus?: EmploymentStatus | null;

  @Field(() => String, {
    nullable: true,
    description:
      'People whose name contains this text, in any case. Two characters are the beginning of a word of the name, one is the beginning of the name. Without a letter or a digit nobody is found. At most 100 characters.',
  })
  search?: string | null;
}

@Resolver(() => EmployeeType)
export class EmployeeResolver {
  @Access('DIRECTORY')
  @Query(() => EmployeeType, { nullable: true, description: 'One person; null when there is none by that id.' })
  async employee(
    @Arg('ref', () => EmployeeRef, { description: 'Which person.' }) ref: EmployeeRef,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Employee | null> {
    const reference = toReference(ref, EMPLOYEE_PREFIX, ['ref']);
    return 'id' in reference
      ? loaders.employee.load(reference.id)
      : loaders.employeeByExternalId.load(reference.externalId);
  }

  @Access('DIRECTORY')
  @Cost({ searchOf: 'filter.search' })
  @Query(() => EmployeeConnection, {
    description: 'The people of the company, by name. Who has left is listed only where you may see it.',
  })
  async employees(
    @Arg('filter', () => EmployeeFilterInput, { nullable: true, description: 'Which people; all when left out.' })
    filter: EmployeeFilterInput | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Employee>> {
    const { department, manager, employmentStatus, search } = filter ?? {};
    const wantedText = searchText(search, ['filter', 'search']);
    const wanted = {
      ...(department && { department: toReference(department, DEPARTMENT_PREFIX, ['filter', 'department']) }),
      ...(manager && { manager: toReference(manager, EMPLOYEE_PREFIX, ['filter', 'manager']) }),
      ...(employmentStatus && { employmentStatus }),
      ...(wantedText !== null && { search: wantedText }),
    };
    return toConnection(await loaders.employees(wanted, pageRequest(page)));
  }

  @Reads({ loader: 'department', by: 'department' })
  @FieldResolver(() => DepartmentType, {
    nullable: true,
    description: 'Where the person works; null when the HRIS did not say.',
  })
  department(@Root() employee: Employee, @Ctx() { loaders }: RequestContext): Promise<Department | null> | null {
    return employee.departmentId === null ? null : loaders.department.load(employee.departmentId);
  }

  @Access('EMPLOYMENT')
  @Reads({ loader: 'role', by: 'role' })
  @FieldResolver(() => RoleType, {
    nullable: true,
    description: `The role of the person; null when the HRIS did not say. ${SEEN_BY}`,
  })
  role(@Root() employee: Employee, @Ctx() { loaders }: RequestContext): Promise<Role | null> | null {
    return employee.roleId === null ? null : loaders.role.load(employee.roleId);
  }

  @Access('EMPLOYMENT')
  @Reads({ loader: 'employee', by: 'manager' })
  @FieldResolver(() => EmployeeType, {
    nullable: true,
    description: `Whom the person reports to; null at the top. ${SEEN_BY}`,
  })
  manager(@Root() employee: Employee, @Ctx() { loaders }: RequestContext): Promise<Employee | null> | null {
    return employee.managerId === null ? null : loaders.employee.load(employee.managerId);
  }

  @Access('EMPLOYMENT')
  @Reads({ loader: 'reports', by: 'id', page: 'ARGUMENTS' })
  @FieldResolver(() => EmployeeConnection, {
    description: 'Who reports to the person directly, by name: those of whom you may see to whom they report.',
  })
  async reports(
    @Root() employee: Employee,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<Employee>> {
    return toConnection(await loaders.reports.load(employee.id, pageRequest(page)));
  }
}
