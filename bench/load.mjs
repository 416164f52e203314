import autocannon from 'autocannon';

/**
 * Asks for so many seconds, on so many connections, each with an order of its own: no two ask the same at once.
 * @returns requests per second, and how long they took in milliseconds
 */
export async function load(url, requests, { connections, seconds }) {
  let next = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 30,
    setupClient(client) {
      const start = Math.floor((next++ * requests.length) / connections);
      client.setRequests([...requests.slice(start), ...requests.slice(0, start)]);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers that are none, ${result.errors} errors`);
  const { p50, p99 } = result.latency;
  return { perSecond: result.requests.average, answered: result['2xx'], p50, p99 };
}
