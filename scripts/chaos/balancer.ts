/** One address for several programs: each new connection goes to the next that answers, as a balancer that knows nothing else does. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Balancer = {
  readonly url: string;
  /** The ports of the programs that are there. */
  targets: readonly number[];
  readonly close: () => Promise<void>;
};

export async function openBalancer(): Promise<Balancer> {
  const parts: { targets: readonly number[]; next: number } = { targets: [], next: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.once('close', () => sockets.delete(client));
    client.on('error', () => client.destroy());
    join(client, parts.targets, parts.next++);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get targets() {
      return parts.targets;
    },
    set targets(targets) {
      parts.targets = targets;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Tries one after the other; what was begun with one is never told to another. */
function join(client: Socket, targets: readonly number[], first: number, tried = 0): void {
  const port = targets[(first + tried) % Math.max(1, targets.length)];
  if (port === undefined || tried >= targets.length) return void client.destroy();
  const program = connect(port, '127.0.0.1');
  let joined = false;
  program.once('connect', () => {
    joined = true;
    client.pipe(program).pipe(client);
  });
  program.on('error', () => {
    if (joined) client.destroy();
    else join(client, targets, first, tried + 1);
  });
  program.once('close', () => {
    if (joined) client.destroy();
  });
  client.once('close', () => program.destroy());
}
