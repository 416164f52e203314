import type { NodeKind } from '../../../graphql/node.js';
import { SKILL_PREFIX } from './skill.type.js';

/** What `node(id:)` finds of this feature. */
export const skillNodes: NodeKind[] = [
  {
    typename: 'Skill',
    prefix: SKILL_PREFIX,
    subject: 'STRUCTURE',
    load: (id, { loaders }) => loaders.skill.load(id),
  },
];
