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

  /**
   * - PERSON: the id of the employee whom the row is about. It stays, and names nobody any longer.
   * - OWNER: the id of the employee for whom alone the row is kept. The row is deleted.
   * - AUTHOR: the id of the employee who wrote the row. It stays, too.
   * - NAME: something that the person is called by. It becomes a random text.
   * - TEXT: what is said about the person. It is taken out; about others, or about nobody, whatever names the person is.
   * - NOTE: the same, and goes also with the one who wrote it.
   * - DOCUMENT: a JSON list of things that are said about the person. It is emptied.
   * - KEPT: says nothing by itself: numbers, states, days, ids.
   */
  @Column('text')
  treatment: string;
}
