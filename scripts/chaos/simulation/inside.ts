/** Programs of a simulation: all of `app.ts`, several in this one process, each with a plug of its own that is pulled when it dies. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type App, createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { Secret } from '../../../src/secret.ts';
import { type Anchor, readAt } from '../clock.ts';
import { chaosRules } from '../company.ts';
import type { Nursery, Replica } from '../replicas.ts';

/** `left`: what the dead still have to end of themselves; awaited when the simulation is over. */
export type Inside = Nursery & { readonly left: () => Promise<unknown> };

export function openInside(): Inside {
  const ending: Promise<unknown>[] = [];
  const rules = chaosRules();
  return {
    async start({ connection, env, anchor }) {
      const plug = await openPlug(new URL(connection));
      const config = readConfig(env);
      if (!config.ok) throw new Error(config.mistakes.join('\n'));
      let time: Anchor = anchor();
      const app = await createApp({
        config: config.config,
        rules: await rules,
        connectionString: new Secret(plug.url),
        auditKey: new Secret('00'.repeat(32)),
        clock: { now: () => Temporal.Instant.fromEpochMilliseconds(Math.floor(readAt(time))) },
      });
      const url = await app.server.listen({ host: '127.0.0.1', port: 0 });
      return replicaOf(
        app,
        Number(new URL(url).port),
        (now) => void (time = now),
        () => {
          plug.pull();
          // What is left of it: timers that find no database any more.
          ending.push(app.stop().catch(() => undefined));
        },
      );
    },
    // Nothing is loaded ahead: it is all here.
    spare: 0,
    close: () => undefined,
    left: () => Promise.all(ending),
  };
}

function replicaOf(app: App, port: number, tell: Replica['tell'], die: () => void): Replica {
  let alive = true;
  return {
    port,
    pid: process.pid,
    isAlive: () => alive,
    tell,
    // What fails is tried again by itself; whoever asked looks at what is there.
    order: async (what) => {
      if (alive) await (what === 'tick' ? app.tick() : app.deliver()).catch(() => undefined);
    },
    kill: async () => {
      if (alive) die();
      alive = false;
    },
    signal: () => {
      throw new Error('a program of a simulation cannot be stopped alone');
    },
    said: () => '',
  };
}

/** All connections of one program to the database; pulled, they are cut, and there are no new ones. */
async function openPlug(
  database: URL,
): Promise<{ readonly url: string; readonly pull: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((program) => {
    const there = connect(Number(database.port), database.hostname);
    for (const socket of [program, there]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        program.destroy();
        there.destroy();
      });
    }
    program.pipe(there).pipe(program);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(database);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    pull() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
