/** A role that people have or aim for, owned by the HRIS. */
export interface Role {
  id: string;
  externalId: string;
  title: string;
  departmentId: string | null;
  /** Seniority, from 1. */
  level: number;
}
