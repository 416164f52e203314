import type { NodeKind } from '../../../graphql/node.js';
import { DEPARTMENT_PREFIX } from './department.type.js';
import { EMPLOYEE_PREFIX } from './employee.type.js';
import { ROLE_PREFIX } from './role.type.js';

/** What `node(id:)` finds of this feature. */
export const peopleNodes: NodeKind[] = [
  {
    typename: 'Employee',
    prefix: EMPLOYEE_PREFIX,
    subject: 'DIRECTORY',
    load: (id, { loaders }) => loaders.employee.load(id),
  },
  {
    typename: 'Department',
    prefix: DEPARTMENT_PREFIX,
    subject: 'STRUCTURE',
    load: (id, { loaders }) => loaders.department.load(id),
  },
  {
    typename: 'Role',
    prefix: ROLE_PREFIX,
    subject: 'STRUCTURE',
    load: (id, { loaders }) => loaders.role.load(id),
  },
];
