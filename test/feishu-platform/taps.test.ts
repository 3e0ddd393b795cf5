import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import type { JsonObject } from './json.ts';
import { openOffice } from './office-stub.ts';
import type { OfficeStub } from './office-stub.ts';
import { approvalCard, button, cardOfElements, plain, roomForm } from './sample-cards.ts';
import { refusal, sdkClient } from './sdk-client.ts';

const MINUTE = 60_000;

let feishu: Feishu;
let office: OfficeStub;
let client: ReturnType<typeof sdkClient>;
let zhang: string;
let now: number;

beforeEach(async () => {
  now = Temporal.Instant.from('2026-01-05T01:00:00.123Z').epochMilliseconds;
  feishu = await createFeishu({ clock: () => now, pace: () => 0 });
  office = await openOffice(feishu);
  client = sdkClient(feishu);
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(async () => {
  await office.close();
  await feishu.close();
});

async function sent(card: JsonObject, to = zhang, through = client): Promise<string> {
  const answer = await through.im.message.create({
    params: { receive_id_type: to.startsWith('oc_') ? 'chat_id' : 'open_id' },
    data: { receive_id: to, msg_type: 'interactive', content: JSON.stringify(card) },
  });
  return answer.data?.message_id ?? '';
}

describe('a tap on a button', () => {
  test('reaches the app as an encrypted, signed callback', async () => {
    const id = await sent(approvalCard('待审批'));
    const tapped = await feishu.taps(zhang, id, { button: '同意' });
    expect(tapped.error).toBeUndefined();
    const [push] = office.received;
    expect(push?.genuine).toBe(true);
    expect(push?.content['header']).toMatchObject({
      event_type: 'card.action.trigger',
      create_time: '1767574800123000',
    });
    expect(office.last()).toMatchObject({
      operator: { open_id: zhang, tenant_key: feishu.tenantKey },
      token: tapped.token,
      action: { tag: 'button', value: { a: 'approve', n: 1 }, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: id, open_chat_id: feishu.privateChat(zhang).id },
    });
  });

  test('shows the toast and the card of the answer', async () => {
    const id = await sent(approvalCard('待审批'));
    office.answer = () => ({
      body: {
        toast: { type: 'success', content: '已同意', i18n: { en_us: 'Approved' } },
        card: { type: 'raw', data: approvalCard('已通过') },
      },
    });
    const tapped = await feishu.taps(zhang, id, { button: { value: { a: 'approve' } } });
    expect(tapped.toast).toMatchObject({ type: 'success', content: '已同意' });
    expect(tapped.text).toContain('已通过');
    expect(feishu.cardOf(id)).toEqual(approvalCard('已通过'));
  });

  test('twice is two events with two tokens', async () => {
    const id = await sent(approvalCard('待审批'));
    const taps = [1, 2].map(() => feishu.taps(zhang, id, { button: '同意' }));
    const [one, two] = await Promise.all(taps);
    expect(one?.token).not.toBe(two?.token);
    const ids = office.received.map(({ content }) => JSON.stringify(content['header']));
    expect(new Set(ids).size).toBe(2);
  });

  test('on a picture that was replaced meanwhile sends what that picture said', async () => {
    const id = await sent(approvalCard('待审批'));
    const content = JSON.stringify(cardOfElements({ tag: 'markdown', content: '已通过' }));
    await client.im.message.patch({ path: { message_id: id }, data: { content } });
    await expect(feishu.taps(zhang, id, { button: '驳回' })).rejects.toThrow('its buttons: none');
    await feishu.taps(zhang, id, { button: '驳回' }, { seen: 0 });
    expect(office.last()).toMatchObject({ action: { value: { a: 'reject' } } });
  });

  test('is possible for everyone in a group, and for nobody else', async () => {
    const li = feishu.addPerson({ name: '李四' });
    const id = await sent(approvalCard('待审批'), feishu.addGroup('项目群', [zhang]));
    await feishu.taps(zhang, id, { button: '同意' });
    expect(office.received).toHaveLength(1);
    await expect(feishu.taps(li, id, { button: '同意' })).rejects.toThrow('李四 sees no card');
  });

  test.each([
    ['a disabled one', { disabled: true, disabled_tips: plain('已结束') }, '已结束'],
    ['one whose question is answered with no', { confirm: confirmation() }, '已取消'],
  ])('%s sends nothing', async (_what, more, stopped) => {
    const id = await sent(cardOfElements(button('同意', {}, more)));
    const tapped = await feishu.taps(zhang, id, { button: '同意', confirm: false });
    expect(tapped).toEqual({ ms: 0, stopped });
    expect(office.received).toEqual([]);
  });

  test('after 14 days, or on a recalled message, sends nothing', async () => {
    const id = await sent(approvalCard('待审批'));
    now += 14 * 24 * 60 * MINUTE + 1;
    expect(await feishu.taps(zhang, id, { button: '同意' })).toMatchObject({
      stopped: '卡片已过期',
    });
    client.forgetToken();
    const recalled = await sent(approvalCard('待审批'));
    await client.im.message.delete({ path: { message_id: recalled } });
    expect(await feishu.taps(zhang, recalled, { button: '同意' })).toMatchObject({
      stopped: '消息已撤回',
    });
    expect(office.received).toEqual([]);
  });

  test('a link opens without a callback', async () => {
    const link = { type: 'open_url', default_url: 'https://example.com/a' };
    const id = await sent(cardOfElements(button('查看', {}, { behaviors: [link] })));
    const tapped = await feishu.taps(zhang, id, { button: '查看' });
    expect(tapped).toEqual({ ms: 0, opens: 'https://example.com/a' });
  });
});

function confirmation(): JsonObject {
  return { title: plain('确定？'), text: plain('不能撤销') };
}

describe('a bad answer is what the person sees as an error', () => {
  const oldCard = { elements: [] };
  const broken = cardOfElements({ tag: 'blink' });
  test.each([
    ['another status', { status: 500 }, 200671],
    ['a redirect', { status: 302 }, 200671],
    ['a 201', { status: 201 }, 200671],
    ['an empty body', { body: '' }, 200672],
    ['a text', { body: '"ok"' }, 200672],
    ['a bare card', { body: approvalCard('x') }, 200672],
    ['an unknown toast', { body: { toast: { type: 'ok', content: 'x' } } }, 200672],
    ['a toast without content', { body: { toast: { type: 'info' } } }, 200672],
    ['an unwrapped card', { body: { card: approvalCard('x') } }, 200672],
    ['a card as text', { body: { card: { type: 'raw', data: '{}' } } }, 200672],
    ['a malformed card', { body: { card: { type: 'raw', data: broken } } }, 200673],
    ['a card of schema 1.0', { body: { card: { type: 'raw', data: oldCard } } }, 200830],
  ])('%s', async (_what, reply, code) => {
    const id = await sent(approvalCard('待审批'));
    office.answer = () => reply;
    const tapped = await feishu.taps(zhang, id, { button: '同意' });
    expect(tapped.error).toBe(code);
    expect(feishu.cardOf(id)).toEqual(approvalCard('待审批'));
  });

  test('none in time', async () => {
    const hurried = await createFeishu({ deadlineMs: 50 });
    const slow = await openOffice(hurried);
    const li = hurried.addPerson({ name: '李四' });
    const id = await sent(approvalCard('待审批'), li, sdkClient(hurried));
    const { promise, resolve } = Promise.withResolvers<void>();
    slow.answer = () => ({ after: promise });
    expect((await hurried.taps(li, id, { button: '同意' })).error).toBe(200341);
    resolve();
    await slow.close();
    await hurried.close();
  });

  test('nobody there, and a tap never comes again', async () => {
    const id = await sent(approvalCard('待审批'));
    feishu.cardUrl = 'http://127.0.0.1:9';
    expect((await feishu.taps(zhang, id, { button: '同意' })).error).toBe(200342);
    expect(feishu.pending).toEqual([]);
  });
});

describe('a form', () => {
  const whole = { start: '2026-01-06 09:30', room: '3F-02' };

  test('carries all its named inputs, pickers with the offset of the zone', async () => {
    const id = await sent(cardOfElements(roomForm()));
    const form = { ...whole, needs: ['投影', 'board'], food: true };
    await feishu.taps(zhang, id, { button: '提交', form });
    expect(office.last()['action']).toEqual({
      value: { act: 'book' },
      tag: 'button',
      timezone: 'Asia/Shanghai',
      name: 'submit',
      form_value: {
        start: '2026-01-06 09:30 +0800',
        room: 'r2',
        note: '',
        needs: ['projector', 'board'],
        food: true,
      },
    });
  });

  test('from another zone and another season', async () => {
    feishu.changePerson(zhang, { zone: 'America/New_York' });
    const id = await sent(cardOfElements(roomForm()));
    const form = { start: '2026-07-06 09:30', room: 'r1' };
    await feishu.taps(zhang, id, { button: '提交', form });
    expect(office.last()).toMatchObject({
      action: { form_value: { start: '2026-07-06 09:30 -0400' } },
    });
  });

  test('sends nothing while a required field is empty or a text too long', async () => {
    const id = await sent(cardOfElements(roomForm()));
    const tap = (form: Record<string, string>) => feishu.taps(zhang, id, { button: '提交', form });
    expect(await tap({ room: 'r1' })).toEqual({ ms: 0, stopped: '有必填项未填写' });
    expect(await tap({ ...whole, note: '长'.repeat(21) })).toMatchObject({
      stopped: '输入内容超出长度限制',
    });
    expect(office.received).toEqual([]);
  });

  test('takes only what a client could give', async () => {
    const id = await sent(cardOfElements(roomForm()));
    const tap = (form: Record<string, string>) => feishu.taps(zhang, id, { button: '提交', form });
    await expect(tap({ ...whole, room: '5F-09' })).rejects.toThrow('there are 3F-01、3F-02');
    await expect(tap({ ...whole, start: '明天' })).rejects.toThrow('picker_datetime cannot give');
    await expect(tap({ ...whole, hack: 'x' })).rejects.toThrow('the form has no input hack');
  });

  test('leaves unfilled inputs out where the platform does', async () => {
    const other = await createFeishu({ unfilled: 'absent', clock: () => now });
    const stub = await openOffice(other);
    const person = other.addPerson({ name: '张三' });
    const id = await sent(cardOfElements(roomForm()), person, sdkClient(other));
    await other.taps(person, id, { button: '提交', form: whole });
    const { action } = stub.last() as { action: { form_value: object } };
    expect(Object.keys(action.form_value)).toEqual(['start', 'room', 'food']);
    await stub.close();
    await other.close();
  });

  test('a select outside a form sends at once', async () => {
    const select = {
      tag: 'select_static',
      name: 'room',
      placeholder: plain('会议室'),
      options: [{ text: plain('3F-01'), value: 'r1' }],
      behaviors: [{ type: 'callback', value: { k: 'room' } }],
    };
    const id = await sent(cardOfElements(select));
    await feishu.taps(zhang, id, { choose: { name: 'room' }, option: '3F-01' });
    expect(office.last()).toMatchObject({
      action: { tag: 'select_static', option: 'r1', value: { k: 'room' } },
    });
  });
});

describe('a delayed update', () => {
  const update = (token: string, state: string) =>
    client.request({
      method: 'POST',
      url: '/open-apis/interactive/v1/card/update',
      data: { token, card: approvalCard(state) },
    });

  test('works twice within half an hour', async () => {
    const id = await sent(approvalCard('待审批'));
    const { token = '' } = await feishu.taps(zhang, id, { button: '同意' });
    await update(token, '处理中');
    await update(token, '已通过');
    expect(feishu.cardOf(id)).toEqual(approvalCard('已通过'));
    expect(await refusal(update(token, 'x'))).toMatchObject({ code: 300040 });
  });

  test('not later, and not before the tap was answered', async () => {
    const id = await sent(approvalCard('待审批'));
    const early = Promise.withResolvers<number>();
    office.answer = ({ content }) => {
      const { token } = content['event'] as { token: string };
      const refused = refusal(update(token, 'x')).then(({ code }) => early.resolve(code));
      return { after: refused };
    };
    const { token = '' } = await feishu.taps(zhang, id, { button: '同意' });
    expect(await early.promise).toBe(300090);
    now += 30 * MINUTE + 1;
    expect(await refusal(update(token, 'x'))).toMatchObject({ code: 300030 });
  });
});
