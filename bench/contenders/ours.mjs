import path from 'node:path';
import { developmentSecret, signDevelopmentToken } from '../../dist/src/http/sign-in/development-token.js';
import { query } from '../workloads/my-plan.mjs';

const dataFolder = path.join(import.meta.dirname, '..', '.data', 'ours');

/** The service as it is shipped: sign-in, permissions in both walls, cost, points per minute (more of them), log. */
export const ours = {
  name: 'career-conversations',
  script: path.join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js'),
  environment: ({ serviceUrl, ownerUrl }) => ({
    DATABASE_URL: serviceUrl,
    MIGRATION_DATABASE_URL: ownerUrl,
    DATA_DIR: dataFolder,
    PORT: '0',
    LOG_LEVEL: 'info',
    RATE_LIMIT_POINTS: '1000000000',
    DEMO_COMPANY: 'false',
  }),
  /** The address, from what the process prints when it is ready. */
  readyAddress: (printed) => /"url":"([^"]+)\/graphql","msg":"ready"/.exec(printed)?.[1],
  async request(employee) {
    const externalId = `E-${String(employee).padStart(7, '0')}`;
    const token = await signDevelopmentToken(developmentSecret(dataFolder), { employee: externalId, roles: [] });
    return {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    };
  },
};
