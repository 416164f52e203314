import path from 'node:path';
import { employeeId } from '../../company/identifiers.mjs';

/** The limit: bare node:http over prepared statements by hand, without sign-in, permissions or GraphQL. */
export const bare = {
  name: 'bare node:http',
  command: [process.execPath, path.join(import.meta.dirname, 'server.mjs')],
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl, NODE_ENV: 'production' }),
  readyAddress: (printed) => /ready (\S+)/.exec(printed)?.[1],
  request: async ({ name }, { viewer }) => ({ method: 'GET', path: `/${name}/${employeeId(viewer)}`, headers: {} }),
};
