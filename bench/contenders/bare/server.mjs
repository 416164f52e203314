import http from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import pg from 'pg';
import { POOL_SIZE } from '../../company/company.mjs';
import { myPlan } from './my-plan.mjs';
import { recordProgress } from './record-progress.mjs';
import { revisePlan } from './revise-plan.mjs';
import { teamPage } from './team-page.mjs';

/** What could hardly be less: statements by hand, the rules, and an answer. Nobody is asked who they are. */
const ANSWERS = {
  'my-plan': myPlan,
  'team-page': teamPage,
  'record-progress': recordProgress,
  'revise-plan': revisePlan,
};

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE });

async function answer(request) {
  const [, name, viewer] = request.url.split('/');
  const variables = request.method === 'POST' ? JSON.parse(await textOf(request)) : {};
  return JSON.stringify({ data: await ANSWERS[name](pool, viewer, variables) });
}

const server = http.createServer(async (request, response) => {
  try {
    const text = await answer(request);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});

server.listen(0, () => console.log(`ready http://localhost:${server.address().port}`));
