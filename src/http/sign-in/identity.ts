import type { ViewerRole } from '../../shared/viewer.js';

/** By what a token can name an employee. */
export const EMPLOYEE_MATCHES = ['external_id', 'work_email', 'id'] as const;

export type EmployeeMatch = (typeof EMPLOYEE_MATCHES)[number];

/** As people call them. */
export const MATCH_NAMES: Record<EmployeeMatch, string> = {
  external_id: 'external id',
  work_email: 'work e-mail',
  id: 'id',
};

export interface EmployeeName {
  match: EmployeeMatch;
  value: string;
}

/** What a valid token says. */
export interface Identity {
  /** The subject of the token. */
  subject: string;
  /** How the token names a person; null when it names none. */
  employee: EmployeeName | null;
  /** What the token grants when it is that of a person. */
  personRoles: readonly ViewerRole[];
  /** What it grants when it is that of a service account; empty when it cannot be. */
  serviceRoles: readonly ViewerRole[];
  /** What the token lacks when it turns out to be nobody's: which claim was looked at, and nothing of what is in it. */
  ifNobody: string;
}

/** A token that is of no use. The message is for whoever sent it, and says nothing of what is in it. */
export class InvalidTokenError extends Error {}

/** Tokens cannot be checked at the moment: that says nothing about them. */
export class SignInUnavailableError extends Error {}

/**
 * What a token says.
 * @throws InvalidTokenError, SignInUnavailableError
 */
export type VerifyToken = (token: string) => Promise<Identity>;
