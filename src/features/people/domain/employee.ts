import type { CalendarDay } from '../../../shared/clock.js';

export const EMPLOYMENT_STATUSES = ['ACTIVE', 'ON_LEAVE', 'TERMINATED'] as const;
export type EmploymentStatus = (typeof EMPLOYMENT_STATUSES)[number];

/** A person of the company, owned by the HRIS. How they are employed is null for a viewer who may not see it. */
export interface Employee {
  id: string;
  externalId: string;
  name: string;
  workEmail: string | null;
  jobTitle: string;
  departmentId: string | null;
  roleId: string | null;
  managerId: string | null;
  hiredOn: CalendarDay | null;
  employmentStatus: EmploymentStatus | null;
}
