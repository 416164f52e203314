import type { Config } from './config.js';
import { DEMO_PEOPLE } from './demo/demo-people.js';
import { developmentSecret, signDevelopmentToken } from './http/development-token.js';

/** What a newcomer wants to know once the service runs: where it is, a query to send, and tokens to send it with. */
export async function describeStart(url: string, config: Config): Promise<string> {
  if (!config.demoCompany) return `\n  Explorer  ${url}/\n  GraphQL   ${url}/graphql\n\n`;
  const secret = developmentSecret(config.dataFolder);
  const people = await Promise.all(
    DEMO_PEOPLE.map(async ({ label, ...claims }) => ({ label, token: await signDevelopmentToken(secret, claims) })),
  );
  return `
  Explorer  ${url}/
  GraphQL   ${url}/graphql

  A query, as Ally Adventure:

  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${people[0]!.token}' \\
    -d '{"query":"{ me { employee { name jobTitle manager { name } } permissions } }"}'

  Tokens, valid for 12 hours:

${people.map(({ label, token }) => `  ${label}\n  ${token}\n`).join('\n')}
`;
}
