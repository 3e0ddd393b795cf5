/** The other end for the tests of the stand-in itself: takes pushes and taps as an app would, and answers as the test says. */
import Fastify from 'fastify';
import { decrypt, signature } from './crypto.ts';
import type { Feishu } from './index.ts';
import { isObject, parseObject, textAt } from './json.ts';
import type { JsonObject } from './json.ts';

/** A push as it came: raw, and opened. `genuine`: the signature is right for the body. */
export type Received = {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: JsonObject;
  readonly content: JsonObject;
  readonly genuine: boolean;
};

/** Status and body of an answer; a text is sent as it is. `after`: waits for this first. */
export type Reply = {
  readonly status?: number;
  readonly body?: unknown;
  readonly after?: Promise<unknown>;
};

export type OfficeStub = {
  readonly url: string;
  readonly received: readonly Received[];
  /** The `event` of what came last. */
  readonly last: () => JsonObject;
  /** How the next pushes are answered. */
  answer: (received: Received) => Reply;
  readonly close: () => Promise<void>;
};

/** Listens on a free port and becomes the webhook of this stand-in. */
export async function openOffice(feishu: Feishu): Promise<OfficeStub> {
  const received: Received[] = [];
  const server = Fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  const office: { answer: OfficeStub['answer'] } = { answer: () => ({}) };
  server.post('/', async (request, reply) => {
    const one = opened(feishu, request.headers, request.body);
    received.push(one);
    const { status = 200, body = {}, after } = office.answer(one);
    await after;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return reply.code(status).type('application/json').send(text);
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  feishu.webhookUrl = url;
  return Object.assign(office, {
    url,
    received,
    last: () => {
      const event = received.at(-1)?.content['event'];
      if (!isObject(event)) throw new Error('nothing came yet');
      return event;
    },
    close: () => server.close(),
  });
}

function opened(feishu: Feishu, headers: Received['headers'], raw: unknown): Received {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
  const body = parseObject(bytes.toString('utf8')) ?? {};
  const blob = textAt(body, 'encrypt');
  const content = blob === undefined ? body : parseObject(decrypt(blob, feishu.encryptKey));
  const seal = {
    timestamp: String(headers['x-lark-request-timestamp']),
    nonce: String(headers['x-lark-request-nonce']),
    secret: feishu.encryptKey,
  };
  const genuine = headers['x-lark-signature'] === signature(seal, bytes);
  return { headers, body, content: content ?? {}, genuine };
}
