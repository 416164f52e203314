import 'reflect-metadata';
import { createDataSource } from './src/database/data-source.js';
import { migrations } from './src/database/migrations.js';
import { rows } from './src/rows.js';

if (!process.env['DATABASE_URL'])
  throw new Error('Set DATABASE_URL to the database that the TypeORM command works on.');

/** The data source of the TypeORM command line: `typeorm migration:show -d dist/ormconfig.js`. */
export default createDataSource({
  url: process.env['DATABASE_URL'],
  poolSize: 2,
  namedStatements: false,
  rows,
  migrations,
});
