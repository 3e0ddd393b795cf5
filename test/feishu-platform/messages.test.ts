import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { button, cardOfElements, approvalCard } from './sample-cards.ts';
import { refusal, sdkClient } from './sdk-client.ts';

const HOUR = 60 * 60 * 1_000;

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let zhang: string;
let now: number;

beforeEach(async () => {
  now = Temporal.Instant.from('2026-01-05T01:00:00Z').epochMilliseconds;
  feishu = await createFeishu({ clock: () => now, pace: () => 0 });
  client = sdkClient(feishu);
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(() => feishu.close());

type Sending = {
  readonly to?: string;
  readonly idType?: 'open_id' | 'chat_id' | 'user_id';
  readonly uuid?: string;
};

const sendText = (text: string, { to = zhang, idType = 'open_id', uuid }: Sending = {}) =>
  client.im.message.create({
    params: { receive_id_type: idType },
    data: {
      receive_id: to,
      msg_type: 'text',
      content: JSON.stringify({ text }),
      ...(uuid !== undefined && { uuid }),
    },
  });

const sendCard = (card: object, to = zhang) =>
  client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: to, msg_type: 'interactive', content: JSON.stringify(card) },
  });

const patchCard = (messageId: string, card: object) =>
  client.im.message.patch({
    path: { message_id: messageId },
    data: { content: JSON.stringify(card) },
  });

const idOf = (sent: {
  readonly data?: { readonly message_id?: string | undefined } | undefined;
}): string => sent.data?.message_id ?? '';

describe('sending', () => {
  test('a card arrives in the private chat and reads as people see it', async () => {
    const sent = await sendCard(approvalCard('待审批'));
    expect(sent.code).toBe(0);
    expect(sent.data?.chat_id).toMatch(/^oc_/);
    expect(feishu.inbox(zhang)).toMatchObject([
      {
        messageId: idOf(sent),
        from: 'bot',
        text: '订会议室\n待审批 张三 申请 A4纸\n[同意]\n[驳回]',
      },
    ]);
  });

  test('a malformed card is refused with its sub code and the way to the mistake', async () => {
    const card = cardOfElements(button('同意', {}), { tag: 'note', elements: [] });
    const refused = await refusal(sendCard(card));
    expect(refused).toMatchObject({ status: 400, code: 230099 });
    expect(refused.msg).toContain('ErrCode: 200861');
    expect(refused.msg).toContain('ErrPath: ROOT -> body -> elements -> [1](tag: note)');
    expect(refused.logId).not.toBe('');
    expect(feishu.inbox(zhang)).toEqual([]);
  });

  test('content has to be a JSON text, not an object', async () => {
    const asObject: unknown = { text: 'hi' };
    const call = client.request({
      method: 'POST',
      url: '/open-apis/im/v1/messages',
      params: { receive_id_type: 'open_id' },
      data: { receive_id: zhang, msg_type: 'text', content: asObject },
    });
    expect(await refusal(call)).toMatchObject({ status: 400, code: 99992402 });
  });

  test('the same uuid is one message for an hour, afterwards another', async () => {
    const first = await sendText('第一次', { uuid: 'book-42' });
    const again = await sendText('第一次', { uuid: 'book-42' });
    expect(idOf(again)).toBe(idOf(first));
    expect(feishu.inbox(zhang)).toHaveLength(1);
    now += HOUR;
    const later = await sendText('第一次', { uuid: 'book-42' });
    expect(idOf(later)).not.toBe(idOf(first));
  });

  test('a uuid is at most 50 characters', async () => {
    expect(await refusal(sendText('hi', { uuid: 'x'.repeat(51) }))).toMatchObject({
      code: 99992402,
    });
  });

  test.each([
    ['outside the availability range', { available: false }, 230013],
    ['resigned', { resigned: true }, 230013],
    ['who switched the bot off', { muted: true }, 230053],
  ])('to somebody %s it is refused', async (_who, change, code) => {
    feishu.changePerson(zhang, change);
    expect(await refusal(sendText('hi'))).toMatchObject({ status: 400, code });
  });

  test.each([
    ['an open id nobody has', () => 'ou_00000000000000000000000000000000', 99992351],
    ['an open id of another app', () => feishu.foreignOpenId(), 99992361],
    ['no open id at all', () => '张三', 230034],
  ])('to %s it is refused', async (_what, to, code) => {
    expect(await refusal(sendText('hi', { to: to() }))).toMatchObject({ status: 400, code });
  });

  test('to a group only while the bot is in it and it exists', async () => {
    const group = feishu.addGroup('项目群', [zhang]);
    await sendText('大家好', { to: group, idType: 'chat_id' });
    expect(feishu.chat(group)).toMatchObject([{ text: '大家好' }]);
    feishu.changeGroup(group, { hasBot: false });
    const outside = sendText('hi', { to: group, idType: 'chat_id' });
    expect(await refusal(outside)).toMatchObject({ code: 230002 });
    feishu.changeGroup(group, { dissolved: true });
    const gone = sendText('hi', { to: group, idType: 'chat_id' });
    expect(await refusal(gone)).toMatchObject({ code: 232009 });
  });

  test('without the scope it is refused', async () => {
    feishu.scopes.delete('im:message:send_as_bot');
    expect(await refusal(sendText('hi'))).toMatchObject({ code: 99991672 });
  });

  test('a reply stands under its parent', async () => {
    const parent = await sendText('问');
    const answer = await client.im.message.reply({
      path: { message_id: idOf(parent) },
      data: { msg_type: 'text', content: '{"text":"答"}' },
    });
    expect(answer.data).toMatchObject({ parent_id: idOf(parent), root_id: idOf(parent) });
  });
});

