import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { DeliveryFault } from '../../../src/channels/channel.ts';
import { createFeishuChannel } from '../../../src/channels/feishu/index.ts';
import { Secret } from '../../../src/secret.ts';
import { createSetting, type Setting } from './setting.ts';

const DAY_MS = 24 * 3_600_000;
/** The start of a PNG; nobody looks further. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let setting: Setting;
let li: string;
const clock = { ms: Date.parse('2026-03-02T01:00:00Z') };
const attachments = new Map<string, Uint8Array>();

beforeAll(async () => {
  setting = await createSetting({
    clock: () => clock.ms,
    rates: 'off',
    fetchAttachment: async (file) => {
      const bytes = attachments.get(file);
      return bytes && { bytes };
    },
  });
});
afterAll(() => setting.close());
beforeEach(() => {
  li = setting.feishu.addPerson({ name: '李四' });
  setting.lines.length = 0;
});

const card = (text: string): Card => ({
  title: words('出差', 'Trip'),
  color: 'blue',
  preview: words('出差', 'Trip'),
  blocks: [{ block: 'text', text }],
});
const send = (key: string, what: Card = card('你好'), openId = li) =>
  setting.channel.send(setting.to(openId), { card: what }, key, 'zh');
const update = (message: string, what: Card = card('新的')) =>
  setting.channel.update(message, what, 'zh');

/** How delivery sees a failure. */
async function faultOf(doing: Promise<unknown>): Promise<DeliveryFault> {
  const error: unknown = await doing.then(
    () => new Error('it went through'),
    (reason: unknown) => reason,
  );
  if (error instanceof DeliveryFault) return error;
  throw error;
}
const calls = (route: RegExp) =>
  setting.feishu.calls.filter((call) => route.test(`${call.method} ${call.route}`));
const SEND = /^POST .*\/messages$/;

describe('sending', () => {
  it('puts a card into the private chat and tells where it is', async () => {
    const sent = await send('send-1', card('房间已订好'));
    expect(setting.feishu.cards(li)).toMatchObject([
      { messageId: sent.message, chatId: sent.chat },
    ]);
    expect(setting.feishu.cards(li)[0]?.text).toContain('房间已订好');
  });

  it("sends words in the reader's language, and nothing in them can mention anybody", async () => {
    const text = words('你好 <at user_id="all"></at>', 'Hello');
    await setting.channel.send(setting.to(li), { text }, 'text-1', 'zh');
    await setting.channel.send(setting.to(li), { text }, 'text-2', 'en');
    expect(setting.feishu.inbox(li).map((message) => message.text)).toEqual([
      '你好 ＜at user_id="all">＜/at>',
      'Hello',
    ]);
  });

  it('twice with one key is one message', async () => {
    const first = await send('same');
    const second = await send('same');
    expect(second.message).toBe(first.message);
    expect(setting.feishu.cards(li)).toHaveLength(1);
  });

  it('to a chat of several goes to the chat', async () => {
    const group = setting.feishu.addGroup('项目群', [li]);
    await send('group-1', card('群里'), group);
    expect(setting.feishu.chat(group)).toMatchObject([{ from: 'bot' }]);
  });

  it('falls back to words when the platform refuses the card', async () => {
    setting.feishu.fail({ answer: 400, code: 230099 }, { only: SEND });
    await send('refused', { ...card('出差去上海'), title: 'TRIP-26-0042' });
    expect(setting.feishu.inbox(li).at(-1)).toMatchObject({
      type: 'text',
      text: 'TRIP-26-0042\n出差去上海',
    });
  });
});

