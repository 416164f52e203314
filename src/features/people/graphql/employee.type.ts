import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { referenceInput } from '../../../graphql/reference.js';
import { CalendarDayScalar } from '../../../graphql/scalars.js';
import { EMPLOYMENT_STATUSES, type Employee, type EmploymentStatus } from '../domain/employee.js';

export const EMPLOYEE_PREFIX = 'employee';

export const EmploymentStatusEnum = enumOf(EMPLOYMENT_STATUSES);
registerEnumType(EmploymentStatusEnum, {
  name: 'EmploymentStatus',
  description: 'Whether a person works for the company.',
  valuesConfig: {
    ACTIVE: { description: 'Works here.' },
    ON_LEAVE: { description: 'Works here, and is away for a longer time.' },
    TERMINATED: { description: 'Has left the company.' },
  },
});

/** Ends the description of each field about how somebody is employed. */
export const SEEN_BY = 'For the person, everybody above them, HR and the HRIS; null for all others.';

@IdPrefix(EMPLOYEE_PREFIX)
@Access('DIRECTORY', 'department', 'externalId', 'id', 'jobTitle', 'name')
@ObjectType('Employee', {
  implements: NodeInterface,
  description:
    'A person of the company. Owned by the HRIS. Colleagues see name, title and department of those who work here; who has left does not exist for them.',
})
export class EmployeeType extends NodeInterface implements Employee {
  @Field({ description: 'The id of the person in the HRIS.' })
  externalId: string;

  @Field({ description: 'The full name.' })
  name: string;

  @Access('EMPLOYMENT')
  @Field(() => String, {
    nullable: true,
    description: `The e-mail address at work, in lower case. ${SEEN_BY}`,
  })
  workEmail: string | null;

  @Field({ description: 'What the person is called at work; it may differ from the title of their role.' })
  jobTitle: string;

  departmentId: string | null;

  roleId: string | null;

  managerId: string | null;

  @Access('EMPLOYMENT')
  @Field(() => CalendarDayScalar, {
    nullable: true,
    description: `The first day at the company; null when the HRIS did not say. ${SEEN_BY}`,
  })
  hiredOn: string | null;

  @Access('EMPLOYMENT')
  @Field(() => EmploymentStatusEnum, { nullable: true, description: `Whether the person works here. ${SEEN_BY}` })
  employmentStatus: EmploymentStatus | null;
}

export const EmployeeConnection = connectionType('Employee', () => EmployeeType, 'employees');

export const EmployeeRef = referenceInput('EmployeeRef', 'a person');
export type EmployeeRef = InstanceType<typeof EmployeeRef>;
