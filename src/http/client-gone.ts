import type { ServerResponse } from 'node:http';

/** Whether the client has left before all of the answer was handed over. */
export const wentAway = (response: ServerResponse): boolean => response.destroyed && !response.writableFinished;

/** A signal that is aborted when the client goes away before it was answered. */
export function signalWhenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (wentAway(response)) gone.abort();
  });
  return gone.signal;
}
