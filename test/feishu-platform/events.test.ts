import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { openOffice } from './office-stub.ts';
import type { OfficeStub } from './office-stub.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let feishu: Feishu;
let office: OfficeStub;
let zhang: string;
let now: number;

beforeEach(async () => {
  now = Temporal.Instant.from('2026-01-05T01:00:00.123Z').epochMilliseconds;
  feishu = await createFeishu({ clock: () => now, pace: () => 0 });
  office = await openOffice(feishu);
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(async () => {
  await office.close();
  await feishu.close();
});

describe('a message', () => {
  test('comes encrypted and signed, in its envelope', async () => {
    const said = await feishu.says(zhang, '订明天的会议室');
    expect(said.answers).toMatchObject([{ got: 'answer', status: 200 }]);
    const [push] = office.received;
    expect(push?.genuine).toBe(true);
    expect(Object.keys(push?.body ?? {})).toEqual(['encrypt']);
    expect(push?.headers['x-lark-request-timestamp']).toBe('1767574800');
    expect(push?.content).toMatchObject({
      schema: '2.0',
      header: {
        event_type: 'im.message.receive_v1',
        create_time: '1767574800123',
        token: feishu.verificationToken,
        app_id: feishu.appId,
        tenant_key: feishu.tenantKey,
      },
      event: {
        sender: { sender_id: { open_id: zhang }, sender_type: 'user' },
        message: {
          message_id: said.messageId,
          chat_id: said.chatId,
          chat_type: 'p2p',
          message_type: 'text',
          content: '{"text":"订明天的会议室"}',
        },
      },
    });
  });

  test('in a group mentions the bot by a placeholder; without mention nobody hears it', async () => {
    const chat = feishu.addGroup('项目群', [zhang]);
    await feishu.says(zhang, '订会议室', { chat });
    expect(office.last()).toMatchObject({
      message: {
        chat_type: 'group',
        content: '{"text":"@_user_1 订会议室"}',
        mentions: [{ key: '@_user_1', id: { open_id: feishu.botOpenId } }],
      },
    });
    const aside = await feishu.says(zhang, '中午吃什么', { chat, mention: false });
    expect(aside.answers).toEqual([]);
    expect(office.received).toHaveLength(1);
  });

  test('with a picture can be fetched through its message only', async () => {
    const png = Buffer.from('89504e470d0a1a0a00', 'hex');
    const { messageId } = await feishu.says(zhang, '', { image: png });
    const { message } = office.last() as { message: { content: string } };
    const { image_key } = JSON.parse(message.content) as { image_key: string };
    const client = sdkClient(feishu);
    const fetched = (message_id: string, type: string) =>
      client.im.messageResource.get({
        path: { message_id, file_key: image_key },
        params: { type },
      });
    const parts: Buffer[] = [];
    for await (const part of (await fetched(messageId, 'image')).getReadableStream()) {
      parts.push(part as Buffer);
    }
    expect(Buffer.concat(parts)).toEqual(png);
    const other = await feishu.says(zhang, '别的');
    await expect(fetched(other.messageId, 'image')).rejects.toThrow('400');
    await expect(fetched(messageId, 'file')).rejects.toThrow('400');
  });

  test('without the employee id scope carries no user_id', async () => {
    feishu.scopes.delete('contact:user.employee_id:readonly');
    await feishu.says(zhang, 'hi');
    const { sender } = office.last() as { sender: { sender_id: object } };
    expect(sender.sender_id).not.toHaveProperty('user_id');
  });

  test('can come several times, and again under another event id', async () => {
    const { messageId } = await feishu.says(zhang, 'hi', { times: 3 });
    await feishu.says(zhang, 'hi', { messageId });
    const ids = office.received.map(({ content }) => content['header'] as { event_id: string });
    expect(new Set(ids.slice(0, 3).map(({ event_id }) => event_id)).size).toBe(1);
    expect(ids[3]?.event_id).not.toBe(ids[0]?.event_id);
    expect(office.last()).toMatchObject({ message: { message_id: messageId } });
    expect(feishu.inbox(zhang)).toHaveLength(1);
  });
});

describe('what was not answered with 200', () => {
  test('comes again with the same event id until it is', async () => {
    office.answer = () => ({ status: 503 });
    await feishu.says(zhang, '订会议室');
    expect(feishu.pending).toMatchObject([{ attempts: 1 }]);
    office.answer = () => ({});
    await feishu.redeliver();
    expect(feishu.pending).toEqual([]);
    const [first, second] = office.received.map(({ content }) => content);
    expect(second).toEqual(first);
  });

  test('climbs the ladder of 15 s, 5 min, 1 h, 6 h and is then given up', async () => {
    office.answer = () => ({ status: 500 });
    await feishu.says(zhang, '订会议室');
    for (const seconds of [15, 300, 3_600, 21_600]) {
      now += seconds * 1_000 - 1;
      expect(await feishu.redeliver({ due: true })).toEqual([]);
      now += 1;
      expect(await feishu.redeliver({ due: true })).toHaveLength(1);
    }
    expect(feishu.pending).toEqual([]);
    expect(feishu.lost).toMatchObject([{ attempts: 5 }]);
  });

  test('is signed anew, or with its first stamp if asked', async () => {
    office.answer = () => ({ status: 500 });
    await feishu.says(zhang, 'hi');
    now += 3_600_000;
    await feishu.redeliver();
    await feishu.redeliver({ sameStamp: true });
    const stamps = office.received.map(({ headers }) => headers['x-lark-request-timestamp']);
    expect(stamps).toEqual(['1767574800', '1767578400', '1767574800']);
    expect(office.received.every(({ genuine }) => genuine)).toBe(true);
  });

  test('an answer after the deadline counts as none', async () => {
    const hurried = await createFeishu({ deadlineMs: 50 });
    const slow = await openOffice(hurried);
    const { promise, resolve } = Promise.withResolvers<void>();
    slow.answer = () => ({ after: promise });
    const { answers } = await hurried.says(hurried.addPerson({ name: '李四' }), 'hi');
    resolve();
    expect(answers).toMatchObject([{ got: 'nothing', why: 'late' }]);
    expect(hurried.pending).toHaveLength(1);
    await slow.close();
    await hurried.close();
  });

  test('nobody listening: it waits', async () => {
    feishu.webhookUrl = 'http://127.0.0.1:9';
    const { answers } = await feishu.says(zhang, 'hi');
    expect(answers).toMatchObject([{ got: 'nothing', why: 'refused' }]);
    expect(feishu.pending).toHaveLength(1);
  });

  test('held events can arrive in another order', async () => {
    for (const text of ['一', '二', '三', '四']) await feishu.says(zhang, text, { hold: true });
    expect(office.received).toEqual([]);
    await feishu.redeliver({ shuffle: true });
    const texts = office.received.map(({ content }) => JSON.stringify(content['event']));
    expect(texts).toHaveLength(4);
    expect(feishu.pending).toEqual([]);
  });
});

describe('people come and go', () => {
  test('opening the chat, first without and then with a last message', async () => {
    await feishu.opensChat(zhang);
    expect(office.last()).toMatchObject({ operator_id: { open_id: zhang }, last_message_id: '' });
    const { messageId } = await feishu.says(zhang, 'hi');
    await feishu.opensChat(zhang);
    expect(office.last()).toMatchObject({ last_message_id: messageId });
  });

  test('a new leader comes with the old one', async () => {
    const li = feishu.addPerson({ name: '李四' });
    await feishu.moves(zhang, { leader: li });
    expect(office.last()).toEqual({
      object: expect.objectContaining({ open_id: zhang, leader_user_id: li }) as unknown,
      old_object: { leader_user_id: '' },
    });
  });

  test('a leaver keeps the departments in the old object and cannot be written to', async () => {
    const department = feishu.addDepartment({ name: '研发部' });
    const wang = feishu.addPerson({ name: '王五', department });
    await feishu.leaves(wang);
    expect(office.last()).toMatchObject({
      object: { open_id: wang, status: { is_resigned: true } },
      old_object: { department_ids: [department], open_id: wang },
    });
    const send = sdkClient(feishu).im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: wang, msg_type: 'text', content: '{"text":"hi"}' },
    });
    expect(await refusal(send)).toMatchObject({ code: 230013 });
  });
});

