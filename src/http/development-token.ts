import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import { VIEWER_ROLES, type ViewerRole } from '../shared/viewer.js';

/** What a token says: who, and which roles beyond being an employee. */
export interface TokenClaims {
  /** The external id of an employee; null for a service. */
  employee: string | null;
  roles: ViewerRole[];
}

const ISSUER = 'career-conversations-development';
const AUDIENCE = 'career-conversations';
const LIFETIME = '12h';
const SERVICE_PREFIX = 'service:';

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
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(employee ?? `${SERVICE_PREFIX}${roles.join('+')}`)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(secret);
}

/** What a development token says; null when it is not one, or has expired. */
export async function verifyDevelopmentToken(secret: Uint8Array, token: string): Promise<TokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    });
    const roles = VIEWER_ROLES.filter((role) => (payload['roles'] as unknown[] | undefined)?.includes(role));
    const subject = payload.sub!;
    return { employee: subject.startsWith(SERVICE_PREFIX) ? null : subject, roles };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
