import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/** In seconds: a year. */
const HTTPS_ONLY_FOR = 31_536_000;

/**
 * What every answer carries: it is data and no page, is not to be kept, guessed at, framed or embedded, and in production is
 * had over HTTPS alone. The same for all answers, so it is worked out once.
 */
export function securityHeaders(production: boolean): ReadonlyMap<string, string> {
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    strictTransportSecurity: production && { maxAge: HTTPS_ONLY_FOR, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    // For pages: they say how windows share a process, and old browsers warn of them where there is no HTTPS.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  setHeaders(request, response, () => {});
  const headers = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  return new Map([...headers, ['cache-control', 'no-store']]);
}
