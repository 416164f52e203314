import fastify from 'fastify';
import mercurius from 'mercurius';
import { contextOf, schema } from './schema.mjs';

const server = fastify();
server.register(mercurius, {
  schema,
  context: (request) => contextOf(request.headers.viewer),
  jit: 1, // compiles a document when it is asked for the second time
  graphiql: false,
});

await server.listen({ port: 0, host: 'localhost' });
console.log(`ready http://localhost:${server.server.address().port}`);
