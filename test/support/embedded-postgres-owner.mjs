// Starts the embedded Postgres on the folder it is given, says where it is, and stays until it is killed.
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';

const { url } = await startEmbeddedPostgres(process.argv[2], ['fsync=off']);
process.stdout.write(`${url}\n`);
process.stdin.resume();
