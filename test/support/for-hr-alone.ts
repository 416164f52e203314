import { type AccessSubject, ruleOf } from '../../src/shared/access-table.js';

/** Whether a mutation is for HR alone: to all others it is refused as a whole. */
export const isForHrAlone = ({ extensions }: { extensions: object }): boolean =>
  Object.keys(ruleOf((extensions as { access: AccessSubject }).access).grants).join() === 'HR_ADMIN';
