import type { EntityManager } from 'typeorm';
import type { HeldStatement, Place } from './held-statement.js';
import type { HoldingClient } from './holding-client.js';

const connectionOf = ({ queryRunner }: EntityManager): Promise<HoldingClient> => queryRunner!.connect();

/** Enough to come from here to a use case. */
const FRAMES = 3;

/** Where in the code `within` was called. */
function placeOf(within: (...given: never[]) => unknown): Place {
  const place: Place = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(place, within);
  Error.stackTraceLimit = stackTraceLimit;
  return place;
}

/**
 * Lets a statement of a transaction go out with the next one, in one round trip. What it selects stands in `rows` as soon as
 * the next one was answered; where it fails, the next one is not run and fails for the same reason.
 */
export async function hold<Row extends object>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<HeldStatement<Row>> {
  const heldAt = placeOf(hold);
  const statement = (await connectionOf(manager)).hold<Row>(text, values);
  statement.heldAt = heldAt;
  return statement;
}

/**
 * Lets all that the work writes go out with the statement after it, which is the commit at the latest. For work that needs
 * no answer: it is told of no row.
 */
export async function withoutWaiting(manager: EntityManager, work: () => Promise<unknown>): Promise<void> {
  const heldAt = placeOf(withoutWaiting);
  for (const statement of await (await connectionOf(manager)).holding(work)) statement.heldAt = heldAt;
}
