import type { EntityManager } from 'typeorm';
import type { Reference } from '../shared/reference.js';

interface Named {
  id: string;
  externalId: string;
}

/** Answers what a reference names, null when there is nothing by that name. */
export type Lookup<Item> = (reference: Reference) => Item | null;

/**
 * Looks up everything that some references name, in one statement whatever their number.
 * @param text selects at least `id` and `"externalId"` where the id is one of `$1` or the external id one of `$2`
 */
export async function resolveReferences<Item extends Named>(
  manager: EntityManager,
  text: string,
  references: readonly Reference[],
): Promise<Lookup<Item>> {
  const ids = references.flatMap((reference) => ('id' in reference ? [reference.id] : []));
  const externalIds = references.flatMap((reference) => ('externalId' in reference ? [reference.externalId] : []));
  const items: Item[] = references.length === 0 ? [] : await manager.query(text, [ids, externalIds]);
  const byId = new Map(items.map((item) => [item.id, item]));
  const byExternalId = new Map(items.map((item) => [item.externalId, item]));
  return (reference) => ('id' in reference ? byId.get(reference.id) : byExternalId.get(reference.externalId)) ?? null;
}
