/**
 * The platform's side of the long connection: an app asks where to connect, connects with the ticket it got, and each event
 * goes to one of its connections by chance, in one frame or in several.
 *
 * - acknowledged: the app's frame with the same headers and a code; 200 for taken, 500 for come again.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame } from './frames.ts';
import type { Frame } from './frames.ts';
import type { Route } from './gateway.ts';
import { newId } from './ids.ts';
import { isObject, parseJson, textAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { shuffled } from './push.ts';
import type { Outcome } from './wire.ts';

/** What a client is told to do, in seconds; -1 for any number of tries. */
export type ClientConfig = {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
};

/** What a test sees of the connections, and does to them. */
export type Connections = {
  /** How many are open. */
  readonly open: () => number;
  /** How many events each connection was given, in the order in which they were opened. */
  readonly carried: () => readonly number[];
  /** Cuts all of them, now. */
  readonly drop: () => void;
  /** What the clients did against the protocol. */
  readonly faults: readonly string[];
  /** Pings so far. */
  readonly pings: () => number;
  /** Told to clients that connect, and with every pong. */
  config: ClientConfig;
  /** While set: whoever asks where to connect is refused with this code (1, 403, 514, 1000040343, 1000040350). */
  refusal: number | undefined;
  /** While set: events come in frames of so many bytes, the frames in any order. */
  fragment: number | undefined;
  /** While set: taps come in frames of the type `card`, as from an app whose callbacks are set up the old way. */
  cardFrames: boolean;
};

export type LongConnections = {
  readonly connections: Connections;
  readonly routes: readonly Route[];
  /** Serves the connections on this server, which listens at `baseUrl`. */
  readonly attach: (server: Server, baseUrl: string) => void;
  /** Gives an event to one connection by chance; answers what was acknowledged. */
  readonly push: (envelope: JsonObject, deadlineMs: number) => Promise<Outcome>;
  readonly close: () => void;
};

export type LongConnectionParts = {
  readonly app: { readonly appId: string; readonly appSecret: string };
  readonly pace: () => number;
  readonly random: () => number;
  /** Told of each connection that opens or ends. */
  readonly changed: () => void;
};

/** An app may have so many. */
const MOST_CONNECTIONS = 50;
const PATH = '/ws/v2';

type Waiting = {
  readonly sent: Readonly<Record<string, string>>;
  readonly end: (outcome: Acked) => void;
};
type Acked = { readonly code: number; readonly data: string } | 'unacked';

type Connection = {
  readonly socket: WebSocket;
  readonly service: number;
  readonly waiting: Map<string, Waiting>;
  carried: number;
};

