import { ForeignCursorError } from '../shared/cursor.js';
import type { PlannedRead, ReadPlan } from '../shared/read-plan.js';
import type { JointLoader, OpenPart, PartRow } from './read-part.js';
import type { Reader } from './reader.js';
import type { WantedStatements } from './wanted-statements.js';

/** Loaders by name; those whose reads cannot be part of a statement are no joint loaders. */
export type NamedLoaders = Readonly<Record<string, unknown>>;

/** A read that is worth a part of the statement. */
interface Part {
  name: string;
  loader: JointLoader;
  /** For which keys, or those that a link of another part leads to. */
  keys: readonly string[] | { of: Part; link: string };
  page: PlannedRead['page'];
  /** The links of this part that others follow. */
  links: Set<string>;
}

const isJoint = (loader: unknown): loader is JointLoader =>
  typeof loader === 'object' && loader !== null && 'openPart' in loader;

/** What an earlier read leads to; null where nothing is said of the link. */
function follow(of: Part | null, link: string): { of: Part; link: string } | null {
  if (!of || of.loader.linkOf(link) === undefined) return null;
  return { of, link };
}

/** The parts of a plan: without what another part holds already, and without what nothing leads to. */
function partsOf(plan: ReadPlan, loaders: NamedLoaders): Part[] {
  const parts = new Set<Part>();
  const partOfRead: (Part | null)[] = [];
  const add = ({ loader: name, keys: given, page }: PlannedRead): Part | null => {
    const before = 'of' in given ? (partOfRead[given.of] ?? null) : null;
    if (before && 'link' in given && given.link === 'id' && before.loader.holds.includes(name)) return before;
    const loader = loaders[name];
    const keys = 'of' in given ? follow(before, given.link) : given;
    if (!isJoint(loader) || !keys) return null;
    if ('of' in keys) keys.of.links.add(keys.link);
    const part: Part = { name: `part_${parts.size}`, loader, keys, page, links: new Set() };
    parts.add(part);
    return part;
  };
  for (const read of plan) partOfRead.push(add(read));
  return [...parts];
}

/** The SQL of the keys of a part, each of them once. */
function keysOf({ keys, loader }: Part, values: unknown[]): string {
  if ('of' in keys) {
    return `select distinct linked.key from ${keys.of.name}, unnest("${keys.link}") as linked (key) where linked.key is not null`;
  }
  return `select unnest($${values.push([...new Set(keys)])}::${loader.keyType}[])`;
}

/** The parts with their SQL; null where a resolver will have to say what is wrong with an argument. */
function openParts(parts: readonly Part[], values: unknown[]): OpenPart[] | null {
  try {
    return parts.map((part) =>
      part.loader.openPart({ values, keys: keysOf(part, values), links: [...part.links], page: part.page }),
    );
  } catch (error) {
    if (error instanceof ForeignCursorError) return null;
    throw error;
  }
}

/**
 * Reads in one statement what a request will ask its loaders for, and hands it to them. What is not in the plan, or is in it
 * by mistake, costs time and changes nothing: a loader answers by key, and reads for itself what nobody handed to it.
 * What fails, fails where a loader is asked for it. See docs/adr/0015.
 */
export async function readJointly(
  reader: Reader,
  loaders: NamedLoaders,
  plan: ReadPlan,
  wanted: WantedStatements,
): Promise<void> {
  const parts = partsOf(plan, loaders);
  if (parts.length < 2) return; // the loader does as well by itself
  const values: unknown[] = [];
  const opened = openParts(parts, values);
  if (!opened) return;
  const tables = parts.map(({ name }, place) => `${name} as (${opened[place]!.text})`);
  const selects = parts.map(({ name }, place) => `select ${place} as part, key, item, about from ${name}`);
  const text = `with ${tables.join(', ')} ${selects.join(' union all ')}`;
  if (!wanted.isWorthPlanning(text)) return;
  const rows = await reader.read<PartRow & { part: number }>(text, values).catch((error: Error) => {
    for (const { keys, loader, page } of parts) if (!('of' in keys)) loader.fail(keys, error, page);
    return [];
  });
  for (const [place, { take }] of opened.entries()) take(rows.filter(({ part }) => part === place));
}
