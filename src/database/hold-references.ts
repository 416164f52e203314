import type { EntityManager } from 'typeorm';
import type { Reference } from '../shared/reference.js';
import { hold } from './holding.js';

interface Named {
  id: string;
  externalId: string;
}

/** Answers what a reference names, null when there is nothing by that name. */
export type Lookup<Item> = (reference: Reference) => Item | null;

/**
 * Looks up everything that some references name, in one statement whatever their number, which goes out with the next one.
 * @param text selects at least `id` and `"externalId"` where the id is one of `$1` or the external id one of `$2`
 * @returns the lookup, to be asked for when the next statement was answered
 */
export async function holdReferences<Item extends Named>(
  manager: EntityManager,
  text: string,
  references: readonly Reference[],
): Promise<() => Lookup<Item>> {
  const ids = references.flatMap((reference) => ('id' in reference ? [reference.id] : []));
  const externalIds = references.flatMap((reference) => ('externalId' in reference ? [reference.externalId] : []));
  const held = references.length === 0 ? null : await hold<Item>(manager, text, [ids, externalIds]);
  return () => lookupIn(held?.rows ?? []);
}

function lookupIn<Item extends Named>(items: readonly Item[]): Lookup<Item> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const byExternalId = new Map(items.map((item) => [item.externalId, item]));
  return (reference) => ('id' in reference ? byId.get(reference.id) : byExternalId.get(reference.externalId)) ?? null;
}