export function createLongConnections(parts: LongConnectionParts): LongConnections {
  const all: Connection[] = [];
  const tickets = new Map<string, number>();
  const faults: string[] = [];
  let pings = 0;
  let base = '';
  const openOnes = (): readonly Connection[] =>
    all.filter(({ socket }) => socket.readyState === WebSocket.OPEN);
  const connections: Connections = {
    open: () => openOnes().length,
    carried: () => all.map(({ carried }) => carried),
    drop: () => {
      for (const { socket } of all) socket.terminate();
    },
    faults,
    pings: () => pings,
    config: { ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120 },
    refusal: undefined,
    fragment: undefined,
    cardFrames: false,
  };

  const refusalOf = (body: unknown): number | undefined => {
    if (connections.refusal !== undefined) return connections.refusal;
    const known = textAt(body, 'AppID') === parts.app.appId;
    if (!known || textAt(body, 'AppSecret') !== parts.app.appSecret) return 514;
    return openOnes().length >= MOST_CONNECTIONS ? 1_000_040_350 : undefined;
  };
  const endpoint: Route = {
    method: 'POST',
    path: '/callback/ws/endpoint',
    open: true,
    answer({ body }) {
      const code = refusalOf(body);
      if (code !== undefined) return { json: { code, msg: `refused with ${code}` } };
      const ticket = newId('');
      const service = 1_000_000 + tickets.size;
      tickets.set(ticket, service);
      const query = `device_id=${newId('').slice(0, 19)}&service_id=${service}&ticket=${ticket}`;
      const URL = `${base.replace('http', 'ws')}${PATH}?${query}`;
      return { json: { code: 0, msg: '', data: { URL, ClientConfig: connections.config } } };
    },
  };

  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const url = new URL(request.url ?? '', 'http://stand-in');
    const ticket = url.searchParams.get('ticket') ?? '';
    const service = tickets.get(ticket);
    tickets.delete(ticket);
    if (url.pathname !== PATH || service === undefined) {
      socket.end(
        'HTTP/1.1 403 Forbidden\r\nhandshake-status: 403\r\nhandshake-msg: ticket\r\n\r\n',
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => take(opened, service));
  };
  const take = (socket: WebSocket, service: number): void => {
    const connection: Connection = { socket, service, waiting: new Map(), carried: 0 };
    all.push(connection);
    socket.on('message', (bytes, isBinary) => {
      const problem =
        isBinary && Buffer.isBuffer(bytes)
          ? heard(connection, bytes)
          : 'a frame that is not binary';
      if (problem !== undefined) faults.push(problem);
    });
    socket.on('close', () => {
      for (const { end } of connection.waiting.values()) end('unacked');
      parts.changed();
    });
    parts.changed();
  };

  /** Takes what a client sent; answers what is wrong with it. */
  const heard = (connection: Connection, bytes: Buffer): string | undefined => {
    const frame = decodeFrame(bytes);
    if (frame.service !== connection.service) return `service ${frame.service}`;
    if (frame.method === 1) return acknowledged(connection, frame);
    if (frame.headers['type'] !== 'ping') return `control frame ${frame.headers['type']}`;
    pings += 1;
    const payload = Buffer.from(JSON.stringify(connections.config));
    connection.socket.send(
      encodeFrame({ service: connection.service, method: 0, headers: { type: 'pong' }, payload }),
    );
    parts.changed();
    return undefined;
  };
  return {
    connections,
    routes: [endpoint],
    attach: (server, baseUrl) => {
      base = baseUrl;
      server.on('upgrade', upgrade);
    },
    async push(envelope, deadlineMs) {
      const began = parts.pace();
      const [connection] = shuffled(openOnes(), parts.random);
      if (!connection) return { got: 'nothing', why: 'unconnected', ms: 0 };
      const isTap = textAt(envelope['header'], 'event_type') === 'card.action.trigger';
      const type = isTap && connections.cardFrames ? 'card' : 'event';
      const frames = framesOf(connection.service, type, envelope, connections.fragment);
      const acked = await send(connection, shuffled(frames, parts.random), deadlineMs);
      const ms = parts.pace() - began;
      if (acked === 'unacked') return { got: 'nothing', why: 'unacked', ms };
      return { got: 'answer', status: acked.code, body: acked.data, ms };
    },
    close: () => {
      connections.drop();
      sockets.close();
    },
  };
}

/** The event in frames of at most so many bytes; they share a message id. */
function framesOf(
  service: number,
  type: 'event' | 'card',
  envelope: JsonObject,
  most: number | undefined,
): readonly Frame[] {
  const bytes = Buffer.from(JSON.stringify(envelope));
  const size = most ?? bytes.length;
  const sum = Math.ceil(bytes.length / size);
  const [message_id, trace_id] = [newId(''), newId('')];
  return Array.from({ length: sum }, (_, seq) => ({
    service,
    method: 1,
    headers: { type, message_id, trace_id, sum: String(sum), seq: String(seq) },
    payload: bytes.subarray(seq * size, (seq + 1) * size),
  }));
}

/** Sends the frames of one event, and waits for its acknowledgement. */
function send(
  connection: Connection,
  frames: readonly Frame[],
  deadlineMs: number,
): Promise<Acked> {
  const sent = frames.at(-1)?.headers ?? {};
  const id = sent['message_id'] ?? '';
  connection.carried += 1;
  return new Promise((resolve) => {
    const end = (outcome: Acked): void => {
      clearTimeout(timer);
      connection.waiting.delete(id);
      resolve(outcome);
    };
    const timer = setTimeout(() => end('unacked'), deadlineMs);
    connection.waiting.set(id, { sent, end });
    for (const frame of frames) connection.socket.send(encodeFrame(frame));
  });
}

/** An acknowledgement is the frame itself once more, with the time it took and a payload. One that nobody waits for is late. */
function acknowledged(connection: Connection, { headers, payload }: Frame): string | undefined {
  const waiting = connection.waiting.get(headers['message_id'] ?? '');
  if (!waiting) return undefined;
  const { biz_rt: took, ...same } = headers;
  if (took === undefined || !/^-?\d+$/.test(took)) return 'an acknowledgement without biz_rt';
  if (JSON.stringify(same) !== JSON.stringify(waiting.sent)) return 'other headers than were sent';
  const answer = parseJson(payload.toString('utf8'));
  if (!isObject(answer) || typeof answer['code'] !== 'number')
    return 'an acknowledgement without code';
  const data = textAt(answer, 'data') ?? '';
  waiting.end({ code: answer['code'], data: Buffer.from(data, 'base64').toString('utf8') });
  return undefined;
}
