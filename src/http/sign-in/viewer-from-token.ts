import { GraphQLError } from 'graphql';
import { unauthenticated } from '../../graphql/errors.js';
import type { Identifier } from '../../shared/identifier.js';
import type { Viewer } from '../../shared/viewer.js';
import {
  type EmployeeMatch,
  type EmployeeName,
  InvalidTokenError,
  SignInUnavailableError,
  type VerifyToken,
} from './identity.js';

export interface Identities {
  verify: VerifyToken;
  /** The employee of that name; null when there is none. */
  findEmployee(name: EmployeeName): Promise<{ id: Identifier; employed: boolean } | null>;
}

/** In characters: no identity provider makes one that is longer, and it is not worth looking at. */
const LONGEST_TOKEN = 16_384;

const WHAT: Record<EmployeeMatch, string> = { external_id: 'external id', work_email: 'work e-mail', id: 'id' };

const unavailable = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'SIGN_IN_UNAVAILABLE',
      http: { status: 503, headers: new Map([['retry-after', '30']]) },
    },
  });

async function verify(token: string, identities: Identities) {
  try {
    return await identities.verify(token);
  } catch (error) {
    if (error instanceof InvalidTokenError) throw unauthenticated(error.message, 'invalid_token');
    if (error instanceof SignInUnavailableError) throw unavailable(error.message);
    throw error;
  }
}

/**
 * Who a request comes from; null when it carries no token. Looked up each time, so that who has left, or has another
 * manager, is somebody else with the next request.
 * @throws UNAUTHENTICATED when it carries one that is of no use; SIGN_IN_UNAVAILABLE when that cannot be found out
 */
export async function viewerFromToken(
  authorization: string | undefined,
  identities: Identities,
): Promise<Viewer | null> {
  if (authorization === undefined) return null;
  if (authorization.length > LONGEST_TOKEN)
    throw unauthenticated(`The token has more than ${LONGEST_TOKEN} characters.`, 'invalid_request');
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('The Authorization header must read "Bearer <token>".', 'invalid_request');
  const { subject, employee: name, personRoles, serviceRoles } = await verify(token, identities);
  const employee = name && (await identities.findEmployee(name));
  if (employee?.employed) return { subject: employee.id, employeeId: employee.id, roles: personRoles };
  // Who has left is no service account, whatever else the token says.
  if (!employee && serviceRoles.length > 0)
    return { subject: `service:${subject}`, employeeId: null, roles: serviceRoles };
  throw unauthenticated(
    name
      ? `Nobody who works here has the ${WHAT[name.match]} that the token names, "${name.value}".`
      : 'The token names no employee, and has none of the scopes of a service account.',
    'invalid_token',
  );
}
