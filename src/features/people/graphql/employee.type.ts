import { Field, ObjectType, registerEnumType } from 'type-graphql';
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

@IdPrefix(EMPLOYEE_PREFIX)
@ObjectType('Employee', { implements: NodeInterface, description: 'A person of the company. Owned by the HRIS.' })
export class EmployeeType extends NodeInterface implements Employee {
  @Field({ description: 'The id of the person in the HRIS.' })
  externalId: string;

  @Field({ description: 'The full name.' })
  name: string;

  @Field({ description: 'The e-mail address at work, in lower case.' })
  workEmail: string;

  @Field({ description: 'What the person is called at work; it may differ from the title of their role.' })
  jobTitle: string;

  departmentId: string | null;

  roleId: string | null;

  managerId: string | null;

  @Field(() => CalendarDayScalar, {
    nullable: true,
    description: 'The first day at the company; null when the HRIS did not say.',
  })
  hiredOn: string | null;

  @Field(() => EmploymentStatusEnum, { description: 'Whether the person works here.' })
  employmentStatus: EmploymentStatus;
}

export const EmployeeConnection = connectionType('Employee', () => EmployeeType, 'employees');

export const EmployeeRef = referenceInput('EmployeeRef', 'a person');
export type EmployeeRef = InstanceType<typeof EmployeeRef>;
