import { GraphQLError } from 'graphql';
import { unauthenticated } from '../../graphql/errors.js';
import type { Identifier } from '../../shared/identifier.js';
import type { Viewer } from '../../shared/viewer.js';
import {
  type EmployeeName,
  type Identity,
  InvalidTokenError,
  SignInUnavailableError,
  type VerifyToken,
} from './identity.js';

export interface FoundEmployee {
  id: Identifier;
  employed: boolean;
  /** By what Postgres found them. */
  match: string;
  value: string;
}

/** The employee of that name; null when there is none. */
export type FindEmployee = (name: EmployeeName) => Promise<FoundEmployee | null>;

/** In characters: no identity provider makes one that is longer, and it is not worth looking at. */
const LONGEST_TOKEN = 16_384;

const unavailable = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'SIGN_IN_UNAVAILABLE',
      http: { status: 503, headers: new Map([['retry-after', '30']]) },
    },
  });

/**
 * What the token of a request says, which takes no database; null when it carries none.
 * @throws UNAUTHENTICATED when it carries one that is of no use; SIGN_IN_UNAVAILABLE when that cannot be found out
 */
export async function identityFromToken(
  authorization: string | undefined,
  verify: VerifyToken,
): Promise<Identity | null> {
  if (authorization === undefined) return null;
  if (authorization.length > LONGEST_TOKEN)
    throw unauthenticated(`The token has more than ${LONGEST_TOKEN} characters.`, 'invalid_request');
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token)
    throw unauthenticated(
      'The Authorization header must read "Bearer <token>".',
      'invalid_request',
      'The Authorization header has another form.', // so that who looks for tokens in the log finds none
    );
  try {
    return await verify(token);
  } catch (error) {
    if (error instanceof InvalidTokenError) throw unauthenticated(error.message, 'invalid_token');
    if (error instanceof SignInUnavailableError) throw unavailable(error.message);
    throw error;
  }
}

/**
 * Who it is that a token speaks of.
 * @throws UNAUTHENTICATED when it is nobody who works here, and no service account
 */
export async function viewerFromIdentity(
  { subject, employee: name, personRoles, serviceRoles, ifNobody }: Identity,
  findEmployee: FindEmployee,
): Promise<Viewer> {
  const employee = name && (await findEmployee(name));
  if (employee?.employed) return { subject: employee.id, employeeId: employee.id, roles: personRoles };
  // Who has left is no service account, whatever else the token says.
  if (!employee && serviceRoles.length > 0)
    return { subject: `service:${subject}`, employeeId: null, roles: serviceRoles };
  throw unauthenticated(name ? `${ifNobody} It reads "${name.value}".` : ifNobody, 'invalid_token', ifNobody);
}
