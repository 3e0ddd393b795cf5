/** The addresses the platform calls. Events and card callbacks may come to either, as the console allows one for both. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Push } from './envelope.ts';
import type { Reply } from './receive.ts';

/** The largest body that is read, bytes (team's reliability notes §11). */
const BODY_BYTES = 256 * 1024;

const ADDRESSES = ['/feishu/events', '/feishu/cards'] as const;

/** A plugin with its own reading of bodies: raw bytes, since signatures are made over them. */
export const webhookPlugin =
  (receive: (push: Push) => Promise<Reply>): FastifyPluginAsync =>
  async (server) => {
    readRawJsonOnly(server);
    for (const address of ADDRESSES) {
      // Not an async function: its promise is one more that everything that comes in would pay for.
      server.post(address, { bodyLimit: BODY_BYTES }, (request, reply) => {
        const raw = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
        receive({ heads: request.headers, raw }).then(
          (answer) => send(reply, answer),
          (error: unknown) => reply.send(error),
        );
      });
    }
  };

/** Bodies are JSON and stay bytes; anything else is refused. */
export function readRawJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_BYTES },
    (_request, body, done) => done(null, body),
  );
  server.addHook('onRequest', refuseEncoded);
  server.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    // Whoever breaks off in the middle of a body is no fault of ours, and may do so as often as they like.
    if (status >= 500 && request.raw.complete)
      request.log.error({ fault: nameOf(error) }, 'feishu push failed');
    return reply.code(status).send();
  });
}

/** Compressed bodies are none the platform sends, and could be far larger than they look. */
function refuseEncoded(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  if (request.headers['content-encoding'] === undefined) next();
  else void reply.code(415).send();
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

const statusOf = (error: unknown): number =>
  typeof error === 'object' &&
  error !== null &&
  'statusCode' in error &&
  typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;

function send(reply: FastifyReply, answer: Reply): FastifyReply {
  return 'body' in answer
    ? reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
    : reply.code(answer.status).send();
}
