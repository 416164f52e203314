import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** What pg does not publish of its clients and connections, as far as it is needed here. */
interface Client {
  host: string;
  port: number;
  ssl: boolean | object;
  sslNegotiation: string;
  processID: number;
  secretKey: number;
}

interface Connection {
  stream: { destroy(error: Error): void };
  on(event: 'connect' | 'sslconnect' | 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

const Connection = pg.Connection as unknown as new (settings: object) => Connection;

/** How long Postgres may take to pass on a request to cancel, in milliseconds. */
const PATIENCE = 5_000;

/** How long to wait before asking again, at first, in milliseconds. */
const FIRST_PAUSE = 20;

/**
 * Asks Postgres to cancel what a connection is at, on a connection of its own, as the protocol wants it. Resolves when
 * Postgres has closed that one: it does so after it has signalled the process, so that no signal is on its way any longer.
 */
function requestCancel({ host, port, ssl, sslNegotiation, processID, secretKey }: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = new Connection({ ssl, sslNegotiation });
    const timer = setTimeout(() => connection.stream.destroy(new Error('The cancel request was not taken.')), PATIENCE);
    const send = () => connection.cancel(processID, secretKey);
    connection.on('connect', () => {
      if (!ssl) send();
      else if (sslNegotiation !== 'direct') connection.requestSsl();
    });
    connection.on('sslconnect', send);
    connection.on('error', reject);
    connection.on('end', () => {
      clearTimeout(timer);
      resolve();
    });
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}

/**
 * Stops the statement that a connection is at. Nobody else may have the connection before this has resolved: then the
 * statement is over, and no cancelling can hit the next one. See docs/adr/0010.
 * @param answered resolves when the statement has been answered, with whether the connection is as good as before
 * @throws when the connection must not be used again
 */
export async function cancelStatement(client: pg.ClientBase, answered: Promise<boolean>): Promise<void> {
  let isAnswered = false;
  const answer = answered.then((isUsable) => {
    isAnswered = true;
    return isUsable;
  });
  // A request that is there before the statement is one for nothing, so it is repeated.
  for (let pause = FIRST_PAUSE; !isAnswered; pause *= 2) {
    await requestCancel(client as unknown as Client);
    await Promise.race([answer, delay(pause, undefined, { ref: false })]);
  }
  if (!(await answer)) throw new Error('The connection is broken.');
  // A signal that comes late hits this, or nothing: Postgres takes it in before it begins with a further statement.
  await client.query({ text: '', query_timeout: PATIENCE } as pg.QueryConfig);
}
