import { hash } from 'node:crypto';

/** A digest to know a token again by, without keeping it. */
export const digestOf = (token: string): string => hash('sha256', token, 'base64url');

/**
 * A digest of the token that a caller signs in with; null where there is nothing. What stands around the token makes no
 * other caller.
 */
export const credentialOf = (authorization: string | undefined): string | null =>
  authorization === undefined ? null : digestOf(authorization.replace(/^\S*\s+|\s+$/g, ''));
