import { AuditEntryRow } from './database/audit-entry.row.js';
import { AuditOriginRow } from './database/audit-origin.row.js';
import { AuditPartyRow } from './database/audit-party.row.js';
import { IdempotencyRecordRow } from './database/idempotency-record.row.js';
import { PersonalColumnRow } from './database/personal-column.row.js';
import { RateLimitRow } from './database/rate-limit.row.js';
import { ActionRow } from './features/action-plans/persistence/action.row.js';
import { ActionPlanRow } from './features/action-plans/persistence/action-plan.row.js';
import { PlanPolicyRow } from './features/action-plans/persistence/plan-policy.row.js';
import { PlanRevisionRow } from './features/action-plans/persistence/plan-revision.row.js';
import { PlanSkillRow } from './features/action-plans/persistence/plan-skill.row.js';
import { DepartmentRow } from './features/people/persistence/department.row.js';
import { EmployeeRow } from './features/people/persistence/employee.row.js';
import { ReportingLineRow } from './features/people/persistence/reporting-line.row.js';
import { RoleRow } from './features/people/persistence/role.row.js';
import { ProgressUpdateRow } from './features/progress/persistence/progress-update.row.js';
import { RoleSkillRow } from './features/skills/persistence/role-skill.row.js';
import { SkillRow } from './features/skills/persistence/skill.row.js';
import { SkillAliasRow } from './features/skills/persistence/skill-alias.row.js';

/** Every table of the service. */
export const rows = [
  DepartmentRow,
  RoleRow,
  EmployeeRow,
  ReportingLineRow,
  SkillRow,
  SkillAliasRow,
  RoleSkillRow,
  PlanPolicyRow,
  ActionPlanRow,
  PlanSkillRow,
  ActionRow,
  PlanRevisionRow,
  ProgressUpdateRow,
  IdempotencyRecordRow,
  AuditPartyRow,
  AuditOriginRow,
  AuditEntryRow,
  PersonalColumnRow,
  RateLimitRow,
];
