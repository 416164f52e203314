import type pg from 'pg';

const losses = new WeakMap<object, Error>();

/**
 * Listens to a new connection for as long as it lives. Between two statements, and while it is lent out, nobody else may:
 * then an error, such as one about a timeout or from a Postgres that shuts down, would end the process.
 */
export function watchForLoss(client: pg.ClientBase): void {
  client.on('error', (error) => {
    if (!losses.has(client)) losses.set(client, error);
  });
}

/** What a connection ended with; undefined while it lives. */
export const lossOf = (client: object): Error | undefined => losses.get(client);
