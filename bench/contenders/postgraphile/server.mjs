import http from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { POOL_SIZE } from '../../company/company.mjs';
import { changesPlugin } from './changes.mjs';
import { readsPlugin } from './reads.mjs';

/** As in production: no explorer, no explanations, statements prepared, the plans of operations kept. */
const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [readsPlugin, changesPlugin],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public'],
      poolConfig: { max: POOL_SIZE },
      pubsub: false,
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false },
};

const instance = postgraphile(preset);
const serv = instance.createServ(grafserv);
const server = http.createServer();
await serv.addTo(server);
await serv.ready();
server.listen(0, () => console.log(`ready http://localhost:${server.address().port}`));
