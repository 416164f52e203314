import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

/** The identity provider has to say where its keys are, and what they are, within so many milliseconds: tokens wait for it. */
const TIMEOUT = 5_000;

const MAXIMUM_BYTES = 1_000_000;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1, 'holds no key') });

async function fetchJson<Shape>(url: string, shape: z.ZodType<Shape>, signal: AbortSignal): Promise<Shape> {
  const response = await fetch(url, { signal, redirect: 'error' }).catch((error) => {
    throw new Error(`${url} does not answer: ${(error as { cause?: Error }).cause?.message ?? error.message}`);
  });
  if (!response.ok) throw new Error(`${url} answers with status ${response.status}.`);
  const text = await response.text();
  if (text.length > MAXIMUM_BYTES) throw new Error(`${url} answers with more than ${MAXIMUM_BYTES} bytes.`);
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new Error(`${url} does not answer with what it should.`);
  }
}

/** Where the keys of an issuer are, as it says in the place that OpenID Connect Discovery 1.0, section 4, names. */
async function discoverKeySetUrl(issuer: string, signal: AbortSignal): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await fetchJson(url, discoveryDocument, signal);
  if (found.issuer !== issuer)
    throw new Error(`${url} is about the issuer "${found.issuer}", not "${issuer}" (OIDC_ISSUER).`);
  if (issuer.startsWith('https:') && !found.jwks_uri.startsWith('https:'))
    throw new Error(`${url} names keys at "${found.jwks_uri}", which is not https.`);
  return found.jwks_uri;
}

/**
 * The keys that an issuer signs with.
 * @param keySetUrl where they are; found out by asking the issuer when null
 */
export async function fetchKeySet(issuer: string, keySetUrl: string | null): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(TIMEOUT);
  return fetchJson(keySetUrl ?? (await discoverKeySetUrl(issuer, signal)), keySet, signal) as Promise<JSONWebKeySet>;
}
