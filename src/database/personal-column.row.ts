import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What is done to a column when somebody is erased, and what of it an export has. Every column of every table stands
 * here: a test sees to it. An export has nothing of a table without PERSON, OWNER and AUTHOR.
 */
@Entity('personal_column')
@Check(
  'personal_column_treatment_check',
  `"treatment" in ('PERSON', 'OWNER', 'AUTHOR', 'NAME', 'TEXT', 'NOTE', 'DOCUMENT', 'KEPT')`,
)
export class PersonalColumnRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'personal_column_pkey' })
  tableName: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'personal_column_pkey' })
  columnName: string;

  /** CONTRIBUTING.md says what each of them means, and which one to choose. */
  @Column('text')
  treatment: string;
}
