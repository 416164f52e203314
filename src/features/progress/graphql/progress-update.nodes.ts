import type { NodeKind } from '../../../graphql/node.js';
import { UPDATE_PREFIX } from './progress-update.type.js';

/** What `node(id:)` finds of this feature. */
export const progressUpdateNodes: NodeKind[] = [
  {
    typename: 'ProgressUpdate',
    prefix: UPDATE_PREFIX,
    subject: 'PROGRESS',
    load: (id, { loaders }) => loaders.progressUpdate.load(id),
  },
];
