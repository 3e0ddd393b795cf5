import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import { OfficeUnavailable } from '../../src/channels/channel.ts';
import { createServer } from '../../src/web/server.ts';
import type { Readiness } from '../../src/web/health.ts';

/** A server with a few routes that go wrong; its log lines are kept. */
async function serverThat(fails: Error, readiness: Readiness = { ready: true, reasons: [] }) {
  const lines: string[] = [];
  const server = await createServer({
    logLevel: 'trace',
    ready: async () => readiness,
    metrics: new Registry(),
    logTo: { write: (line) => lines.push(line) },
    plugins: [
      async (routes) => {
        routes.get('/fails', async () => {
          throw fails;
        });
        routes.get('/logs', async (request) => {
          request.log.info(
            { token: 't0ken', person: { phone: '13800008000' }, text: '我的密码' },
            'seen',
          );
          return {};
        });
        routes.post('/takes', async () => ({}));
      },
    ],
  });
  return { server, lines };
}

test('a fault of ours tells people what to do and nothing of its inside', async () => {
  const { server, lines } = await serverThat(new Error('password=hunter2 at /home/x'));
  const answer = await server.inject({ url: '/fails' });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('hunter2');
  expect(answer.json().error).toMatchObject({
    what: { zh: '出错了', en: 'Something went wrong' },
    next: { zh: expect.stringContaining('编号') },
  });
  const logged = lines.join('');
  expect(logged).toContain('"name":"Error"');
  expect(logged).toContain(answer.json().error.request);
  expect(logged).not.toContain('hunter2');
});

test('a person gets a page in their language, a program gets JSON', async () => {
  const { server } = await serverThat(new Error('x'));
  const page = await server.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
  expect(page.statusCode).toBe(404);
  expect(page.body).toContain('<h1>没有这个页面</h1>');
  const english = { accept: 'text/html', 'accept-language': 'en-GB' };
  expect((await server.inject({ url: '/nowhere', headers: english })).body).toContain(
    'No such page',
  );
  expect((await server.inject({ url: '/nowhere' })).json().error.status).toBe(404);
});

test('an office that is away is 503, a refusal is 409 with its reason, malformed input is 400', async () => {
  const away = await serverThat(new OfficeUnavailable('db down'));
  expect((await away.server.inject({ url: '/fails' })).statusCode).toBe(503);
  const refusal = new Refusal(
    'late',
    words('已经撤回', 'Already withdrawn'),
    words('重新提交', 'Submit again'),
  );
  const answer = await (await serverThat(refusal)).server.inject({ url: '/fails' });
  expect(answer.statusCode).toBe(409);
  expect(answer.json().error).toMatchObject({ why: { zh: '已经撤回' }, next: { zh: '重新提交' } });
  const malformed = await away.server.inject({
    method: 'POST',
    url: '/takes',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  });
  expect(malformed.statusCode).toBe(400);
});

test('bodies above 256 KiB are refused', async () => {
  const { server } = await serverThat(new Error('x'));
  const send = (length: number) =>
    server.inject({ method: 'POST', url: '/takes', payload: { text: 'x'.repeat(length) } });
  expect((await send(250 * 1024)).statusCode).toBe(200);
  expect((await send(260 * 1024)).statusCode).toBe(413);
});

test('nobody may frame a page, and it loads nothing from elsewhere', async () => {
  const { server } = await serverThat(new Error('x'));
  const { headers } = await server.inject({ url: '/health' });
  expect(headers['content-security-policy']).toBe(
    "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
  );
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['strict-transport-security']).toBeUndefined();
});

test('ready says why not', async () => {
  const { server } = await serverThat(new Error('x'), { ready: false, reasons: ['数据库连不上'] });
  const answer = await server.inject({ url: '/ready' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({ ready: false, reasons: ['数据库连不上'] });
  expect((await server.inject({ url: '/health' })).statusCode).toBe(200);
});

test('the figures of the process are served', async () => {
  const { server } = await serverThat(new Error('x'));
  expect((await server.inject({ url: '/metrics' })).body).toContain('process_cpu_seconds_total');
});

test('secrets and words of people stay out of the log', async () => {
  const { server, lines } = await serverThat(new Error('x'));
  await server.inject({ url: '/logs' });
  const logged = lines.join('');
  expect(logged).toContain('seen');
  expect(logged).not.toMatch(/t0ken|13800008000|我的密码/);
});

test('looking for pages that do not exist is slowed down; pages that do are not', async () => {
  const { server } = await serverThat(new Error('x'));
  const codes: number[] = [];
  for (let i = 0; i < 70; i++) codes.push((await server.inject({ url: `/wp-${i}` })).statusCode);
  expect(codes).toEqual([...Array(60).fill(404), ...Array(10).fill(429)]);
  expect((await server.inject({ url: '/health' })).statusCode).toBe(200);
});
