import fs from 'node:fs';
import path from 'node:path';

/** The made-up company as it stands in the data files. */
export interface DemoCompany {
  departments: { externalId: string; name: string; parentExternalId: string | null }[];
  roles: {
    externalId: string;
    title: string;
    departmentExternalId: string;
    level: number;
    requiredSkills: { skillExternalId: string; level: number }[];
  }[];
  skills: { externalId: string; name: string; description: string; category: string; aliases: string[] }[];
  employees: {
    externalId: string;
    name: string;
    workEmail: string;
    jobTitle: string;
    departmentExternalId: string;
    roleExternalId: string;
    managerExternalId: string | null;
    hiredOn: string;
    employmentStatus: string;
  }[];
}

/** @param folder where `departments.json`, `roles.json`, `skills.json` and `employees.json` are */
export function readDemoCompany(folder: string): DemoCompany {
  const read = (name: string) => JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  return {
    departments: read('departments'),
    roles: read('roles'),
    skills: read('skills'),
    employees: read('employees'),
  };
}
