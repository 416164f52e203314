import { createHash } from 'node:crypto';

/** A digest of what a caller signs in with, to know them again by, without keeping it; null where there is nothing. */
export const credentialOf = (authorization: string | undefined): string | null =>
  authorization === undefined ? null : createHash('sha256').update(authorization).digest('base64url');
