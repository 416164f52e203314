import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { ViewerRole } from '../../shared/viewer.js';
import { type EmployeeMatch, type EmployeeName, type Identity, InvalidTokenError, MATCH_NAMES } from './identity.js';
import type { KeySet } from './key-set.js';
import { SCOPE_ROLES } from './service-scopes.js';
import { claimList, claimText, isPlainText } from './token-claims.js';
import { UnusableKeyError } from './usable-key.js';
import type { VerifiedToken } from './verified-tokens.js';

/** How the company's identity provider says who somebody is. */
export interface IdentityTokenSettings {
  issuer: string;
  audience: string;
  /** Signatures that are accepted; asymmetric ones only. */
  algorithms: readonly string[];
  employeeClaim: string;
  employeeMatch: EmployeeMatch;
  rolesClaim: string;
  /** The role that makes a person an HR admin. */
  hrAdminRole: string;
  scopesClaim: string;
  /** The subjects that are service accounts; all others are people, whatever else their tokens say. */
  serviceAccounts: readonly string[];
}

/** In seconds: how far the clocks of the identity provider and of this machine may be apart. */
const CLOCK_SKEW = 60;

/** What is wrong with a token, in words that say nothing of what is in it. */
function explain(error: errors.JOSEError, { audience, issuer, algorithms }: IdentityTokenSettings): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Get a new one.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `The token has no "${error.claim}".`;
    if (error.claim === 'aud') return `The token is for another audience than "${audience}".`;
    if (error.claim === 'iss') return `The token comes from another issuer than "${issuer}".`;
    if (error.claim === 'nbf') return 'The token is not valid yet.';
    return `The token has a "${error.claim}" that is not right.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is signed in a way that is not allowed; these are: ${algorithms.join(', ')}.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the identity provider does not publish.';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'The token does not say which key signed it ("kid").';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is not right.';
  return 'The token is not a JWT that can be read.';
}

/** Small letters for capital ones of ASCII; others are looked for as they are, since some look alike and are not. */
const foldAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Who a token is about. A claim of the e-mail address counts only if the provider does not say anything against it. */
function employeeOf(payload: JWTPayload, { employeeClaim, employeeMatch }: IdentityTokenSettings) {
  const value = claimText(payload, employeeClaim);
  if (value === null || employeeMatch !== 'work_email') return value === null ? null : { match: employeeMatch, value };
  const verified = payload['email_verified'];
  if (verified !== undefined && verified !== true && verified !== 'true')
    throw new InvalidTokenError('The identity provider has not verified the e-mail address of the token.');
  const folded = foldAscii(value);
  return folded === value.toLowerCase() ? { match: employeeMatch, value: folded } : null;
}

/** The subject, which is part of a name that is stored. */
function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || !isPlainText(sub))
    throw new InvalidTokenError('The token has a "sub" that is not right.');
  return sub;
}

const SCOPES = [...SCOPE_ROLES.keys()].join(', ');

const claimOfScopes = ({ scopesClaim }: IdentityTokenSettings): string => `claim "${scopesClaim}" (OIDC_SCOPES_CLAIM)`;

/** What is said of a person's token that is nobody's. One with a scope of service accounts may be of one that is not listed. */
function ifNobody(
  employee: EmployeeName | null,
  scopeRoles: readonly ViewerRole[],
  settings: IdentityTokenSettings,
): string {
  const claim = `claim "${settings.employeeClaim}" (OIDC_EMPLOYEE_CLAIM)`;
  const who = employee
    ? `Nobody who works here has the ${MATCH_NAMES[employee.match]} that the token names in its ${claim}.`
    : `The token names no employee in its ${claim}.`;
  if (scopeRoles.length === 0) return who;
  return `${who} If it is that of a service account, for it has such a scope in its ${claimOfScopes(settings)}, its "sub" must stand in OIDC_SERVICE_ACCOUNTS.`;
}

function identityOf(payload: JWTPayload, settings: IdentityTokenSettings): Identity {
  const subject = subjectOf(payload);
  const scopeRoles = claimList(payload, settings.scopesClaim).flatMap((scope) => SCOPE_ROLES.get(scope) ?? []);
  if (settings.serviceAccounts.includes(subject)) {
    return {
      subject,
      employee: null,
      personRoles: [],
      serviceRoles: scopeRoles,
      ifNobody: `The token of a service account must have one of the scopes ${SCOPES} in its ${claimOfScopes(settings)}.`,
    };
  }
  const employee = employeeOf(payload, settings);
  const isHrAdmin = claimList(payload, settings.rolesClaim).includes(settings.hrAdminRole);
  return {
    subject,
    employee,
    personRoles: isHrAdmin ? ['hr_admin'] : [],
    serviceRoles: [],
    ifNobody: ifNobody(employee, scopeRoles, settings),
  };
}

/**
 * What a token of the company's identity provider says.
 * @throws InvalidTokenError when it is not one, or not good now
 */
export async function verifyIdentityToken(
  token: string,
  keys: Pick<KeySet, 'check'>,
  settings: IdentityTokenSettings,
  now: Date,
): Promise<VerifiedToken> {
  try {
    const options = {
      algorithms: [...settings.algorithms],
      issuer: settings.issuer,
      audience: settings.audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_SKEW,
      currentDate: now,
    };
    const { payload } = await keys.check((find) => jwtVerify(token, find, options));
    return { identity: identityOf(payload, settings), end: (payload.exp! + CLOCK_SKEW) * 1000 };
  } catch (error) {
    if (error instanceof UnusableKeyError)
      throw new InvalidTokenError(
        'The key that the identity provider publishes for the token is of no use. Tell those who run the provider.',
      );
    if (error instanceof errors.JOSEError) throw new InvalidTokenError(explain(error, settings));
    throw error;
  }
}
