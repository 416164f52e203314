import path from 'node:path';
import { employeeId } from '../../company/identifiers.mjs';
import { postDocument } from '../post-document.mjs';

/** What a team comes to by the guides: Apollo, type-graphql, TypeORM, and a repository asked for each field that needs rows. */
export const plain = {
  name: 'Apollo, type-graphql, TypeORM',
  command: [process.execPath, path.join(import.meta.dirname, 'dist', 'main.js')],
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl, NODE_ENV: 'production' }),
  readyAddress: (printed) => /ready (\S+)\/\s/.exec(printed)?.[1],
  request: async (workload, subject) => postDocument(workload, subject, { viewer: employeeId(subject.viewer) }),
};
