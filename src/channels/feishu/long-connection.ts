/**
 * The platform's events over a connection that we keep open, through the official SDK. One client of the SDK is one
 * connection, which is never mended: the SDK would wait up to half a minute before its first try, and says nothing of a first
 * try that failed. When a connection ends we open the next one ourselves.
 *
 * - in hand: events that came and are not answered yet. An answer goes over the connection its event came by.
 */
import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { setImmediate as soon } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { EventDispatcher, type Logger, LoggerLevel, WSClient } from './sdk.ts';
import type { Secret } from '../../secret.ts';
import { watchCardFrames } from './card-frames.ts';
import { connectionConfig } from './connection-config.ts';
import type { Counts } from './counts.ts';
import { createHttp } from './http.ts';
import { inTime } from './in-time.ts';
import type { Log } from './log.ts';
import type { Reply } from './receive.ts';

export type LongConnection = {
  /** Begins to connect, and goes on until `stop`. A platform that cannot be reached is tried again. */
  readonly start: () => void;
  readonly connected: () => boolean;
  /** Answers what is in hand, closes the connection, and ends when nothing is in hand any more. */
  readonly stop: () => Promise<void>;
};

export type LongConnectionParts = {
  readonly appId: string;
  readonly appSecret: Secret;
  /** The platform's address, which says where to connect. */
  readonly baseUrl: string;
  readonly log: Log;
  readonly counts: Counts;
  /** Takes a whole envelope. What is not answered 200 is not acknowledged, and comes again. */
  readonly receive: (envelope: unknown) => Promise<Reply>;
};

/** The first try after an open connection ended waits up to this, one after a failed try up to twice as long as that one. ms. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Connecting, TLS included. ms. */
const HANDSHAKE_MS = 5_000;
/** Nothing heard for so long after a ping: the connection is dead. Seconds. */
const PONG_SECONDS = 10;
/** How long the connection stays open for what is in hand when we stop; the platform waits 3 s for an answer. ms. */
const STOP_MS = 2_500;

export function createLongConnection(parts: LongConnectionParts): LongConnection {
  const { log, counts } = parts;
  const http = createHttp(parts.baseUrl, log);
  const inHand = new Set<Promise<unknown>>();
  const dispatcher = new WholeEnvelopes((envelope) => {
    const work = parts.receive(envelope).then(bodyOf);
    const ended = work.catch(() => undefined).finally(() => inHand.delete(ended));
    inHand.add(ended);
    return work;
  });
  let tries = 0;
  let current: Connection | undefined;
  let next: NodeJS.Timeout | undefined;
  let stopped = false;

  const connect = (): void => {
    current = openConnection(parts, http, dispatcher, {
      opened: () => {
        counts.add('connected');
        log('feishu.connected', {});
      },
      ended: ({ held, code }) => {
        if (stopped) return;
        tries = held > 0 ? 0 : tries;
        const waitMs = Math.random() * Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
        tries += 1;
        const what = held > 0 ? 'disconnected' : 'not-connected';
        counts.add(what);
        log(`feishu.${what}`, { code, ...meaningOf(code), againInMs: Math.round(waitMs) });
        next = setTimeout(connect, waitMs);
      },
    });
  };
  const idle = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.all(inHand);
    await soon(); // the SDK sends an answer in the same turn in which it gets it
  };
  return {
    start: connect,
    connected: () => current?.open() ?? false,
    async stop() {
      stopped = true;
      clearTimeout(next);
      await inTime(idle(), STOP_MS);
      current?.close();
      await Promise.all(inHand);
      await http.close();
    },
  };
}

/** An event that was not kept: the SDK answers with code 500 what is thrown here. */
class NotKept extends Error {
  override name = 'NotKept';
}

function bodyOf(reply: Reply): object {
  if (reply.status === 200) return reply.body;
  throw new NotKept(`${reply.status}`);
}

/** The SDK's own dispatcher lays header and event over each other, so that fields are lost; this one hands on the whole. */
class WholeEnvelopes extends EventDispatcher {
  readonly #take: (envelope: unknown) => Promise<object>;
  constructor(take: (envelope: unknown) => Promise<object>) {
    super({ logger: silent, loggerLevel: LoggerLevel.fatal });
    this.#take = take;
  }
  override invoke(envelope: unknown): Promise<object> {
    return this.#take(envelope);
  }
}

/** Lines of the SDK quote the address of the connection, with its ticket, and people's words: we tell what happens ourselves. */
const nothing = (): void => undefined;
const silent: Logger = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
};

type Connection = { readonly open: () => boolean; readonly close: () => void };

/** `held`: how long the connection was open, ms, 0 if it never was. `code`: the platform's, or a word of ours. */
type Ending = { readonly held: number; readonly code: string };

/** One connection from its first call to its end, which is told once. */
function openConnection(
  { appId, appSecret, baseUrl, log, counts }: LongConnectionParts,
  http: ReturnType<typeof createHttp>,
  dispatcher: EventDispatcher,
  told: { readonly opened: () => void; readonly ended: (ending: Ending) => void },
): Connection {
  let openedAt: number | undefined;
  let over = false;
  let code = 'handshake';
  const end = (): void => {
    if (over) return;
    over = true;
    client.close({ force: true });
    const held = openedAt === undefined ? 0 : Math.max(1, performance.now() - openedAt);
    told.ended({ held, code: openedAt === undefined ? code : 'closed' });
  };
  const client = new WSClient({
    appId,
    appSecret: appSecret.reveal(),
    domain: baseUrl,
    logger: silent,
    loggerLevel: LoggerLevel.fatal,
    httpInstance: connectionConfig(http, baseUrl, (failed) => {
      code = failed;
    }),
    agent: watchedAgent(baseUrl, () => openedAt !== undefined && end()),
    autoReconnect: false,
    handshakeTimeoutMs: HANDSHAKE_MS,
    wsConfig: { pingTimeout: PONG_SECONDS },
    onReady: () => {
      openedAt = performance.now();
      if (!watchCardFrames(client, () => counts.add('card-frame'))) log('feishu.frames-unseen', {});
      told.opened();
    },
    onError: end,
  });
  void client.start({ eventDispatcher: dispatcher });
  return {
    open: () => openedAt !== undefined && !over,
    close: () => {
      over = true;
      client.close();
    },
  };
}

/** Opens the connection's socket, and hears of its end: a client that does not mend its connection keeps that to itself. */
function watchedAgent(baseUrl: string, closed: () => void): PlainAgent {
  const agent = baseUrl.startsWith('https:') ? new SecureAgent() : new PlainAgent();
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = open(options, done);
    socket?.once('close', closed);
    if (socket) holdFirstFrames(socket);
    return socket;
  };
  return agent;
}

/**
 * The SDK begins to listen a moment after the connection is open, and events that came in one packet with the handshake were
 * lost. What is left of that packet is put back onto the socket; it waits there until the SDK listens.
 */
function holdFirstFrames(socket: Duplex): void {
  const putBack = socket.unshift.bind(socket);
  socket.unshift = (rest: unknown) => {
    socket.pause();
    putBack(rest);
    setImmediate(() => socket.resume());
  };
}

/** Refusals that somebody has to do something about (platform notes §2). */
const MEANINGS: { readonly [code: string]: string } = {
  '403': 'the platform forbids this app the long connection',
  '514': 'FEISHU_APP_ID and FEISHU_APP_SECRET are not accepted',
  '1000040350': 'this app has all the connections it may have (50)',
};

const meaningOf = (code: string): { readonly why?: string } =>
  MEANINGS[code] === undefined ? {} : { why: MEANINGS[code] };
