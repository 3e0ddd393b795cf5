import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { drawMessage, type Reader } from '../draw.ts';
import type { NewsEvent } from '../protocol.ts';
import type { Happening, Simulator } from '../simulator.ts';
import { messagesSince, newestPlaces, type SimulatorMessage } from '../store.ts';
import { clockEvent } from './clock.ts';
import { languageSchema, read } from './input.ts';

/** Often enough that no proxy on the way takes the connection for dead. */
const HEARTBEAT_MS = 20_000;

/** A page that does not read is let go; it asks again for what it missed. In bytes. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** Two writers may commit in another order than they took their numbers: what is read again the page knows already. */
const OVERLAP = 20;

const querySchema = z.object({
  people: z.string().max(2_000).default(''),
  language: languageSchema,
});

/** Who a page watches, how it reads, and the last change it has seen. */
type Watch = {
  readonly people: ReadonlySet<string>;
  readonly reader: Reader;
  readonly since: number;
};

/**
 * `GET /simulator/stream?people=a,b&language=zh`: Server-Sent Events. `message` for new and changed messages of these
 * people, `news` for whomever the office wrote to, `clock`, `reset`. Begins with what the page has not seen.
 */
export function streamRoutes(server: FastifyInstance, simulator: Simulator): void {
  const open = new Set<ServerResponse>();
  server.addHook('preClose', async () => open.forEach((response) => response.end()));
  // Who asks for the head alone would hold a connection that never says anything.
  server.get('/simulator/stream', { exposeHeadRoute: false }, async (request, reply) => {
    const watch = watchOf(request, simulator);
    const waiting: string[] = [];
    let write = (event: string): unknown => waiting.push(event); // until what went before is written
    const leave = simulator.hub.subscribe((happening) =>
      eventsOf(happening, watch, simulator).forEach((event) => write(event)),
    );
    const missed = await missedEvents(simulator, watch).catch((error: unknown) => {
      leave();
      throw error;
    });
    reply.hijack();
    const response = begin(reply.raw, reply.getHeaders());
    open.add(response);
    const beat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(beat);
      leave();
      open.delete(response);
    });
    write = (event) =>
      response.writableLength > MOST_UNREAD ? response.destroy() : response.write(event);
    [...missed, ...waiting].forEach((event) => write(event));
  });
}

function begin(response: ServerResponse, headers: object): ServerResponse {
  return response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
}

function watchOf(request: FastifyRequest, simulator: Simulator): Watch {
  const query = read(querySchema, request.query);
  const wanted = new Set(query.people.split(','));
  const last = Number(request.headers['last-event-id']);
  return {
    people: new Set(simulator.demo.people.map((each) => each.id).filter((id) => wanted.has(id))),
    reader: { language: query.language, zone: simulator.zone },
    since: Number.isSafeInteger(last) ? Math.max(0, last - OVERLAP) : 0,
  };
}

async function missedEvents(simulator: Simulator, watch: Watch): Promise<readonly string[]> {
  const { db } = simulator;
  const chats = await Promise.all(
    [...watch.people].map((person) => messagesSince(db, person, watch.since)),
  );
  const messages = chats.flat().sort((a, b) => a.change - b.change);
  const news = await newestPlaces(db);
  return [
    sse('clock', clockEvent(simulator)),
    ...messages.map((message) => messageEvent(message, watch.reader)),
    ...news.map((each) => sse('news', each)),
  ];
}

function eventsOf(happening: Happening, watch: Watch, simulator: Simulator): readonly string[] {
  switch (happening.what) {
    case 'clock':
      return [sse('clock', clockEvent(simulator))];
    case 'reset':
      return [sse('reset', {})];
    case 'message': {
      const { message } = happening;
      const { person, place } = message;
      const news: NewsEvent = { person, place };
      return [
        ...(watch.people.has(person) ? [messageEvent(message, watch.reader)] : []),
        ...(message.direction === 'out' ? [sse('news', news)] : []),
      ];
    }
  }
}

const messageEvent = (message: SimulatorMessage, reader: Reader): string =>
  `id: ${message.change}\n${sse('message', drawMessage(message, reader))}`;

/** One event; JSON has no line feeds, so one data line holds it. */
const sse = (event: string, data: object): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
