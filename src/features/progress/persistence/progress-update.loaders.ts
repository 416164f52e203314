import DataLoader from 'dataloader';
import { batchLoader } from '../../../database/batch-loader.js';
import { ChildPages } from '../../../database/child-pages.js';
import type { List } from '../../../database/page.js';
import type { Reader } from '../../../database/reader.js';
import { FIRST_ENTRY } from '../../../shared/page.js';
import type { ProgressUpdate } from '../domain/progress-update.js';

const document = `json_build_object('id', progress_update.id, 'actionId', progress_update.action_id,
  'authorId', progress_update.author_id, 'percentComplete', progress_update.percent_complete,
  'status', progress_update.status, 'note', progress_update.note, 'occurredAt', progress_update.occurred_at,
  'createdAt', progress_update.created_at)`;

/** The newest first, as the rule of the latest update orders them: by when it occurred, when it was written, and id. */
const newestFirst: List = {
  name: 'progressUpdates',
  item: document,
  from: 'progress_update',
  visibility: { subject: 'PROGRESS', employee: 'progress_update.employee_id' },
  order: [
    { sql: 'progress_update.occurred_at', type: 'timestamptz' },
    { sql: 'progress_update.created_at', type: 'timestamptz' },
    { sql: 'progress_update.id', type: 'uuid' },
  ],
  descending: true,
  links: { author: 'progress_update.author_id', action: 'progress_update.action_id' },
};

const revive = (update: ProgressUpdate): ProgressUpdate => ({
  ...update,
  occurredAt: new Date(update.occurredAt),
  createdAt: new Date(update.createdAt),
});

export function progressUpdateLoaders(reader: Reader) {
  const updatesOfAction = new ChildPages<ProgressUpdate>(reader, newestFirst, 'progress_update.action_id', revive);
  return {
    progressUpdate: batchLoader<ProgressUpdate>(reader, { ...newestFirst, key: 'progress_update.id' }, revive),
    updatesOfAction,
    latestUpdate: new DataLoader<string, ProgressUpdate | null>((actionIds) =>
      Promise.all(
        actionIds.map(async (actionId) => {
          const page = await updatesOfAction.load(actionId, FIRST_ENTRY);
          return page.entries[0]?.item ?? null;
        }),
      ),
    ),
  };
}
