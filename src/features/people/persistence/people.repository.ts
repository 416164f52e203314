import type { EntityManager } from 'typeorm';
import { type Lookup, resolveReferences } from '../../../database/resolve-references.js';
import type { Reference } from '../../../shared/reference.js';

interface Identity {
  id: string;
  externalId: string;
}

/** The roles that some references name. */
export const findRoles = (manager: EntityManager, references: readonly Reference[]): Promise<Lookup<Identity>> =>
  resolveReferences(
    manager,
    'select id, external_id as "externalId" from role where id = any ($1) or external_id = any ($2)',
    references,
  );
