import pg from 'pg';

/** What `pg` is asked: one statement, or several that go out together. */
type Asked = string | { text: string; texts?: string[] };

const textsOf = (asked: Asked): string[] => (typeof asked === 'string' ? [asked] : (asked.texts ?? [asked.text]));

/** The texts of the statements of each round trip to Postgres, whoever made it, while the work was done. */
export async function roundTripsOf(work: () => Promise<unknown>): Promise<string[][]> {
  const trips: string[][] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    trips.push(textsOf(args[0] as Asked));
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return trips;
}

/** The text of each statement that was sent to Postgres, whoever sent it, while the work was done. */
export const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await roundTripsOf(work)).flat();
