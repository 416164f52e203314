import net from 'node:net';
import { WireCounter } from './wire-counter.mjs';

/**
 * A line to Postgres on which everything is counted. It can hold answers back, as a network does: what the service asks
 * without waiting for them has then been asked before they come, on a slow machine as well as on a fast one.
 * @param connect opens a connection to the server
 */
export async function openCountingLine(connect) {
  const line = { counter: new WireCounter(), holdBackMilliseconds: 0 };
  const sockets = new Set();
  const server = net.createServer({ noDelay: true }, (near) => {
    const far = connect();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(socket);
      socket.on('error', () => {}); // the other side hears that it is closed
      socket.once('close', () => {
        sockets.delete(socket);
        other.end();
      });
    }
    join(near, far, line);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  line.port = server.address().port;
  line.close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return line;
}

function join(near, far, line) {
  const connection = line.counter.connect();
  near.on('data', (chunk) => {
    connection.countSent(chunk);
    far.write(chunk);
  });
  far.on('data', (chunk) => {
    const { bytes, answers } = connection.takeReceived(chunk);
    const pass = () => {
      near.write(bytes);
      connection.finish(answers);
    };
    if (line.holdBackMilliseconds === 0) pass();
    else setTimeout(pass, line.holdBackMilliseconds);
  });
}