describe('what a failed send means for delivery', () => {
  it.each([
    [
      'the platform is busy',
      { answer: 429, waitSeconds: 7 },
      { outcome: 'not-sent', code: '99991400', waitMs: 7_000 },
    ],
    [
      'too many messages to one person',
      { answer: 400, code: 230020 },
      { outcome: 'not-sent', code: '230020', waitMs: 1_000 },
    ],
    [
      'the app lacks a permission',
      { answer: 400, code: 99991672 },
      { outcome: 'not-sent', waitMs: 60_000 },
    ],
    ['it broke on their side', { answer: 500 }, { outcome: 'ambiguous', code: '2200' }],
    ['a gateway in between broke', { answer: 502, code: 0 }, { outcome: 'ambiguous' }],
    [
      'the same message is being sent',
      { answer: 400, code: 230049 },
      { outcome: 'ambiguous', code: '230049' },
    ],
    ['the answer cannot be read', { unreadable: true }, { outcome: 'ambiguous' }],
    ['the connection was cut before', { cut: 'before' }, { outcome: 'ambiguous' }],
    ['the connection was cut after', { cut: 'after' }, { outcome: 'ambiguous' }],
    ['the person left', { answer: 400, code: 230029 }, { outcome: 'unreachable', code: '230029' }],
    [
      'the content is not allowed',
      { answer: 400, code: 230028 },
      { outcome: 'never', code: '230028' },
    ],
  ] as const)('%s', async (_what, fault, expected) => {
    setting.feishu.fail(fault, { only: SEND });
    expect(await faultOf(send(`fault-${_what}`))).toMatchObject(expected);
  });

  // Nothing that is owed is given up for what an administrator can mend, or for an address of the platform that we have wrong.
  it.each([
    ['a token of another tenant', 400, 99991665],
    ['a token without the permission', 400, 99991676],
    ['a permission that nobody granted', 400, 99991679],
    ['no such path', 404, 99991201],
    ['no such method', 405, 99991301],
    ['an app without a bot', 400, 232025],
    ['an app that is switched off', 400, 232034],
  ])('%s refuses the app, not the message: a minute later again', async (_what, answer, code) => {
    const mended = setting.feishu.fail({ answer, code }, { only: SEND, times: Infinity });
    expect(await faultOf(send(`app-${code}`))).toMatchObject({
      outcome: 'not-sent',
      code: String(code),
      waitMs: 60_000,
      closed: true,
    });
    mended();
  });

  it('a token of another tenant is asked for anew and the message sent', async () => {
    setting.feishu.fail({ answer: 400, code: 99991665 }, { only: SEND, times: 1 });
    await expect(send('fresh-token')).resolves.toMatchObject({ message: expect.any(String) });
  });

  it('somebody who may not use the bot, or does not want it, is out of reach', async () => {
    const away = setting.feishu.addPerson({ name: '外人', available: false });
    expect(await faultOf(send('n1', card('x'), away))).toMatchObject({
      outcome: 'unreachable',
      code: '230013',
    });
    const muted = setting.feishu.addPerson({ name: '静音' });
    setting.feishu.changePerson(muted, { muted: true });
    expect(await faultOf(send('n2', card('x'), muted))).toMatchObject({
      outcome: 'unreachable',
      code: '230053',
    });
  });

  it('a platform that cannot be reached has not got it', async () => {
    const nowhere = await createFeishuChannel({
      appId: 'cli_0123456789abcdef',
      appSecret: new Secret('s'),
      encryptKey: new Secret('k'),
      verificationToken: new Secret('v'),
      baseUrl: 'http://127.0.0.1:9',
      now: () => Temporal.Instant.fromEpochMilliseconds(clock.ms),
      log: () => undefined,
    });
    const sending = nowhere.send(setting.to(li), { card: card('x') }, 'k', 'zh');
    expect(await faultOf(sending)).toMatchObject({ outcome: 'not-sent', code: 'ECONNREFUSED' });
    await nowhere.close();
  });

  it('after an ambiguous end the same key brings one message only', async () => {
    setting.feishu.fail({ cut: 'after' }, { only: SEND });
    expect(await faultOf(send('again'))).toMatchObject({ outcome: 'ambiguous' });
    await send('again');
    expect(setting.feishu.cards(li)).toHaveLength(1);
  });

  it('a platform that does not answer ends the wait within five seconds', async () => {
    setting.feishu.fail({ silent: 'after' }, { only: SEND });
    const began = performance.now();
    expect(await faultOf(send('silent'))).toMatchObject({ outcome: 'ambiguous', code: 'time-out' });
    expect(performance.now() - began).toBeLessThan(5_800);
  }, 10_000);
});

