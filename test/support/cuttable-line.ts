import net from 'node:net';

/** A line to a server that can be cut without a word to either side, as by a network that fails. */
export interface CuttableLine {
  port: number;
  /** Cuts all connections that there are. */
  cut(): void;
  close(): Promise<void>;
}

/** @param connect opens a connection to the server */
export async function openCuttableLine(connect: () => net.Socket): Promise<CuttableLine> {
  const sockets = new Set<net.Socket>();
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const server = net.createServer((near) => {
    const far = connect();
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
