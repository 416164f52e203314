import http from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const AUDIENCE = 'career-conversations';
const KEY = 'bench';
/** What most identity providers sign with. */
const ALGORITHM = 'RS256';

const listen = (server) =>
  new Promise((resolve) => server.listen(0, 'localhost', () => resolve(`http://localhost:${server.address().port}`)));

/** A company's identity provider, as far as a service in production asks it: its address and its keys. */
export async function startIdentityProvider() {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const keys = [{ ...(await exportJWK(publicKey)), kid: KEY, alg: ALGORITHM, use: 'sig' }];
  const server = http.createServer((_, response) => response.end(JSON.stringify({ keys })));
  server.unref(); // nothing waits for it in the end
  const issuer = await listen(server);
  const tokens = new Map();
  const sign = (employee) =>
    new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY })
      .setSubject(employee)
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('12h')
      .sign(privateKey);
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE, OIDC_JWKS_URL: `${issuer}/keys` },
    /** The token of an employee, signed once. */
    async tokenOf(employee) {
      if (!tokens.has(employee)) tokens.set(employee, await sign(employee));
      return tokens.get(employee);
    },
  };
}