describe('changing a card', () => {
  it('shows the new one in the same message', async () => {
    const { message } = await send('change-1', card('旧的'));
    await update(message, card('新的'));
    expect(setting.feishu.cards(li)).toMatchObject([{ messageId: message, states: 2 }]);
    expect(setting.feishu.cards(li)[0]?.text).toContain('新的');
  });

  it('is over after fourteen days, when it was recalled, and for a message nobody knows', async () => {
    const { message } = await send('change-2');
    clock.ms += 15 * DAY_MS;
    expect(await faultOf(update(message))).toMatchObject({ outcome: 'gone', code: '230031' });
    setting.feishu.fail({ answer: 400, code: 230011 }, { only: /^PATCH/ });
    expect(await faultOf(update(message))).toMatchObject({ outcome: 'gone', code: '230011' });
    expect(await faultOf(update('om_unknown'))).toMatchObject({ outcome: 'gone' });
  });

  it('refuses an id that would lead to another method of the platform', async () => {
    const before = setting.feishu.calls.length;
    expect(await faultOf(update('om_a/../../chats/oc_1'))).toMatchObject({
      outcome: 'never',
      code: 'malformed-id',
    });
    expect(setting.feishu.calls).toHaveLength(before);
  });

  it('that is refused as wrong never heals by itself', async () => {
    const { message } = await send('change-3');
    setting.feishu.fail({ answer: 400, code: 230099 }, { only: /^PATCH/ });
    expect(await faultOf(update(message))).toMatchObject({ outcome: 'never', code: '230099' });
  });
});

describe('the token', () => {
  const asked = () => calls(/tenant_access_token/).length;

  it('is asked for once, however many messages want it at the same time', async () => {
    const fresh = await createSetting({ rates: 'off' });
    const person = fresh.feishu.addPerson({ name: '孙六' });
    fresh.feishu.revokeTokens();
    const tokens = () =>
      fresh.feishu.calls.filter((call) => call.route.includes('tenant_access_token')).length;
    const before = tokens();
    const sends = Array.from({ length: 20 }, (_, index) =>
      fresh.channel.send(fresh.to(person), { card: card('x') }, `many-${index}`, 'zh'),
    );
    await Promise.all(sends);
    expect(tokens() - before).toBe(1);
    expect(fresh.feishu.cards(person)).toHaveLength(20);
    await fresh.close();
  });

  it('that was revoked is replaced, and the message goes out as if nothing had been', async () => {
    await send('before');
    const before = asked();
    setting.feishu.revokeTokens();
    await send('after');
    expect(setting.feishu.cards(li)).toHaveLength(2);
    expect(asked()).toBe(before + 1);
  });

  it('that is refused again and again is not asked for without end', async () => {
    const stop = setting.feishu.fail({ answer: 400, code: 99991663 }, { times: 9, only: SEND });
    const before = calls(SEND).length;
    expect(await faultOf(send('hopeless'))).toMatchObject({
      outcome: 'not-sent',
      code: '99991663',
    });
    expect(calls(SEND).length - before).toBe(2);
    stop();
  });

  it('that cannot be had leaves the message unsent, never unclear', async () => {
    setting.feishu.revokeTokens();
    const stop = setting.feishu.fail({ cut: 'after' }, { times: 9, only: /tenant_access_token/ });
    expect(await faultOf(send('no-token'))).toMatchObject({ outcome: 'not-sent' });
    stop();
    await send('no-token');
  });
});

