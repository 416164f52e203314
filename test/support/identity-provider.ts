import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

interface SigningKey {
  kid: string;
  algorithm: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export interface TokenParts {
  /** Added to what every token has; undefined leaves one out. */
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  key?: SigningKey;
}

/** An identity provider on a port of this machine: it publishes keys, and signs what it is told to. */
export class IdentityProvider {
  readonly audience = 'career-conversations-api';
  /** Requests so far, by path. */
  readonly requests: string[] = [];
  isDown = false;
  /** What discovery says instead of the truth. */
  discovery: object = {};
  /** Published beside the keys that it signs with. */
  others: JWK[] = [];
  private published: SigningKey[] = [];
  private constructor(
    private readonly server: http.Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const server = http.createServer((request, response) => {
      provider.requests.push(request.url!);
      if (provider.isDown) return response.writeHead(503).end();
      const body =
        request.url === '/keys'
          ? { keys: [...provider.published.map(({ publicJwk }) => publicJwk), ...provider.others] }
          : { issuer: provider.issuer, jwks_uri: `${provider.issuer}/keys`, ...provider.discovery };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const provider = new IdentityProvider(server, `http://localhost:${(server.address() as AddressInfo).port}`);
    await provider.publish('first');
    return provider;
  }

  get keys(): readonly SigningKey[] {
    return this.published;
  }

  /** A key that is published from now on. */
  async publish(kid: string, algorithm = 'RS256'): Promise<SigningKey> {
    const key = await makeKey(kid, algorithm);
    this.published.push(key);
    return key;
  }

  withdraw(kid: string): void {
    this.published = this.published.filter((key) => key.kid !== kid);
  }

  /** A token of the first key, good from 2026-11-23 09:00 UTC on for an hour, for Ally. */
  token({ claims, header, key = this.published[0]! }: TokenParts = {}): Promise<string> {
    const payload: JWTPayload = {
      iss: this.issuer,
      aud: this.audience,
      sub: 'ally.adventure',
      exp: Date.parse('2026-11-23T10:00:00Z') / 1000,
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid, ...header })
      .sign(key.privateKey);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

export async function makeKey(kid: string, algorithm = 'RS256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm } };
}
