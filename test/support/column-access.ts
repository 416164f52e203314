import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { accessDeclarations } from '../../src/graphql/access.js';
import type { AccessSubject } from '../../src/shared/access-table.js';

/**
 * Under which row of the access table a column of the database falls: that of the field which is named after it. Taken from
 * the schema, so that nobody has to say it again for a new field.
 */

/** The types whose values are rows of a table. */
export const storedTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && typeof type.extensions['idPrefix'] === 'string',
  );

export const tableOf = (type: string): string => type.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/**
 * Columns that no field shows and that stay as they are wherever the person is seen, by table, with the reason. The service
 * may read them of everybody in the directory.
 */
export const INTERNAL_COLUMNS: Record<string, Record<string, string>> = {
  employee: {
    employed:
      'the policy of the directory goes by it, and so do lists: whoever is seen at all as a colleague works here',
    erased_at: 'the policy of the directory goes by it: whoever was erased exists for nobody',
  },
};

export interface ColumnAccess {
  /** What somebody must see to know of the row at all; null for a table of which no type tells. */
  ofRow(table: string): AccessSubject | null;
  /** What they must see to know the column; null when no field shows it. */
  ofColumn(table: string, column: string): AccessSubject | null;
  /** The subjects of all fields of the type that the table is of. */
  ofFields(table: string): AccessSubject[];
}

const camelCase = (column: string): string =>
  column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export function columnAccess(schema: GraphQLSchema): ColumnAccess {
  const declarations = accessDeclarations(schema);
  const typeOf = new Map(storedTypes(schema).map((type) => [tableOf(type.name), type]));
  const subjectOf = (table: string, field: string): AccessSubject | null => {
    const declaration = declarations.get(`${typeOf.get(table)?.name}.${field}`);
    return declaration === undefined || declaration === 'PART' ? null : declaration;
  };
  return {
    ofRow: (table) => subjectOf(table, 'id'),
    ofColumn: (table, column) =>
      subjectOf(table, camelCase(column)) ?? subjectOf(table, camelCase(column.replace(/_id$/, ''))),
    ofFields: (table) =>
      Object.keys(typeOf.get(table)?.getFields() ?? {}).flatMap((field) => subjectOf(table, field) ?? []),
  };
}
