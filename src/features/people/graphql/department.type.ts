import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { referenceInput } from '../../../graphql/reference.js';
import type { Department } from '../domain/department.js';

export const DEPARTMENT_PREFIX = 'department';

@IdPrefix(DEPARTMENT_PREFIX)
@Access('STRUCTURE', 'children', 'externalId', 'id', 'name', 'parent')
@ObjectType('Department', { implements: NodeInterface, description: 'A part of the company. Owned by the HRIS.' })
export class DepartmentType extends NodeInterface implements Department {
  @Field({ description: 'The id of the department in the HRIS.' })
  externalId: string;

  @Field({ description: 'The name of the department.' })
  name: string;

  parentId: string | null;
}

export const DepartmentConnection = connectionType('Department', () => DepartmentType, 'departments');

export const DepartmentRef = referenceInput('DepartmentRef', 'a department');
export type DepartmentRef = InstanceType<typeof DepartmentRef>;
