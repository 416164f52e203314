import type { EntityManager } from 'typeorm';
import { holdReferences, type Lookup } from '../../../database/hold-references.js';
import type { Reference } from '../../../shared/reference.js';

interface Identity {
  id: string;
  externalId: string;
}

/** The roles that some references name, with the next statement. */
export const holdRoles = (manager: EntityManager, references: readonly Reference[]): Promise<() => Lookup<Identity>> =>
  holdReferences(
    manager,
    'select id, external_id as "externalId" from role where id = any ($1) or external_id = any ($2)',
    references,
  );
