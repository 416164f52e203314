import { CreatePeople20261123000100 } from './migrations/20261123000100-create-people.js';
import { CreateSkills20261123000200 } from './migrations/20261123000200-create-skills.js';
import { CreateActionPlans20261123000300 } from './migrations/20261123000300-create-action-plans.js';
import { CreateProgressUpdates20261123000400 } from './migrations/20261123000400-create-progress-updates.js';
import { CreateIdempotencyRecords20261123000500 } from './migrations/20261123000500-create-idempotency-records.js';
import { CreateDatabaseRoles20261124000100 } from './migrations/20261124000100-create-database-roles.js';
import { CreateReportingLine20261124000200 } from './migrations/20261124000200-create-reporting-line.js';
import { NameEmployeeInPlanParts20261124000300 } from './migrations/20261124000300-name-employee-in-plan-parts.js';
import { EnforceRowSecurity20261124000400 } from './migrations/20261124000400-enforce-row-security.js';
import { CreateRateLimits20261124000500 } from './migrations/20261124000500-create-rate-limits.js';
import { CreateAuditTrail20261124000600 } from './migrations/20261124000600-create-audit-trail.js';
import { CreateErasure20261124000700 } from './migrations/20261124000700-create-erasure.js';
import { EraseEmployees20261124000800 } from './migrations/20261124000800-erase-employees.js';
import { SearchBeforeErasing20261125000100 } from './migrations/20261125000100-search-before-erasing.js';
import { RecordNothingOfErasedViewers20261125000200 } from './migrations/20261125000200-record-nothing-of-erased-viewers.js';
import { HideNamesOfLeavers20261125000300 } from './migrations/20261125000300-hide-names-of-leavers.js';
import { FindNamesAsWritten20261125000400 } from './migrations/20261125000400-find-names-as-written.js';
import { LookUpReportingLines20261125000500 } from './migrations/20261125000500-look-up-reporting-lines.js';
import { ConfirmViewers20261125000600 } from './migrations/20261125000600-confirm-viewers.js';
import { SlimPolicies20261125000700 } from './migrations/20261125000700-slim-policies.js';
import { LookUpAuditParties20261126000100 } from './migrations/20261126000100-look-up-audit-parties.js';

/** Every migration, oldest first. */
export const migrations = [
  CreatePeople20261123000100,
  CreateSkills20261123000200,
  CreateActionPlans20261123000300,
  CreateProgressUpdates20261123000400,
  CreateIdempotencyRecords20261123000500,
  CreateDatabaseRoles20261124000100,
  CreateReportingLine20261124000200,
  NameEmployeeInPlanParts20261124000300,
  EnforceRowSecurity20261124000400,
  CreateRateLimits20261124000500,
  CreateAuditTrail20261124000600,
  CreateErasure20261124000700,
  EraseEmployees20261124000800,
  SearchBeforeErasing20261125000100,
  RecordNothingOfErasedViewers20261125000200,
  HideNamesOfLeavers20261125000300,
  FindNamesAsWritten20261125000400,
  LookUpReportingLines20261125000500,
  ConfirmViewers20261125000600,
  SlimPolicies20261125000700,
  LookUpAuditParties20261126000100,
];
