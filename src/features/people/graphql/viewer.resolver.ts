import { Ctx, FieldResolver, ObjectType, Query, Resolver, Root, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { Reads } from '../../../graphql/reads.js';
import { PERMISSIONS, type Permission, permissionsOf } from '../../../shared/permission.js';
import type { Viewer } from '../../../shared/viewer.js';
import type { Employee } from '../domain/employee.js';
import { EmployeeType } from './employee.type.js';

const PermissionEnum = enumOf(PERMISSIONS);
registerEnumType(PermissionEnum, {
  name: 'Permission',
  description: 'What a viewer may do in principle. What they may see of a single thing depends on the thing, too.',
  valuesConfig: {
    READ_PEOPLE: { description: 'Read people, departments, roles and skills.' },
    READ_ACTION_PLANS: { description: 'Read action plans and progress.' },
    WRITE_ACTION_PLANS: { description: 'Build and revise action plans, and record progress.' },
    UPDATE_PLAN_POLICY: { description: "Change the company's rules for action plans." },
    ERASE_EMPLOYEES: { description: 'Erase people who want to be forgotten.' },
  },
});

@Access('VIEWER', 'employee', 'permissions')
@ObjectType('Viewer', { description: 'Who is asking.' })
class ViewerType {}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Access('VIEWER')
  @Query(() => ViewerType, { description: 'Who is asking.' })
  me(@Ctx() { viewer }: RequestContext): Viewer {
    return viewer;
  }

  @Reads({ loader: 'employee', key: ({ signedIn }) => signedIn?.employeeId ?? null })
  @FieldResolver(() => EmployeeType, {
    nullable: true,
    description: 'The person behind the token; null for a service.',
  })
  employee(@Root() viewer: Viewer, @Ctx() { loaders }: RequestContext): Promise<Employee | null> | null {
    return viewer.employeeId === null ? null : loaders.employee.load(viewer.employeeId);
  }

  @FieldResolver(() => [PermissionEnum], { description: 'What the viewer may do in principle.' })
  permissions(@Root() viewer: Viewer): Permission[] {
    return permissionsOf(viewer);
  }
}
