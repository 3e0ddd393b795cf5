/**
 * What a bench holds our program against, a process of its own like it: `bare`, a bare fastify that makes the same checks of an event; `accept`, our own
 * channel with an office behind it that does nothing; `insert` and `update`, the same channel with one statement behind it, committed before it answers; `platform`, a
 * platform that says yes to every call.
 */
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { Registry } from 'prom-client';
import type { Desk } from '../../src/channels/channel.ts';
import { createFeishuChannel } from '../../src/channels/feishu/index.ts';
import { Secret } from '../../src/secret.ts';
import { createServer } from '../../src/web/server.ts';

const [mode = 'bare'] = process.argv.slice(2);
const given = (name: string): string => process.env[name] ?? '';
const key = given('FEISHU_ENCRYPT_KEY');
const token = given('FEISHU_VERIFICATION_TOKEN');

type Pushed = { readonly header: { readonly token: string; readonly event_id: string } };

/** Signature, decryption, parsing, token: nothing else. */
async function bare(): Promise<string> {
  const server = Fastify();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  const cipherKey = createHash('sha256').update(key).digest();
  server.post('/feishu/events', (request, reply) => {
    const body = request.body as Buffer;
    const { headers } = request;
    const stamp = String(headers['x-lark-request-timestamp']);
    const mark = createHash('sha256')
      .update(stamp + String(headers['x-lark-request-nonce']) + key)
      .update(body)
      .digest();
    const sent = Buffer.from(String(headers['x-lark-signature']), 'hex');
    if (Math.abs(Date.now() / 1_000 - Number(stamp)) > 300 || !timingSafeEqual(mark, sent))
      return reply.code(401).send();
    const { encrypt } = JSON.parse(body.toString()) as { readonly encrypt: string };
    const sealed = Buffer.from(encrypt, 'base64');
    const opening = createDecipheriv('aes-256-cbc', cipherKey, sealed.subarray(0, 16));
    const text = Buffer.concat([opening.update(sealed.subarray(16)), opening.final()]);
    const { header } = JSON.parse(text.toString()) as Pushed;
    if (header.token !== token || !header.event_id) return reply.code(401).send();
    return reply.send({});
  });
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const nothing = async (): Promise<void> => undefined;

/** An office that keeps of an input what `act` keeps of it. */
const deskWith = (act: (key: string) => Promise<unknown>): Desk => ({
  message: async ({ key: one }) => void (await act(one)),
  tap: async ({ key: one }) => {
    await act(one);
    return { toast: { look: 'success', text: { zh: '好', en: 'done' } } };
  },
  missed: nothing,
  opened: nothing,
  recalled: nothing,
  groupChanged: nothing,
  directoryChanged: nothing,
  setAside: nothing,
  refused: nothing,
  decided: () => Promise.reject(new Error('nobody decides here')),
});

async function ours(desk: Desk): Promise<string> {
  const channel = await createFeishuChannel({
    appId: given('FEISHU_APP_ID'),
    appSecret: new Secret(given('FEISHU_APP_SECRET')),
    encryptKey: new Secret(key),
    verificationToken: new Secret(token),
    baseUrl: given('FEISHU_BASE_URL'),
    now: () => Temporal.Now.instant(),
    log: () => undefined,
  });
  const server = await createServer({
    logLevel: 'silent',
    metrics: new Registry(),
    ready: () => Promise.reject(new Error('nobody asks')),
    plugins: [],
    callbacks: [channel.incoming(desk)],
  });
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const STATEMENTS = {
  insert: 'insert into floor_event (key) values ($1)',
  update: 'update floor_row set n = n + 1, key = $1 where id = (hashtext($1) & 255)',
} as const;

async function withStatement(text: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: given('DATABASE_URL'), max: 12 });
  return ours(deskWith((one) => pool.query({ name: 'floor', text, values: [one] })));
}

/** Gives a token, and takes every message. */
async function platform(): Promise<string> {
  const server = Fastify();
  server.post('/open-apis/auth/v3/tenant_access_token/internal', () => ({
    code: 0,
    msg: 'ok',
    tenant_access_token: 't-bench',
    expire: 7_200,
  }));
  server.post('/open-apis/im/v1/messages', () => ({
    code: 0,
    msg: 'success',
    data: { message_id: 'om_bench', chat_id: 'oc_bench' },
  }));
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const address = await (mode === 'bare'
  ? bare()
  : mode === 'platform'
    ? platform()
    : mode === 'insert' || mode === 'update'
      ? withStatement(STATEMENTS[mode])
      : ours(deskWith(nothing)));
process.stdout.write(`ready ${address}/feishu/events\n`);
process.on('SIGTERM', () => process.exit());
