import http from 'node:http';
import { createYoga } from 'graphql-yoga';
import { contextOf, schema } from './schema.mjs';

const yoga = createYoga({
  schema,
  context: ({ request }) => contextOf(request.headers.get('viewer')),
  graphiql: false,
  landingPage: false,
  logging: 'warn',
});

const server = http.createServer(yoga);
server.listen(0, () => console.log(`ready http://localhost:${server.address().port}`));
