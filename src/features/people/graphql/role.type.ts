import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { referenceInput } from '../../../graphql/reference.js';
import type { Role } from '../domain/role.js';

export const ROLE_PREFIX = 'role';

@IdPrefix(ROLE_PREFIX)
@Access('STRUCTURE', 'department', 'externalId', 'id', 'level', 'requiredSkills', 'title')
@ObjectType('Role', {
  implements: NodeInterface,
  description: 'A role that people have or aim for. Owned by the HRIS.',
})
export class RoleType extends NodeInterface implements Role {
  @Field({ description: 'The id of the role in the HRIS.' })
  externalId: string;

  @Field({ description: 'What the role is called.' })
  title: string;

  departmentId: string | null;

  @Field(() => Int, { description: 'The seniority of the role, from 1 (entry) upwards.' })
  level: number;
}

export const RoleConnection = connectionType('Role', () => RoleType, 'roles');

export const RoleRef = referenceInput('RoleRef', 'a role');
export type RoleRef = InstanceType<typeof RoleRef>;