describe('pictures', () => {
  const withPicture: Card = {
    ...card('空调漏水'),
    blocks: [{ block: 'image', file: '7', alt: '漏水处' }],
  };

  it('of a request are uploaded once and shown', async () => {
    attachments.set('7', PNG);
    await send('pic-1', withPicture);
    await send('pic-2', withPicture);
    expect(calls(/POST .*\/images/)).toHaveLength(1);
    const shown = setting.feishu.cards(li).map((message) => JSON.stringify(message.card));
    expect(shown[0]).toContain('"tag":"img"');
    expect(shown[1]).toContain('"tag":"img"');
  });

  it('that cannot be read or uploaded are told in words', async () => {
    await send('pic-3', { ...withPicture, blocks: [{ block: 'image', file: '8', alt: '漏水处' }] });
    attachments.set('9', Buffer.from('no picture'));
    await send('pic-4', { ...withPicture, blocks: [{ block: 'image', file: '9', alt: '漏水处' }] });
    const texts = setting.feishu.cards(li).map((message) => message.text);
    expect(texts[0]).toContain('图片：漏水处');
    expect(texts[1]).toContain('图片：漏水处');
  });

  it('and files that people sent are fetched', async () => {
    await setting.feishu.says(li, '', { image: PNG });
    const bytes = Buffer.from('一份文件');
    await setting.feishu.says(li, '', { file: { name: '纪要.docx', bytes } });
    const [image, file] = setting.heard.messages.slice(-2).flatMap((message) => message.files);
    if (!image || !file) throw new Error('no files came');
    expect(Buffer.from((await setting.channel.fetchFile(image)).bytes)).toEqual(PNG);
    const fetched = await setting.channel.fetchFile(file);
    expect(fetched.name).toBe('纪要.docx');
    expect(Buffer.from(fetched.bytes)).toEqual(bytes);
    expect(
      await faultOf(setting.channel.fetchFile({ ...file, message: 'om_other' })),
    ).toMatchObject({ outcome: 'never' });
  });
});

describe('secrets', () => {
  it("and people's words are in no log line and no error", async () => {
    setting.feishu.fail({ answer: 400, code: 230028 }, { only: SEND });
    const fault = await faultOf(send('secret', card('张三的病假')));
    setting.feishu.fail({ answer: 400, code: 10014 }, { only: /tenant_access_token/ });
    setting.feishu.revokeTokens();
    await send('secret-2', card('李四的工资')).catch(() => undefined);
    const told = JSON.stringify([setting.lines, fault.message, fault.stack]);
    expect(setting.lines.length).toBeGreaterThan(1);
    for (const secret of [setting.feishu.appSecret, '张三', '李四的工资', 'Bearer', 't-']) {
      expect(told).not.toContain(secret);
    }
  });
});

describe('the credentials', () => {
  it('are found right, with the bot and what may be read', async () => {
    expect(await setting.channel.checkCredentials()).toMatchObject({
      token: { ok: true },
      bot: { ok: true, openId: setting.feishu.botOpenId, active: true },
      directory: { ok: true },
    });
  });

  it('are told by code when the secret is wrong or a permission is missing', async () => {
    setting.feishu.scopes.delete('contact:contact.base:readonly');
    expect(await setting.channel.checkCredentials()).toMatchObject({
      token: { ok: true },
      directory: { ok: false, code: '99991672' },
    });
    setting.feishu.scopes.add('contact:contact.base:readonly');
    const wrong = await createFeishuChannel({
      appId: setting.feishu.appId,
      appSecret: new Secret('wrong'),
      baseUrl: setting.feishu.baseUrl,
      now: () => Temporal.Instant.fromEpochMilliseconds(clock.ms),
      log: () => undefined,
    });
    const found = await wrong.checkCredentials();
    expect(found.token).toMatchObject({ ok: false });
    expect(found.token.ok || found.token.code).toMatch(/^1001[45]$/);
    await wrong.close();
  });
});
