import net from 'node:net';

/**
 * The load: so many connections, each of which asks its next question when its last one is answered. It shares a core with
 * the database where there are only two, so it does as little as can be: requests are bytes before anything is timed,
 * and of an answer it reads the status and where it ends.
 */

const lineEnd = '\r\n';
const headEnd = Buffer.from('\r\n\r\n');
/** The last chunk of an answer in chunks; JSON has no such bytes in it. */
const lastChunk = Buffer.from('0\r\n\r\n');
const graphqlErrors = Buffer.from('"errors":[');

/** The bytes of a request; those of a body that is written anew each time are put together when it is sent. */
function toBytes({ method, path, headers, body }, host) {
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${host}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  const head = lines.join(lineEnd);
  const whole = (text) =>
    Buffer.from(`${head}${lineEnd}content-length: ${Buffer.byteLength(text)}${lineEnd}${lineEnd}${text}`);
  if (typeof body === 'function') return () => whole(body());
  const bytes = body === undefined ? Buffer.from(head + lineEnd + lineEnd) : whole(body);
  return () => bytes;
}

/** Whether all of an answer is there. @throws when it is no good one */
function isWhole(received) {
  const end = received.indexOf(headEnd);
  if (end < 0) return false;
  const head = received.latin1Slice(0, end);
  const length = /content-length: *(\d+)/i.exec(head)?.[1];
  const isComplete =
    length === undefined
      ? received.subarray(-lastChunk.length).equals(lastChunk)
      : received.length >= end + headEnd.length + Number(length);
  if (!isComplete) return false;
  if (!head.startsWith('HTTP/1.1 200') || received.includes(graphqlErrors))
    throw new Error(`An answer that is none: ${received.toString().slice(0, 2000)}`);
  return true;
}

/** One connection: asks each of its requests in turn until the time is over, then waits for its last answer. */
function runConnection({ hostname, port }, requests, until, durations) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    let next = 0;
    let received = null;
    let start = 0;
    const ask = () => {
      start = performance.now();
      if (start >= until) {
        socket.end();
        resolve();
        return;
      }
      socket.write(requests[next++ % requests.length]());
    };
    socket.on('connect', ask);
    socket.on('data', (chunk) => {
      received = received === null ? chunk : Buffer.concat([received, chunk]);
      try {
        if (!isWhole(received)) return;
      } catch (error) {
        socket.destroy();
        reject(error);
        return;
      }
      received = null;
      durations.push(performance.now() - start);
      ask();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection.'))); // does nothing where all is well
  });
}

/** Prepares requests: no two connections share any of them, so no two are ever about the same rows at once. */
export function prepare(url, requests, connections) {
  const { host } = new URL(url);
  const bytes = requests.map((request) => toBytes(request, host));
  return Array.from({ length: connections }, (_, place) => bytes.filter((_, index) => index % connections === place));
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/**
 * Asks for so many seconds; what has been asked is answered in any case.
 * @param requestsOf for each connection its requests, from `prepare`
 * @param skip how many of them each connection leaves out at the start, so that rounds are about different rows
 * @returns requests per second, and how long they took in milliseconds
 */
export async function load(url, requestsOf, seconds, skip = 0) {
  const durations = [];
  const began = performance.now();
  const processor = process.cpuUsage();
  await Promise.all(
    requestsOf.map((requests) => {
      const first = skip % requests.length;
      return runConnection(
        new URL(url),
        [...requests.slice(first), ...requests.slice(0, first)],
        began + seconds * 1000,
        durations,
      );
    }),
  );
  const elapsed = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(processor);
  durations.sort((one, other) => one - other);
  return {
    perSecond: durations.length / elapsed,
    answered: durations.length,
    p50: percentile(durations, 0.5),
    p99: percentile(durations, 0.99),
    loadMicroseconds: (user + system) / durations.length,
  };
}
