/** The stand-in's long connection by itself, with a bare client that keeps or breaks the protocol. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeFrame, encodeFrame } from './frames.ts';
import type { Frame } from './frames.ts';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { isObject, parseObject, textAt } from './json.ts';

let feishu: Feishu;
let zhang: string;
beforeEach(async () => {
  feishu = await createFeishu({ transport: 'websocket', deadlineMs: 300 });
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(() => feishu.close());

/** Asks where to connect. */
async function ask(secret = feishu.appSecret): Promise<{ code: unknown; url: string }> {
  const answer = await fetch(`${feishu.baseUrl}/callback/ws/endpoint`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AppID: feishu.appId, AppSecret: secret }),
  });
  const body = parseObject(await answer.text());
  const data = body?.['data'];
  return { code: body?.['code'], url: textAt(data, 'URL') ?? '' };
}

/** An open connection that answers each data frame with what `reply` makes of it. */
async function connect(reply: (frame: Frame) => Frame | undefined): Promise<WebSocket> {
  const client = new WebSocket((await ask()).url);
  client.on('message', (bytes) => {
    const frame = Buffer.isBuffer(bytes) ? decodeFrame(bytes) : undefined;
    const answer = frame?.method === 1 ? reply(frame) : undefined;
    if (answer) client.send(encodeFrame(answer));
  });
  await once(client, 'open');
  return client;
}

const acked = (frame: Frame, code: number): Frame => ({
  ...frame,
  headers: { ...frame.headers, biz_rt: '-3' },
  payload: Buffer.from(JSON.stringify({ code })),
});

describe('where to connect', () => {
  test('is told to the app only, and to nobody while a test refuses', async () => {
    expect((await ask()).code).toBe(0);
    expect((await ask('wrong')).code).toBe(514);
    feishu.connections.refusal = 1_000_040_350;
    expect((await ask()).code).toBe(1_000_040_350);
  });

  test('is good for one connection', async () => {
    const { url } = await ask();
    await once(new WebSocket(url), 'open');
    const [error] = (await once(new WebSocket(url), 'error')) as [Error];
    expect(error.message).toContain('403');
  });
});

describe('an event', () => {
  test('goes to one connection, is done with after 200, and pending after 500 or silence', async () => {
    expect((await feishu.says(zhang, '一')).answers).toMatchObject([{ why: 'unconnected' }]);
    let code: number | undefined = 500;
    const reply = (frame: Frame) => (code === undefined ? undefined : acked(frame, code));
    await connect(reply);
    await connect(reply);
    expect((await feishu.says(zhang, '二')).answers).toMatchObject([{ status: 500 }]);
    code = undefined;
    expect((await feishu.says(zhang, '三')).answers).toMatchObject([{ why: 'unacked' }]);
    expect(feishu.pending).toHaveLength(3);
    code = 200;
    await feishu.redeliver();
    expect(feishu.pending).toEqual([]);
    expect(feishu.connections.carried().reduce((sum, each) => sum + each, 0)).toBe(5);
  });

  test('comes in its frames, each with its place', async () => {
    const frames: Frame[] = [];
    await connect((frame) => {
      frames.push(frame);
      return undefined;
    });
    feishu.connections.fragment = 100;
    await feishu.says(zhang, '很长的一句话');
    const inOrder = frames.toSorted((a, b) => Number(a.headers['seq']) - Number(b.headers['seq']));
    const whole = parseObject(Buffer.concat(inOrder.map(({ payload }) => payload)).toString());
    expect(isObject(whole?.['header'])).toBe(true);
    expect(new Set(frames.map(({ headers }) => headers['message_id'])).size).toBe(1);
    expect(frames.length).toBe(Number(frames[0]?.headers['sum']));
  });

  test('acknowledged against the protocol is not acknowledged', async () => {
    await connect((frame) => ({ ...acked(frame, 200), headers: frame.headers }));
    expect((await feishu.says(zhang, '你好')).answers).toMatchObject([{ why: 'unacked' }]);
    expect(feishu.connections.faults).toEqual(['an acknowledgement without biz_rt']);
  });
});

test('a ping is answered with what the client is to do from now on', async () => {
  const { url } = await ask();
  const client = new WebSocket(url);
  await once(client, 'open');
  feishu.connections.config = { ...feishu.connections.config, PingInterval: 7 };
  const service = Number(new URL(url).searchParams.get('service_id'));
  const none = Buffer.alloc(0);
  client.send(encodeFrame({ service, method: 0, headers: { type: 'ping' }, payload: none }));
  const [bytes] = (await once(client, 'message')) as [Buffer];
  const { headers, payload } = decodeFrame(bytes);
  expect(headers).toEqual({ type: 'pong' });
  expect(parseObject(payload.toString())).toMatchObject({ PingInterval: 7, ReconnectNonce: 30 });
});
