import path from 'node:path';
import { encodeTypedId } from '../../../dist/src/shared/typed-id.js';
import { POOL_SIZE } from '../../company/company.mjs';
import { externalIdOf } from '../../company/identifiers.mjs';
import { postDocument } from '../post-document.mjs';
import { startIdentityProvider } from './identity-provider.mjs';

const main = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'src', 'main.js');

let provider;

/** The service as it is shipped, in production: sign-in, permissions in both walls, cost, points (more of them), log. */
export const ours = {
  name: 'career-conversations',
  command: [process.execPath, main],
  async environment({ serviceUrl, ownerUrl }) {
    provider ??= await startIdentityProvider();
    return {
      ...provider.settings,
      NODE_ENV: 'production',
      DATABASE_URL: serviceUrl,
      MIGRATION_DATABASE_URL: ownerUrl,
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      PORT: '0',
      LOG_LEVEL: 'info',
      RATE_LIMIT_POINTS: '1000000000',
    };
  },
  /** The address, from what the process prints when it is ready. */
  readyAddress: (printed) => /"url":"([^"]+)\/graphql","msg":"ready"/.exec(printed)?.[1],
  async request(workload, subject) {
    const token = await provider.tokenOf(externalIdOf(subject.viewer));
    return postDocument(workload, subject, { authorization: `Bearer ${token}` }, encodeTypedId);
  },
};
