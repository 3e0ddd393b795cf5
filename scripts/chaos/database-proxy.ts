/**
 * A fault proxy in front of Postgres. It reads the frontend/backend protocol (version 3) as far as needed to see each statement before the
 * server does, and to know when its answer is complete. Authentication passes through untouched.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Fate } from './fate.ts';

/** A statement on its way. `n` counts from the start of the proxy; `by`: the application name of its connection, `on`: which one that is. */
export type Statement = {
  readonly n: number;
  readonly text: string;
  readonly by: string;
  readonly on: number;
};

export type DatabaseProxy = {
  /** The same database as behind it, through it. */
  readonly urlOf: (upstream: string) => string;
  /** Decides about each statement; passes all until it is set. */
  decide: (statement: Statement) => Fate;
  /** Bytes a second of the answers of each connection; 0: as fast as they come. */
  throttle: number;
  /** Cuts all connections; how many there were. */
  readonly cutAll: () => number;
  /** Refuses new connections and cuts those there are, until it is called with false. */
  readonly refuse: (on: boolean) => Promise<void>;
  /** Nothing passes in either direction, until it is called with false. */
  readonly hang: (on: boolean) => void;
  readonly open: () => number;
  readonly close: () => Promise<void>;
};

/** `socket`: where the server listens. */
export async function openDatabaseProxy(socket: string): Promise<DatabaseProxy> {
  const links = new Set<() => void>();
  const parts: Parts = {
    decide: () => 'pass',
    throttle: 0,
    statements: 0,
    links: 0,
    hung: undefined,
  };
  const server = createServer((client) => {
    const end = link(client, connect(socket), parts);
    links.add(end);
    client.once('close', () => links.delete(end));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cutAll = (): number => {
    const count = links.size;
    for (const end of links) end();
    return count;
  };
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    cutAll();
    await closed;
  };
  let release = (): void => undefined;
  return {
    urlOf: (upstream) => {
      const url = new URL(upstream);
      url.searchParams.delete('host');
      url.host = `127.0.0.1:${port}`;
      return url.href;
    },
    get decide() {
      return parts.decide;
    },
    set decide(decide) {
      parts.decide = decide;
    },
    get throttle() {
      return parts.throttle;
    },
    set throttle(bytes) {
      parts.throttle = bytes;
    },
    cutAll,
    async refuse(on) {
      if (on) return stop();
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    hang: (on) => {
      release();
      if (!on) return void (parts.hung = undefined);
      const { promise, resolve } = Promise.withResolvers<void>();
      parts.hung = promise;
      release = resolve;
    },
    open: () => links.size,
    close: async () => {
      release();
      if (server.listening) await stop();
    },
  };
}

type Parts = {
  decide: (statement: Statement) => Fate;
  throttle: number;
  statements: number;
  links: number;
  hung: Promise<void> | undefined;
};

/** Joins one connection of the program with one of the server; the result ends both. */
function link(client: Socket, server: Socket, parts: Parts): () => void {
  const texts = new Map<string, string>();
  const on = ++parts.links;
  let by = '';
  /** What is lost with the answer that comes next. */
  let losing: (() => void) | undefined;
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  client.on('error', end).on('close', end);
  server.on('error', end).on('close', end);

  /** One after the other, in the order they came. */
  let turn = Promise.resolve();
  const inTurn = (act: () => Promise<void> | void): void => {
    turn = turn.then(act).catch(end);
  };
  /** Messages that belong together: forwarded when the statement is complete. */
  let held: Buffer[] = [];
  let text = '';
  const frontend = reader((type, message) => {
    if (type === undefined) by = applicationIn(message);
    held.push(message);
    if (type === 'P') {
      const [name = '', said = ''] = strings(message.subarray(5));
      texts.set(name, said);
      text = said;
    }
    if (type === 'B') text = texts.get(strings(message.subarray(5))[1] ?? '') ?? text;
    if (type === 'Q') [text = ''] = strings(message.subarray(5));
    if (type !== undefined && !'QSpX'.includes(type)) return;
    const [whole, said] = [Buffer.concat(held), text];
    held = [];
    text = '';
    const isStatement = type === 'Q' || (type === 'S' && said !== '');
    inTurn(() => forward(whole, isStatement ? said : undefined));
  }, true);
  const forward = async (bytes: Buffer, said: string | undefined): Promise<void> => {
    await parts.hung;
    if (said !== undefined) {
      const fate = parts.decide({ n: ++parts.statements, text: said, by, on });
      if (fate !== 'pass' && 'wait' in fate)
        await new Promise((resolve) => setTimeout(resolve, fate.wait));
      if (fate !== 'pass' && 'cut' in fate) {
        const then = fate.struck ?? ((): void => undefined);
        if (fate.cut === 'before') {
          then();
          return end();
        }
        losing = () => {
          then();
          end();
        };
      }
      if (fate !== 'pass' && 'hold' in fate) {
        if (fate.hold === 'after') losing = fate.struck;
        else {
          fate.struck();
          return new Promise(() => undefined);
        }
      }
    }
    server.write(bytes);
  };
  const backend = reader((type) => {
    if (type !== 'Z' || !losing) return;
    losing();
  }, false);
  let flow = Promise.resolve();
  client.on('data', frontend);
  server.on('data', (chunk: Buffer) => {
    const lost = losing !== undefined;
    backend(chunk);
    if (lost) return;
    if (parts.throttle === 0 && parts.hung === undefined) {
      flow = flow.then(() => void client.write(chunk));
      return;
    }
    const ms = parts.throttle === 0 ? 0 : (chunk.length / parts.throttle) * 1_000;
    flow = flow
      .then(() => parts.hung)
      .then(() => new Promise((resolve) => setTimeout(resolve, ms)))
      .then(() => void client.write(chunk));
  });
  return end;
}

/** Cuts a stream into messages. The first one of a client has no type (`untyped`). */
function reader(
  hear: (type: string | undefined, message: Buffer) => void,
  untyped: boolean,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = untyped ? 0 : 1;
      if (rest.length < head + 4) return;
      const whole = head + rest.readUInt32BE(head);
      if (rest.length < whole) return;
      const message = rest.subarray(0, whole);
      rest = rest.subarray(whole);
      const type = untyped ? undefined : String.fromCharCode(message[0] ?? 0);
      untyped = false;
      hear(type, message);
    }
  };
}

/** Texts that end with a zero byte, one after the other. */
const strings = (bytes: Buffer): readonly string[] => bytes.toString('utf8').split('\0');

function applicationIn(startup: Buffer): string {
  const words = strings(startup.subarray(8));
  return words[words.indexOf('application_name') + 1] ?? '';
}
