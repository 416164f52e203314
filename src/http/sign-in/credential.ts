import { createHash } from 'node:crypto';

/**
 * A digest of the token that a caller signs in with, to know them again by, without keeping it; null where there is nothing.
 * What stands around the token makes no other caller.
 */
export const credentialOf = (authorization: string | undefined): string | null =>
  authorization === undefined
    ? null
    : createHash('sha256')
        .update(authorization.replace(/^\S*\s+|\s+$/g, ''))
        .digest('base64url');
