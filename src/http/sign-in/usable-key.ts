import { type CryptoKey, errors, type JWTHeaderParameters, type JWTVerifyGetKey } from 'jose';

/** A key that the provider publishes, of which nothing can be made that checks signatures. */
export class UnusableKeyError extends Error {}

/** In bits. With a shorter key of RSA no signature counts (RFC 7518, section 3.3). */
const SHORTEST_RSA_KEY = 2048;

/** What says something about the token, and nothing about a key. */
const ABOUT_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** Told of a key of no use that a token named. */
export type TellUnusable = (header: JWTHeaderParameters, error: UnusableKeyError) => void;

/** Finds keys as jose does; which says in errors of many kinds, and in part not before it has the key, that one is of no use. */
export const findUsable =
  (published: (...asked: Parameters<JWTVerifyGetKey>) => Promise<CryptoKey>, tell: TellUnusable): JWTVerifyGetKey =>
  async (header, token) => {
    try {
      const key = await published(header, token);
      const { modulusLength = SHORTEST_RSA_KEY } = key.algorithm as { modulusLength?: number };
      if (modulusLength < SHORTEST_RSA_KEY)
        throw new Error(`The key has ${modulusLength} bits, and must have ${SHORTEST_RSA_KEY}.`);
      return key;
    } catch (error) {
      if (ABOUT_TOKEN.some((kind) => error instanceof kind)) throw error;
      const unusable = new UnusableKeyError((error as Error).message, { cause: error });
      tell(header, unusable);
      throw unusable;
    }
  };
