import http from 'node:http';
import pg from 'pg';
import { POOL_SIZE } from '../../company/company.mjs';
import { myPlan } from './my-plan.mjs';
import { teamPage } from './team-page.mjs';

/** What could hardly be less: statements by hand, the rules, and an answer. Nobody is asked who they are. */
const ANSWERS = { 'my-plan': myPlan, 'team-page': teamPage };

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE });

const server = http.createServer(async (request, response) => {
  const [, name, viewer] = request.url.split('/');
  const text = JSON.stringify({ data: await ANSWERS[name](pool, viewer) });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

server.listen(0, () => console.log(`ready http://localhost:${server.address().port}`));