describe('attacks', () => {
  const event = { type: 'im.message.receive_v1', event: { n: 1 } };
  const pushed = async (options: Parameters<Feishu['pushes']>[1]) => {
    await feishu.pushes(event, options);
    const last = office.received.at(-1);
    if (!last) throw new Error('nothing came');
    return last;
  };

  test('wrong, missing, legacy and made-up signatures', async () => {
    expect((await pushed({ sign: 'wrong' })).genuine).toBe(false);
    expect((await pushed({ sign: false })).headers).not.toHaveProperty('x-lark-signature');
    expect((await pushed({ sign: 'legacy' })).headers['x-lark-signature']).toHaveLength(40);
    expect((await pushed({ sign: 'ABC' })).headers['x-lark-signature']).toBe('ABC');
    expect((await pushed({})).genuine).toBe(true);
  });

  test('a stale stamp is signed rightly', async () => {
    const push = await pushed({ stamp: 1_000_000_000 });
    expect(push.headers['x-lark-request-timestamp']).toBe('1000000000');
    expect(push.genuine).toBe(true);
  });

  test('plaintext though a key is set, and members beside encrypt', async () => {
    expect((await pushed({ encrypt: false })).body).toHaveProperty('schema');
    expect((await pushed({ beside: { schema: '2.0' } })).body).toHaveProperty('schema', '2.0');
  });

  test('another app, tenant or token in a genuine envelope', async () => {
    const push = await pushed({ appId: 'cli_0', tenantKey: 't0', token: 'other' });
    expect(push.genuine).toBe(true);
    expect(push.content['header']).toMatchObject({
      app_id: 'cli_0',
      tenant_key: 't0',
      token: 'other',
    });
  });

  test('bodies rewritten before and after signing', async () => {
    const spaced = (body: string) => body.replace(':', ' : ');
    expect((await pushed({ format: spaced })).genuine).toBe(true);
    const tamper = (body: Buffer) => Buffer.from(spaced(body.toString()));
    expect((await pushed({ tamper })).genuine).toBe(false);
  });

  test('a kept push replays byte for byte', async () => {
    const push = feishu.sealed(event);
    await feishu.replays(push);
    await feishu.replays(push);
    const [one, two] = office.received;
    expect(two?.body).toEqual(one?.body);
    expect(two?.genuine).toBe(true);
  });

  test('the challenge is encrypted and not signed', async () => {
    await feishu.challenges('c-1');
    const [push] = office.received;
    expect(push?.headers).not.toHaveProperty('x-lark-signature');
    expect(push?.content).toEqual({
      challenge: 'c-1',
      token: feishu.verificationToken,
      type: 'url_verification',
    });
  });

  test('many at once', async () => {
    const outcomes = await feishu.pushes([event, event], { repeat: 10, atOnce: true });
    expect(outcomes).toHaveLength(20);
    expect(office.received).toHaveLength(20);
  });
});
