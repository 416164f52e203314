import type { Config } from './config.js';
import { openEyes } from './demo/demo-people.js';
import { developmentSecret } from './http/sign-in/development-token.js';

/** What a newcomer wants to know once the service runs: where it is, a query to send, and tokens to send it with. */
export async function describeStart(url: string, config: Config): Promise<string> {
  if (!config.demoCompany) return `\n  Explorer  ${url}/\n  GraphQL   ${url}/graphql\n\n`;
  const people = await openEyes(developmentSecret(config.dataFolder));
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
