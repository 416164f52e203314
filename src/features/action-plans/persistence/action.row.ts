import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { ACTION_CATEGORIES, type ActionCategory, type ActionKind, KINDS_BY_CATEGORY } from '../domain/action-kind.js';
import type { ActionStatus } from '../domain/action-plan.js';
import { PlanSkillRow } from './plan-skill.row.js';

const kindWithinCategory = ACTION_CATEGORIES.map(
  (category) =>
    `"category" = '${category}' and "kind" in (${KINDS_BY_CATEGORY[category].map((kind) => `'${kind}'`).join(', ')})`,
).join(' or ');

@Entity('action')
@ForeignKey(() => PlanSkillRow, ['planSkillId', 'planId', 'employeeId'], ['id', 'planId', 'employeeId'], {
  name: 'action_plan_skill_id_fkey',
})
@Unique('action_id_employee_id_key', ['id', 'employeeId'])
@Index('action_plan_skill_id_index', ['planSkillId', 'planId'])
@Index('action_plan_id_index', ['planId'])
@Check('action_kind_check', kindWithinCategory)
@Check('action_dates_check', '"start_on" <= "due_on"')
@Check('action_percent_complete_check', '"percent_complete" between 0 and 100')
@Check(
  'action_status_check',
  `"status" = 'NOT_STARTED' and "percent_complete" = 0 or "status" = 'IN_PROGRESS' and "percent_complete" < 100 or "status" = 'DONE' and "percent_complete" = 100 or "status" = 'CANCELLED'`,
)
export class ActionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'action_pkey' })
  id: string;

  /** Repeated from the plan skill, so that a plan's actions are found in one step; a foreign key keeps the two equal. */
  @Column('uuid')
  planId: string;

  @Column('uuid')
  planSkillId: string;

  /** Repeated from the plan, so that row-level security is decided here; a foreign key keeps the two equal. */
  @Index('action_employee_id_index')
  @Column('uuid')
  employeeId: string;

  /** The place among the actions of the skill, from 0. */
  @Column('smallint')
  position: number;

  @Column('text')
  kind: ActionKind;

  @Column('text')
  category: ActionCategory;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text', { nullable: true })
  successMeasure: string | null;

  @Column('text', { nullable: true })
  expectedOutcome: string | null;

  @Column('date', { nullable: true })
  startOn: string | null;

  @Column('date', { nullable: true })
  dueOn: string | null;

  @Column('text', { nullable: true })
  timeFrame: string | null;

  /** With `percentComplete`, the state that the latest progress update left. */
  @Column('text')
  status: ActionStatus;

  @Column('smallint')
  percentComplete: number;
}
