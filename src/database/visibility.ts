import { isConceivable, isGranted, roleStandings } from '../shared/access.js';
import { type AccessSubject, ruleOf, type Standing } from '../shared/access-table.js';
import type { Conditions } from './conditions.js';
import type { Reader } from './reader.js';

/** Under which row of the access table something falls that is about nobody. */
export interface ImpersonalVisibility {
  subject: AccessSubject;
}

/** Under which row of the access table something falls that is about a person, and about whom. */
export interface PersonalVisibility extends ImpersonalVisibility {
  /** The SQL expression of the person's id. */
  employee: string;
  /** What must hold besides when somebody sees it only as a colleague. */
  asColleague?: string;
}

export type Visibility = ImpersonalVisibility | PersonalVisibility;

/**
 * How to find out who reports to the viewer. BY_ROW looks for each row whether its person does: right where other conditions
 * leave few rows. AS_SET begins with all who do: right where nothing else does.
 */
export type ReportLookup = 'BY_ROW' | 'AS_SET';

/**
 * The SQL condition that the viewer of the reader may see a row: the access table, said in SQL. Row-level security says
 * the same once more, on its own.
 */
export function visibilityCondition(
  visibility: Visibility,
  reader: Reader,
  conditions: Conditions,
  lookup: ReportLookup = 'BY_ROW',
): string {
  const { viewer, accessSettings } = reader;
  const { subject } = visibility;
  if (!isConceivable(subject, viewer)) return 'false';
  if (viewer === null) return 'true';
  if (!('employee' in visibility)) return openTo(subject);
  const grants = (standing: Standing): boolean => isGranted(subject, [standing], accessSettings);
  if (roleStandings(viewer).some(grants)) return notErased(visibility);
  if (viewer.employeeId === null) return 'false';
  const self = () => `${conditions.value(viewer.employeeId)}::uuid`;
  const alternatives = personalConditions(visibility, grants, self, lookup);
  return alternatives.length === 0 ? 'false' : `(${alternatives.join(' or ')})`;
}

/** @throws when the row of the table is about people: then it has to be said whose each row is */
function openTo(subject: AccessSubject): string {
  const { grants } = ruleOf(subject);
  if (grants.COLLEAGUE === 'ALWAYS' && grants.ANALYST === 'ALWAYS') return 'true';
  throw new Error(`${subject} is about people: say in the source whose each row is (visibility.employee).`);
}

/** Who is erased exists for nobody: for those who see everybody it has to be said. */
const notErased = ({ employee }: PersonalVisibility): string =>
  `exists (select from employee as person where person.id = ${employee} and person.erased_at is null)`;

function personalConditions(
  { employee, asColleague }: PersonalVisibility,
  grants: (standing: Standing) => boolean,
  viewer: () => string,
  lookup: ReportLookup,
): string[] {
  const direct = grants('DIRECT_MANAGER');
  const indirect = grants('INDIRECT_MANAGER');
  const depth = direct ? (indirect ? '' : 'and reporting_line.depth = 1') : 'and reporting_line.depth > 1';
  return [
    ...(grants('COLLEAGUE') ? [asColleague ?? 'true'] : []),
    ...(grants('EMPLOYEE') ? [`${employee} = ${viewer()}`] : []),
    ...(direct || indirect
      ? [
          lookup === 'AS_SET'
            ? `${employee} = any (array(select report_id from reporting_line where manager_id = ${viewer()} ${depth}))`
            : // A value, by the index: of `exists` Postgres may make a table in memory of all who report.
              `(select true from reporting_line
                 where reporting_line.report_id = ${employee} and reporting_line.manager_id = ${viewer()} ${depth})`,
        ]
      : []),
  ];
}
