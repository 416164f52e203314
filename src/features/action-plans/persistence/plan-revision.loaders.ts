import { batchLoader } from '../../../database/batch-loader.js';
import { ChildPages } from '../../../database/child-pages.js';
import type { List } from '../../../database/page.js';
import type { Reader } from '../../../database/reader.js';
import type { PlanRevision } from '../domain/plan-revision.js';

const document = `json_build_object('id', plan_revision.id, 'planId', plan_revision.plan_id,
  'version', plan_revision.version, 'kind', plan_revision.kind, 'authorId', plan_revision.author_id,
  'changes', plan_revision.changes, 'reason', plan_revision.reason, 'createdAt', plan_revision.created_at)`;

const newestFirst: List = {
  name: 'planRevisions',
  item: document,
  from: 'plan_revision',
  visibility: { subject: 'ACTION_PLAN', employee: 'plan_revision.employee_id' },
  order: [
    { sql: 'plan_revision.version', type: 'integer' },
    { sql: 'plan_revision.id', type: 'uuid' },
  ],
  descending: true,
  links: { author: 'plan_revision.author_id' },
};

const revive = (revision: PlanRevision): PlanRevision => ({ ...revision, createdAt: new Date(revision.createdAt) });

export function planRevisionLoaders(reader: Reader) {
  return {
    planRevision: batchLoader<PlanRevision>(reader, { ...newestFirst, key: 'plan_revision.id' }, revive),
    revisionsOfPlan: new ChildPages<PlanRevision>(reader, newestFirst, 'plan_revision.plan_id', revive),
  };
}
