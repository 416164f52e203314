import net from 'node:net';
import path from 'node:path';

/** A line to Postgres that can fall silent without a word to either side, as one that a network has forgotten. */
export interface SilentLine {
  /** Of the database, on this line. */
  url: string;
  /** What is said from now on goes nowhere, on all connections that say something. */
  silence(): void;
  /** Connections that are new say what they are told. */
  speak(): void;
  close(): Promise<void>;
}

export async function openSilentLine(databaseUrl: string): Promise<SilentLine> {
  const target = new URL(databaseUrl);
  const folder = target.searchParams.get('host');
  const connect = () =>
    folder
      ? net.connect(path.join(folder, `.s.PGSQL.${target.port}`))
      : net.connect(Number(target.port || 5432), target.hostname);
  const sockets = new Set<net.Socket>();
  let isSilent = false;
  const server = net.createServer((near) => {
    const far = connect();
    let isForgotten = false;
    const join = (from: net.Socket, to: net.Socket) => {
      sockets.add(from);
      from.on('data', (chunk) => {
        isForgotten ||= isSilent;
        if (!isForgotten) to.write(chunk);
      });
      from.on('error', () => {});
      from.once('close', () => to.destroy());
    };
    join(near, far);
    join(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    silence: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
