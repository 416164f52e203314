import path from 'node:path';

const identifierOf = (employee) => `01931000-0000-7000-8000-${employee.toString(16).padStart(12, '0')}`;

/** The limit: bare node:http over one prepared statement, without sign-in, permissions or GraphQL. */
export const bare = {
  name: 'bare node:http',
  script: path.join(import.meta.dirname, 'bare-server.mjs'),
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl }),
  readyAddress: (printed) => /ready (\S+)/.exec(printed)?.[1],
  request: async (employee) => ({ method: 'GET', path: `/${identifierOf(employee)}`, headers: {} }),
};
