import { unauthenticated } from '../graphql/errors.js';
import type { Identifier } from '../shared/identifier.js';
import type { Viewer } from '../shared/viewer.js';
import type { TokenClaims } from './development-token.js';

export interface Identities {
  /** What a token says; null when it is not valid. */
  verify(token: string): Promise<TokenClaims | null>;
  /** The id of the employee with this external id; null when there is none who may sign in. */
  findEmployee(externalId: string): Promise<Identifier | null>;
}

/**
 * Who a request comes from; null when it carries no token.
 * @throws UNAUTHENTICATED when it carries one that is of no use
 */
export async function viewerFromToken(
  authorization: string | undefined,
  identities: Identities,
): Promise<Viewer | null> {
  if (authorization === undefined) return null;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('The Authorization header must read "Bearer <token>".');
  const claims = await identities.verify(token);
  if (!claims) throw unauthenticated('The token was not made by this service, or has expired. Get a new one.');
  if (claims.employee === null)
    return { subject: `service:${claims.roles.join('+')}`, employeeId: null, roles: claims.roles };
  const employeeId = await identities.findEmployee(claims.employee);
  if (employeeId === null)
    throw unauthenticated(`Nobody who works here has the external id "${claims.employee}", which the token names.`);
  return { subject: claims.employee, employeeId, roles: claims.roles };
}
