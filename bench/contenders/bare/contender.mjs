import path from 'node:path';
import { employeeId } from '../../company/identifiers.mjs';

const idAsIs = (_, id) => id;

/** The limit: bare node:http over prepared statements by hand, without sign-in, permissions or GraphQL. */
export const bare = {
  name: 'bare node:http',
  command: [process.execPath, path.join(import.meta.dirname, 'server.mjs')],
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl, NODE_ENV: 'production' }),
  readyAddress: (printed) => /ready (\S+)/.exec(printed)?.[1],
  async request({ name, variablesOf }, subject) {
    const path = `/${name}/${employeeId(subject.viewer)}`;
    if (!variablesOf) return { method: 'GET', path, headers: {} };
    return { method: 'POST', path, headers: {}, body: () => JSON.stringify(variablesOf(subject, idAsIs)) };
  },
};
