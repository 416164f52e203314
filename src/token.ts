import { parseArgs } from 'node:util';
import { readConfig } from './config.js';
import { developmentSecret, signDevelopmentToken } from './http/sign-in/development-token.js';
import { VIEWER_ROLES, type ViewerRole } from './shared/viewer.js';

const USAGE = `Usage: npm run --silent token -- --employee <externalId> [--role ${VIEWER_ROLES.join('|')}]
A service has no employee: npm run --silent token -- --role hris`;

/** A role that the token would not grant to whom it is for. */
function checkRoles(isPerson: boolean, roles: readonly ViewerRole[]): void {
  const wrong = roles.find((role) => (role === 'hr_admin') !== isPerson);
  if (!wrong) return;
  throw new Error(
    isPerson
      ? `${wrong} is a role of a service, which has no --employee.`
      : `${wrong} is a role of a person: name the --employee who has it.`,
  );
}

/** Prints a development token. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      employee: { type: 'string' },
      role: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const roles = values.role.filter((role): role is ViewerRole => VIEWER_ROLES.some((known) => known === role));
  if (roles.length !== values.role.length) throw new Error(`A role is one of ${VIEWER_ROLES.join(', ')}.`);
  if (!values.employee && roles.length === 0) throw new Error('Name an employee or a role.');
  checkRoles(values.employee !== undefined, roles);
  if (process.env['NODE_ENV'] === 'production') throw new Error('There are no development tokens in production mode.');
  const config = readConfig(process.env);
  const secret = developmentSecret(config.dataFolder);
  process.stdout.write(`${await signDevelopmentToken(secret, { employee: values.employee ?? null, roles })}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exit(1);
}
