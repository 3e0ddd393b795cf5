/** A fault proxy in front of the platform's API: it sees each call before the platform does, and each answer before the program. */
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Fate } from './fate.ts';

/** A call on its way. `n` counts from the start of the proxy; `to` is who a message is for (`receive_id`). */
export type ApiCall = {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly to?: string | undefined;
};

/** Besides what can happen to any exchange: answered by the proxy, or never answered (before or after it took effect). */
export type ApiFate = Fate | { readonly answer: number } | { readonly silent: 'before' | 'after' };

export type PlatformProxy = {
  readonly url: string;
  decide: (call: ApiCall) => ApiFate;
  /** Refuses connections, until it is called with false. */
  readonly refuse: (on: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openPlatformProxy(upstream: string): Promise<PlatformProxy> {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const parts = { decide: (_call: ApiCall): ApiFate => 'pass', calls: 0 };
  const server = createServer((asked, answer) => {
    const [path = ''] = (asked.url ?? '').split('?');
    const n = ++parts.calls;
    bytesOf(asked)
      .then((body) => {
        const fate = parts.decide({ n, method: asked.method ?? '', path, to: receiverOf(body) });
        return exchange(asked, body, answer, fate, upstream, agent);
      })
      .catch(() => asked.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get decide() {
      return parts.decide;
    },
    set decide(decide) {
      parts.decide = decide;
    },
    async refuse(on) {
      if (on) return stop();
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      if (server.listening) await stop();
      agent.destroy();
    },
  };
}

function receiverOf(body: Buffer): string | undefined {
  try {
    const { receive_id: to } = JSON.parse(body.toString()) as { readonly receive_id?: unknown };
    return typeof to === 'string' ? to : undefined;
  } catch {
    // Nothing, a form or a file: for nobody in particular.
    return undefined;
  }
}

async function exchange(
  asked: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  fate: ApiFate,
  upstream: string,
  agent: Agent,
): Promise<void> {
  if (fate !== 'pass') {
    if ('answer' in fate) return refused(answer, fate.answer);
    if ('wait' in fate) await new Promise((resolve) => setTimeout(resolve, fate.wait));
    if ('silent' in fate && fate.silent === 'before') return;
    if ('hold' in fate && fate.hold === 'before') return fate.struck();
    if ('cut' in fate && fate.cut === 'before') {
      fate.struck?.();
      return void asked.socket.destroy();
    }
  }
  const got = await forward(asked, body, upstream, agent);
  if (fate !== 'pass' && 'silent' in fate) return;
  if (fate !== 'pass' && 'hold' in fate) return fate.struck();
  if (fate !== 'pass' && 'cut' in fate) {
    fate.struck?.();
    return void asked.socket.destroy();
  }
  const { connection: _own, 'keep-alive': _its, ...headers } = got.headers;
  answer.writeHead(got.status, headers).end(got.body);
}

/** As the platform's gateway refuses: too many, or a failure inside. */
function refused(answer: ServerResponse, status: number): void {
  const tooMany = status === 429;
  const code = tooMany ? 99_991_400 : 2_200;
  answer
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      ...(tooMany && { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' }),
    })
    .end(JSON.stringify({ code, msg: tooMany ? 'request trigger frequency limit' : 'Internal' }));
}

type Got = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

function forward(
  asked: IncomingMessage,
  body: Buffer,
  upstream: string,
  agent: Agent,
): Promise<Got> {
  const { host: _host, connection: _connection, ...headers } = asked.headers;
  const length = { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(asked.url ?? '', upstream),
      { method: asked.method, agent, headers: { ...headers, ...length } },
      (got) => {
        bytesOf(got).then(
          (all) => resolve({ status: got.statusCode ?? 502, headers: got.headers, body: all }),
          reject,
        );
      },
    );
    call.on('error', reject).end(body);
  });
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
