import path from 'node:path';
import { employeeId } from '../../company/identifiers.mjs';
import { postDocument } from '../post-document.mjs';

const server = (name, script) => ({
  name,
  command: [process.execPath, path.join(import.meta.dirname, script)],
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl, NODE_ENV: 'production' }),
  readyAddress: (printed) => /ready (\S+)/.exec(printed)?.[1],
  request: async (workload, subject) => postDocument(workload, subject, { viewer: employeeId(subject.viewer) }),
});

/** Two servers over one schema, with loaders by hand: one named statement for each level. */
export const yoga = server('GraphQL Yoga, DataLoader', 'yoga.mjs');
export const mercurius = server('Mercurius with its JIT, DataLoader', 'mercurius.mjs');
