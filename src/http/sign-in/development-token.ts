import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import { VIEWER_ROLES, type ViewerRole } from '../../shared/viewer.js';
import { type Identity, InvalidTokenError } from './identity.js';

/** Whom a development token is for. */
export interface TokenClaims {
  /** The external id of an employee; null for a service. */
  employee: string | null;
  roles: ViewerRole[];
}

const ISSUER = 'career-conversations-development';
const AUDIENCE = 'career-conversations';
const LIFETIME = '12h';
const SERVICE_PREFIX = 'service:';

/** No identity provider signs with it, so it tells whose a token is. */
export const DEVELOPMENT_ALGORITHM = 'HS256';

/** The secret that signs development tokens: made on first use, readable by this user alone. */
export function developmentSecret(dataFolder: string): Uint8Array {
  fs.mkdirSync(dataFolder, { recursive: true });
  const file = path.join(dataFolder, 'development-secret');
  try {
    fs.writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return fs.readFileSync(file);
}

/** A token to try the service with. There is no such thing in production mode. */
export function signDevelopmentToken(secret: Uint8Array, { employee, roles }: TokenClaims): Promise<string> {
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM })
    .setSubject(employee ?? `${SERVICE_PREFIX}${roles.join('+')}`)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(secret);
}

/**
 * What a development token says.
 * @throws InvalidTokenError when it is not one of this secret, or has expired
 */
export async function verifyDevelopmentToken(secret: Uint8Array, token: string): Promise<Identity> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: [DEVELOPMENT_ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    });
    const roles = VIEWER_ROLES.filter((role) => (payload['roles'] as unknown[] | undefined)?.includes(role));
    const subject = payload.sub!;
    return subject.startsWith(SERVICE_PREFIX)
      ? {
          subject: subject.slice(SERVICE_PREFIX.length),
          employee: null,
          personRoles: [],
          serviceRoles: roles,
          ifNobody: 'The development token names neither an employee nor a role.',
        }
      : {
          subject,
          employee: { match: 'external_id', value: subject },
          personRoles: roles,
          serviceRoles: [],
          ifNobody: 'Nobody who works here has the external id that the development token names.',
        };
  } catch (error) {
    if (error instanceof errors.JOSEError)
      throw new InvalidTokenError(
        'The development token was not made with the secret of this service, or has expired. Get a new one: `npm run --silent token`, with the DATA_DIR of the service.',
      );
    throw error;
  }
}
