import type { NodeKind } from '../../../graphql/node.js';
import { DEPARTMENT_PREFIX } from './department.type.js';
import { EMPLOYEE_PREFIX } from './employee.type.js';
import { ROLE_PREFIX } from './role.type.js';

/** What `node(id:)` finds of this feature. */
export const peopleNodes: NodeKind[] = [
  {
    typename: 'Employee',
    prefix: EMPLOYEE_PREFIX,
    permission: 'READ_PEOPLE',
    load: (id, { loaders }) => loaders.employee.load(id),
  },
  {
    typename: 'Department',
    prefix: DEPARTMENT_PREFIX,
    permission: 'READ_PEOPLE',
    load: (id, { loaders }) => loaders.department.load(id),
  },
  {
    typename: 'Role',
    prefix: ROLE_PREFIX,
    permission: 'READ_PEOPLE',
    load: (id, { loaders }) => loaders.role.load(id),
  },
];
