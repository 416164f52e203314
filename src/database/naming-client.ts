import pg from 'pg';
import { statementName } from './statement-name.js';

/** Each shape of a statement that writes a number of rows at once is another text: long ones come seldom twice. */
const MAXIMUM_NAMED_LENGTH = 4_000;

type Query = (config: unknown, values?: unknown, callback?: unknown) => unknown;

/** A connection that gives names to the statements of TypeORM, which has none: Postgres parses and plans them once. */
export class NamingClient extends pg.Client {
  override query = ((config: unknown, values?: unknown, callback?: unknown) => {
    const query = super.query as unknown as Query;
    if (typeof config !== 'string' || !Array.isArray(values) || config.length > MAXIMUM_NAMED_LENGTH)
      return query.call(this, config, values, callback);
    const name = statementName(config);
    return query.call(this, name === null ? config : { name, text: config }, values, callback);
  }) as pg.Client['query'];
}
