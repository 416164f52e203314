import { signDevelopmentToken, type TokenClaims } from '../http/sign-in/development-token.js';

export interface DemoPerson extends TokenClaims {
  /** Whom one looks as, in words. */
  label: string;
}

/** Through whose eyes a newcomer can look at the demo company. */
export const DEMO_PEOPLE: DemoPerson[] = [
  { label: 'Ally Adventure, Sales Associate', employee: 'ally.adventure', roles: [] },
  { label: "Morgan Summit, Ally's manager", employee: 'morgan.summit', roles: [] },
  { label: 'Sasha Trail, a colleague in Marketing', employee: 'sasha.trail', roles: [] },
  { label: 'Jordan Lake, HR admin', employee: 'jordan.lake', roles: ['hr_admin'] },
];

/** A pair of eyes to look through. */
export interface Eyes {
  label: string;
  token: string;
}

/** A fresh token for each person of the demo company. */
export const openEyes = (secret: Uint8Array): Promise<Eyes[]> =>
  Promise.all(
    DEMO_PEOPLE.map(async ({ label, ...claims }) => ({ label, token: await signDevelopmentToken(secret, claims) })),
  );
