import { batchLoader } from '../../../database/batch-loader.js';
import type { Reader } from '../../../database/reader.js';
import type { Identifier } from '../../../shared/identifier.js';

/** All that is stored about a person. */
export interface EmployeeExport {
  employeeId: Identifier;
  /** By section and table, with the names that they have in the database. */
  data: object;
}

const source = {
  item: `json_build_object('employeeId', employee.id, 'data', export_employee(employee.id))`,
  from: 'employee',
  visibility: { subject: 'EXPORT_PERSON', employee: 'employee.id' },
} as const;

export function employeeExportLoaders(reader: Reader) {
  return {
    employeeExport: batchLoader<EmployeeExport>(reader, { ...source, key: 'employee.id' }),
    employeeExportByExternalId: batchLoader<EmployeeExport>(reader, { ...source, key: 'employee.external_id' }),
  };
}
