import { batchLoader } from '../../../database/batch-loader.js';
import { Conditions } from '../../../database/conditions.js';
import { type List, readPage } from '../../../database/page.js';
import { escapePattern, lowered } from '../../../database/pattern.js';
import type { Reader } from '../../../database/reader.js';
import { referenceCondition } from '../../../database/reference-condition.js';
import type { PageRequest } from '../../../shared/page.js';
import type { Reference } from '../../../shared/reference.js';
import type { Role } from '../domain/role.js';

const document = `json_build_object('id', role.id, 'externalId', role.external_id, 'title', role.title,
  'departmentId', role.department_id, 'level', role.level)`;

const byTitle: List = {
  name: 'roles',
  item: document,
  from: 'role',
  visibility: { subject: 'STRUCTURE' },
  links: { id: 'role.id', department: 'role.department_id' },
  order: [
    { sql: 'role.title', type: 'text' },
    { sql: 'role.id', type: 'uuid' },
  ],
};

export interface RoleFilter {
  department?: Reference;
  /** A part of the title. */
  search?: string;
}

function roleConditions(filter: RoleFilter): Conditions {
  const conditions = new Conditions();
  if (filter.department) {
    conditions.add(referenceCondition(conditions, 'role.department_id', 'department', filter.department));
  }
  if (filter.search) {
    conditions.add(`lower(role.title) like ${lowered(conditions.value(`%${escapePattern(filter.search)}%`))}`);
  }
  return conditions;
}

export function roleLoaders(reader: Reader) {
  return {
    role: batchLoader<Role>(reader, { ...byTitle, key: 'role.id' }),
    roleByExternalId: batchLoader<Role>(reader, { ...byTitle, key: 'role.external_id' }),
    roles: (filter: RoleFilter, request: PageRequest) =>
      readPage<Role>(reader, byTitle, roleConditions(filter), request),
  };
}