describe('changing a card', () => {
  test('the new picture replaces the old one', async () => {
    const id = idOf(await sendCard(approvalCard('待审批')));
    await patchCard(id, approvalCard('已通过'));
    const [seen] = feishu.inbox(zhang);
    expect(seen?.text).toContain('已通过');
    expect(seen?.states).toBe(2);
  });

  test('not after 14 days', async () => {
    const id = idOf(await sendCard(approvalCard('待审批')));
    now += 14 * 24 * HOUR;
    client.forgetToken();
    await patchCard(id, approvalCard('已通过'));
    now += 1_000;
    expect(await refusal(patchCard(id, approvalCard('已驳回')))).toMatchObject({ code: 230031 });
  });

  test('not a recalled one, and not a text', async () => {
    const card = idOf(await sendCard(approvalCard('待审批')));
    await client.im.message.delete({ path: { message_id: card } });
    expect(await refusal(patchCard(card, approvalCard('x')))).toMatchObject({ code: 230011 });
    const text = idOf(await sendText('hi'));
    expect(await refusal(patchCard(text, approvalCard('x')))).toMatchObject({ code: 230001 });
  });

  test('not one that does not exist', async () => {
    const nobodys = patchCard('om_00000000000000000000000000000000', approvalCard('x'));
    expect(await refusal(nobodys)).toMatchObject({ code: 99992354 });
  });

  test('five times a second and no more', async () => {
    const id = idOf(await sendCard(approvalCard('0')));
    for (const n of [1, 2, 3, 4, 5]) await patchCard(id, approvalCard(String(n)));
    expect(await refusal(patchCard(id, approvalCard('6')))).toMatchObject({
      status: 400,
      code: 230020,
    });
  });
});

describe('reading', () => {
  test('the history of a private chat, both sides, newest first if asked', async () => {
    await feishu.says(zhang, '订会议室');
    now += 1_000;
    const sent = await sendText('好的');
    const listed = await client.im.message.list({
      params: {
        container_id_type: 'chat',
        container_id: sent.data?.chat_id ?? '',
        sort_type: 'ByCreateTimeDesc',
      },
    });
    const items = listed.data?.items ?? [];
    expect(items.map((item) => [item.sender?.sender_type, item.body?.content])).toEqual([
      ['app', '{"text":"好的"}'],
      ['user', '{"text":"订会议室"}'],
    ]);
  });

  test('pages follow each other to the end', async () => {
    for (const n of [1, 2, 3]) await feishu.says(zhang, String(n));
    const { id } = feishu.privateChat(zhang);
    const page = (page_token?: string) =>
      client.im.message.list({
        params: {
          container_id_type: 'chat',
          container_id: id,
          page_size: 2,
          ...(page_token !== undefined && { page_token }),
        },
      });
    const first = await page();
    const second = await page(first.data?.page_token);
    expect([first.data?.items?.length, first.data?.has_more]).toEqual([2, true]);
    expect([second.data?.items?.length, second.data?.has_more]).toEqual([1, false]);
  });

  test('a card shows its source only when asked for it', async () => {
    const id = idOf(await sendCard(approvalCard('待审批')));
    const path = { message_id: id };
    const usual = await client.im.message.get({ path });
    expect(usual.data?.items?.[0]?.body?.content).not.toContain('A4纸');
    const params = { card_msg_content_type: 'user_card_content' };
    const source = await client.im.message.get({ path, params });
    expect(source.data?.items?.[0]?.body?.content).toContain('A4纸');
  });
});
