import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RawAnswer, sendRaw } from '../support/raw-request.js';
import { ALLY, copyTestService, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

let service: TestService;
/** With little time for bodies, too. */
let impatient: TestService;
let authorization: string;
beforeAll(async () => {
  service = await startTestService({ explorer: true, requestTimeouts: { headers: 300, whole: 600_000, check: 50 } });
  impatient = await copyTestService(service, { requestTimeouts: { headers: 300, whole: 300, check: 50 } });
  authorization = `Bearer ${await service.token(ALLY)}`;
});
afterAll(async () => {
  await impatient.close();
  await service.close();
});

const QUERY = '{"query":"{ me { permissions } }"}';

const refusal = (code = 'BAD_USER_INPUT') => ({
  errors: [{ message: expect.stringMatching(/^.{10,}$/), extensions: { code } }],
});

async function send(path: string, init: RequestInit & { duplex?: 'half' }) {
  const response = await fetch(`${service.url}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const post = (body: RequestInit['body'], headers: Record<string, string> = {}) =>
  send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body,
    duplex: 'half',
  });

/** Nothing is asked of the database, not even who it is. */
const withoutStatements = async (work: () => Promise<unknown>) => expect(await statementsOf(work)).toEqual([]);

describe('a body', () => {
  test.each<[string, string | Uint8Array, Record<string, string>, number]>([
    ['without a type', new TextEncoder().encode(QUERY), { 'content-type': '' }, 415],
    ['of a form', 'query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['of another type that starts alike', QUERY, { 'content-type': 'application/jsonp' }, 415],
    ['of plain text', QUERY, { 'content-type': 'text/plain' }, 415],
    ['in another encoding', QUERY, { 'content-type': 'application/json; charset=ISO-8859-1' }, 415],
    ['that is compressed', QUERY, { 'content-encoding': 'gzip' }, 415],
    ['that is not UTF-8', Buffer.from('{"query":"{ me { permissions } } # é"}', 'latin1'), {}, 400],
    ['that is no JSON', '{"query":', {}, 400],
    ['that is empty', '', {}, 400],
    ['that is a list of operations', `[${QUERY},${QUERY}]`, {}, 400],
    ['that is a text', '"{ me { permissions } }"', {}, 400],
    ['that is null', 'null', {}, 400],
    ['that is too long', `{"query":"#${'x'.repeat(1_000_000)}"}`, {}, 413],
    ['that is far too long', `{"query":"#${'x'.repeat(30_000_000)}"}`, {}, 413],
  ])('%s is refused', async (_, body, headers, status) => {
    await withoutStatements(async () => {
      expect(await post(body, headers)).toMatchObject({ status, body: refusal() });
    });
  });

  const inPieces = (count: number) => {
    let left = count;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array(100_000).fill(0x20));
        else controller.close();
      },
    });
  };

  test.each([11, 200])('in pieces that does not say how long it is and is too long is refused: %d', async (count) => {
    expect(await post(inPieces(count))).toMatchObject({ status: 413, body: refusal() });
  });

  test('in pieces of all known forms is read', async () => {
    const pieces = new Blob([QUERY]).stream();
    const headers = { 'content-type': 'Application/JSON ; charset="UTF-8"', 'content-encoding': 'identity' };
    expect(await post(pieces, headers)).toMatchObject({ status: 200, body: { data: { me: {} } } });
  });
});

describe('a method that a path has not', () => {
  test.each([
    ['PUT', '/graphql', 'GET, POST'],
    ['DELETE', '/graphql', 'GET, POST'],
    ['OPTIONS', '/graphql', 'GET, POST'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['PATCH', '/health/ready', 'GET, HEAD'],
    ['POST', '/development/eyes', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is refused, with those that it has', async (method, path, allow) => {
    const { status, headers, body } = await send(path, { method });
    expect({ status, allow: headers.get('allow'), body }).toEqual({ status: 405, allow, body: refusal() });
  });

  test('HEAD of GraphQL is refused without a body, as HEAD has none', async () => {
    const response = await fetch(`${service.url}/graphql`, { method: 'HEAD' });
    expect(response.status).toBe(405);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('an address', () => {
  test.each(['/nothing', '/graphql/', '/GRAPHQL', '//', '/%2e%2e/package.json', '/health'])(
    '%s is not found, whatever the method',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE'])
        expect(await send(path, { method })).toMatchObject({ status: 404, body: refusal('NOT_FOUND') });
    },
  );

  const encoded = encodeURIComponent('{ me { permissions } }');
  test.each([
    ['with a percent sign that nothing follows', `query=${encoded}%23%`],
    ['with half a character', `query=${encoded}%23%E2%82`],
    ['with a parameter twice', `query=${encoded}&query=${encoded}`],
    ['with an id twice', 'documentId=a&documentId=a'],
    ['with variables that are no JSON', `query=${encoded}&variables=%7B`],
    ['with variables that are no object', `query=${encoded}&variables=5`],
    ['with extensions that are no JSON', `query=${encoded}&extensions=%7B`],
    ['without a document', ''],
  ])('%s is refused', async (_, search) => {
    expect(await send(`/graphql?${search}`, { headers: { authorization } })).toMatchObject({
      status: 400,
      body: refusal(),
    });
  });
});

test('two Authorization headers are refused, whichever of them is good', async () => {
  const good = `authorization: ${authorization}\r\n`;
  const expected = { status: 400, body: refusal(), challenge: 'Bearer error="invalid_request"' };
  const head = `Host: localhost\r\nConnection: close\r\n`;
  const encoded = encodeURIComponent('{ me { permissions } }');
  const ask = async (headers: string) => {
    const type = 'Content-Type: application/json\r\n';
    const posted = `POST /graphql HTTP/1.1\r\n${head}${type}Content-Length: ${QUERY.length}\r\n${headers}\r\n${QUERY}`;
    const got = `GET /graphql?query=${encoded} HTTP/1.1\r\n${head}apollo-require-preflight: 1\r\n${headers}\r\n`;
    const answers = await Promise.all([posted, got].map((text) => sendRaw(service.url, text)));
    return answers.map(({ status, body, headers: sent }) => {
      return { status, body: JSON.parse(body), challenge: sent.get('www-authenticate') };
    });
  };
  for (const other of [good, 'Authorization: Bearer another\r\n', 'AUTHORIZATION:\r\n']) {
    await withoutStatements(async () => {
      expect(await ask(good + other)).toEqual([expected, expected]);
      expect(await ask(other + good)).toEqual([expected, expected]);
    });
  }
  expect(await ask(good)).toMatchObject([{ status: 200 }, { status: 200 }]);
});

test('a type of answer that there is not is refused before anything runs', async () => {
  for (const accept of ['text/html', 'application/json;q=0', 'image/*']) {
    await withoutStatements(async () => {
      expect(await post(QUERY, { accept })).toMatchObject({ status: 406, body: refusal() });
    });
  }
});

describe('what is hardly HTTP', () => {
  const HOST = 'Host: localhost\r\n';
  test.each<[string, number, string[]]>([
    ['text', 400, ['Good morning\r\n\r\n']],
    ['a header without a name', 400, [`GET /health/live HTTP/1.1\r\n${HOST}: x\r\n\r\n`]],
    ['a request without a host', 400, ['GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n']],
    [
      'two lengths',
      400,
      [`POST /graphql HTTP/1.1\r\n${HOST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`],
    ],
    ['headers that are too long', 431, [`GET /health/live HTTP/1.1\r\n${HOST}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`]],
    ['an address that is too long', 431, [`GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`]],
    [
      'a body in pieces of no length',
      400,
      [`POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    ],
    ['headers that never end', 408, [`GET /health/live HTTP/1.1\r\n${HOST}`]],
    ['nothing at all', 408, []],
  ])('%s is answered in JSON, and the connection ended', async (_, status, parts) => {
    expectRefusal(await sendRaw(service.url, ...parts), status);
  });

  test('a body that never ends is answered, too', async () => {
    const head = `POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n`;
    expectRefusal(await sendRaw(impatient.url, `${head}{`), 408);
  });

  function expectRefusal(answer: RawAnswer, status: number) {
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toEqual({ status, body: refusal() });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(answer.body)),
      connection: 'close',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    });
  }

  test('what follows a request and is none gets no answer that could be taken for that of the request', async () => {
    const request = `POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${QUERY.length}\r\n\r\n`;
    expect((await sendRaw(service.url, `${request}${QUERY}nonsense\r\n\r\n`)).body).toBe('');
  });

  test('who expects something unheard of is answered', async () => {
    const { status } = await sendRaw(
      service.url,
      `GET /health/live HTTP/1.1\r\n${HOST}Expect: the-unexpected\r\nConnection: close\r\n\r\n`,
    );
    expect(status).toBe(200);
  });

  test('a client that is gone in the middle of a body is no fault of ours', async () => {
    const { hostname, port } = new URL(service.url);
    const socket = net.connect(Number(port), hostname);
    socket.write(`POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  });
});
