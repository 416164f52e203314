import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { HRIS } from '../support/service.js';
import type { Sight } from './remove-unseen.js';
import { PEOPLE } from './world.js';

/** In whose name the sweep asks, and what they may see: in SQL of its own, so that it is stated twice. */

const EVERYBODY = 'true';
const NOBODY = 'false';
const oneself = (id: string): string => `external_id = '${id}'`;
const below = (id: string, levels: string): string =>
  `id in (select report_id from reporting_line where manager_id = (select id from employee where ${oneself(id)}) and depth ${levels})`;

/** What an employee sees, in SQL of its own. */
function sightOf(id: string, levels = '>= 1'): Sight {
  const employment = `${oneself(id)} or ${below(id, '>= 1')}`;
  return {
    exists: `employment_status <> 'TERMINATED' or ${employment}`,
    employment,
    plans: `${oneself(id)} or ${below(id, levels)}`,
    exports: oneself(id),
  };
}
const employee = (id: string): TokenClaims => ({ employee: id, roles: [] });
const serviceOf = (...roles: TokenClaims['roles']): TokenClaims => ({ employee: null, roles });
const NOTHING: Sight = { exists: NOBODY, employment: NOBODY, plans: NOBODY, exports: NOBODY };

export interface Case {
  who: string;
  claims: TokenClaims | null;
  sight: Sight;
  /** Whose plans, and whose employment, some answer tells. */
  seesPlansOf: string[];
  seesEmploymentOf: string[];
}

const ALLYS_TEAM = ['ally.adventure', 'E-0061', 'E-0069'];
export const CASES: Case[] = [
  {
    who: 'the employee',
    claims: employee('ally.adventure'),
    sight: sightOf('ally.adventure'),
    seesPlansOf: ['ally.adventure'],
    seesEmploymentOf: ['ally.adventure'],
  },
  {
    who: 'the direct manager',
    claims: employee('morgan.summit'),
    sight: sightOf('morgan.summit'),
    seesPlansOf: ['morgan.summit', ...ALLYS_TEAM],
    seesEmploymentOf: ['morgan.summit', ...ALLYS_TEAM],
  },
  {
    who: 'an indirect manager',
    claims: employee('riley.ridge'),
    sight: sightOf('riley.ridge'),
    seesPlansOf: ['riley.ridge', 'morgan.summit', ...ALLYS_TEAM],
    seesEmploymentOf: ['riley.ridge', 'morgan.summit', ...ALLYS_TEAM],
  },
  {
    who: 'a colleague',
    claims: employee('sasha.trail'),
    sight: sightOf('sasha.trail'),
    seesPlansOf: ['sasha.trail'],
    seesEmploymentOf: ['sasha.trail'],
  },
  {
    who: 'a peer of the same team',
    claims: employee('E-0061'),
    sight: sightOf('E-0061'),
    seesPlansOf: ['E-0061'],
    seesEmploymentOf: ['E-0061'],
  },
  {
    who: 'an HR admin',
    claims: { employee: 'jordan.lake', roles: ['hr_admin'] },
    sight: { exists: EVERYBODY, employment: EVERYBODY, plans: EVERYBODY, exports: EVERYBODY },
    seesPlansOf: PEOPLE,
    seesEmploymentOf: PEOPLE,
  },
  {
    who: 'the HRIS',
    claims: HRIS,
    sight: { exists: EVERYBODY, employment: EVERYBODY, plans: NOBODY, exports: NOBODY },
    seesPlansOf: [],
    seesEmploymentOf: PEOPLE,
  },
  { who: 'an analyst', claims: serviceOf('analyst'), sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
  { who: 'an exporter', claims: serviceOf('exporter'), sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
  { who: 'nobody', claims: null, sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
];
