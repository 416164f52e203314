import { decodeProtectedHeader } from 'jose';
import type { Clock } from '../../shared/clock.js';
import type { Logger } from '../logger.js';
import { DEVELOPMENT_ALGORITHM } from './development-token.js';
import { fetchKeySet } from './fetch-key-set.js';
import type { VerifyToken } from './identity.js';
import { type IdentityTokenSettings, verifyIdentityToken } from './identity-token.js';
import { KeySet, type KeySetState } from './key-set.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface OidcSettings extends IdentityTokenSettings {
  /** Where the keys are; the issuer is asked when null. */
  keySetUrl: string | null;
}

/** The ways to say who one is. */
export interface SignIn {
  verify: VerifyToken;
  /** Null where there is no identity provider. */
  state(): KeySetState | null;
  open(): Promise<void>;
  close(): void;
}

/** Sign-in with the tokens of the company's identity provider. */
export function oidcSignIn(settings: OidcSettings, clock: Pick<Clock, 'now'>, log: Logger): SignIn {
  const now = () => clock.now().getTime();
  const keys = new KeySet({ fetchKeys: () => fetchKeySet(settings.issuer, settings.keySetUrl), now, log });
  const tokens = new VerifiedTokens({ now, keys: () => keys.current });
  return {
    verify: (token) => tokens.identityOf(token, () => verifyIdentityToken(token, keys, settings, clock.now())),
    state: () => keys.state,
    open: () => keys.open(),
    close: () => keys.close(),
  };
}

/** Sign-in with development tokens alone. */
export const developmentSignIn = (verify: VerifyToken): SignIn => ({
  verify,
  state: () => null,
  open: async () => {},
  close: () => {},
});

function isDevelopmentToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === DEVELOPMENT_ALGORITHM;
  } catch {
    return false;
  }
}

/** Sign-in with the tokens of the identity provider and, in development, with development tokens beside them. */
export const withDevelopmentTokens = (signIn: SignIn, verify: VerifyToken): SignIn => ({
  ...signIn,
  verify: (token) => (isDevelopmentToken(token) ? verify(token) : signIn.verify(token)),
});
