import { batchLoader } from '../../../database/batch-loader.js';
import { ChildPages } from '../../../database/child-pages.js';
import { Conditions } from '../../../database/conditions.js';
import { type List, readPage } from '../../../database/page.js';
import type { Reader } from '../../../database/reader.js';
import type { PageRequest } from '../../../shared/page.js';
import type { Department } from '../domain/department.js';

const document = `json_build_object('id', department.id, 'externalId', department.external_id, 'name', department.name,
  'parentId', department.parent_id)`;

const byName: List = {
  name: 'departments',
  item: document,
  from: 'department',
  visibility: { subject: 'STRUCTURE' },
  links: { id: 'department.id', parent: 'department.parent_id' },
  order: [
    { sql: 'department.name', type: 'text' },
    { sql: 'department.id', type: 'uuid' },
  ],
};

export function departmentLoaders(reader: Reader) {
  return {
    department: batchLoader<Department>(reader, { ...byName, key: 'department.id' }),
    departmentByExternalId: batchLoader<Department>(reader, { ...byName, key: 'department.external_id' }),
    departments: (request: PageRequest) => readPage<Department>(reader, byName, new Conditions(), request),
    childDepartments: new ChildPages<Department>(reader, { ...byName, name: 'children' }, 'department.parent_id'),
  };
}
