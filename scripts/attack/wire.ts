/** Requests as an attacker makes them: any method, any bytes, over connections that stay open. */
import { Agent, request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';

/** What came back; status 0: the connection was cut. `ms`: how long it took. */
export type Answer = { readonly status: number; readonly body: string; readonly ms: number };

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array;
  /** The address of ours that it comes from, where it is to count as somebody else's: over a connection of its own. */
  readonly from?: string;
};

export type Wire = {
  readonly send: (request: Request) => Promise<Answer>;
  readonly close: () => void;
};

/** Waited at most, ms. */
const PATIENCE_MS = 30_000;

/** Connections to a program at this origin, kept open. */
export function createWire(origin: string): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { hostname, port } = new URL(origin);
  const send = ({ method, path, headers = {}, body, from }: Request): Promise<Answer> => {
    const began = performance.now();
    const ms = (): number => performance.now() - began;
    return new Promise((resolve) => {
      const cut = (): void => resolve({ status: 0, body: '', ms: ms() });
      const length = body ? { 'content-length': body.length } : {};
      const call = request(
        {
          ...(from === undefined ? { agent } : { agent: false, localAddress: from }),
          hostname,
          port,
          method,
          path,
          headers: { ...length, ...headers },
        },
        (answer) => {
          // What never ends by itself is heard no further than its head.
          if (answer.headers['content-type']?.startsWith('text/event-stream')) {
            resolve({ status: answer.statusCode ?? 0, body: '', ms: ms() });
            call.destroy();
            return;
          }
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', cut);
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            resolve({ status: answer.statusCode ?? 0, body: text, ms: ms() });
          });
        },
      );
      call.setTimeout(PATIENCE_MS, () => call.destroy());
      call.on('error', cut);
      call.end(body);
    });
  };
  return { send, close: () => agent.destroy() };
}
