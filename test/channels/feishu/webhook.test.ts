import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { OfficeUnavailable } from '../../../src/channels/channel.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
let li: string;
let wang: string;

beforeAll(async () => {
  setting = await createSetting({ rates: 'off', unfilled: 'absent' });
  li = setting.feishu.addPerson({ name: '李四' });
  wang = setting.feishu.addPerson({ name: '王五', zone: 'Asia/Tokyo' });
});
afterAll(() => setting.close());
beforeEach(() => {
  for (const list of Object.values(setting.heard)) list.length = 0;
  setting.behaviour.message = async () => undefined;
  setting.behaviour.tap = async () => ({});
});

const event = { type: 'im.message.receive_v1', event: {} };
const status = (outcome: { readonly got: string; readonly status?: number } | undefined) =>
  outcome?.status;

const request: Card = {
  title: words('出差', 'Trip'),
  color: 'orange',
  preview: words('待审批', 'Waiting'),
  blocks: [
    {
      block: 'form',
      name: 'decide',
      inputs: [
        { input: 'text', lines: 'many', name: 'comment', label: words('意见', 'Comment') },
        {
          input: 'moment',
          name: 'start',
          label: words('开始', 'Start'),
          value: '2026-01-05T09:30',
        },
        {
          input: 'choices',
          name: 'things',
          label: '设备',
          options: [{ value: 'a', label: '投影' }],
        },
      ],
      buttons: [
        { label: words('同意', 'Approve'), look: 'primary', value: { v: 1, a: 'approve', r: 42 } },
      ],
    },
  ],
};
const sendRequest = async (key: string, openId = li): Promise<string> =>
  (await setting.channel.send(setting.to(openId), { card: request }, key, 'zh')).message;

describe('events', () => {
  it('reach the office as messages, and are acknowledged after it has them', async () => {
    let recorded = false;
    setting.behaviour.message = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      recorded = true;
    };
    const said = await setting.feishu.says(li, '订明天下午的会议室');
    expect(recorded).toBe(true);
    expect(said.answers).toMatchObject([{ status: 200, body: '{}' }]);
    expect(setting.heard.messages).toMatchObject([
      {
        key: `feishu:msg:${said.messageId}`,
        from: { id: li },
        chat: said.chatId,
        text: '订明天下午的会议室',
      },
    ]);
  });

  it('come again until the office could record them', async () => {
    setting.behaviour.message = async () => {
      throw new OfficeUnavailable('the database is away');
    };
    const said = await setting.feishu.says(li, '领两包A4纸');
    expect(said.answers).toMatchObject([{ status: 503, body: '' }]);
    setting.behaviour.message = async () => undefined;
    expect(await setting.feishu.redeliver()).toMatchObject([{ status: 200 }]);
    expect(setting.heard.messages.map(({ key }) => key)).toEqual([
      `feishu:msg:${said.messageId}`,
      `feishu:msg:${said.messageId}`,
    ]);
    expect(setting.feishu.pending).toEqual([]);
  });

  it('are not acknowledged while the office is still at it', async () => {
    const done = Promise.withResolvers<void>();
    setting.behaviour.message = () => done.promise;
    const said = await setting.feishu.says(li, '订会议室');
    expect(said.answers).toMatchObject([{ status: 503 }]);
    done.resolve();
    expect(await setting.feishu.redeliver()).toMatchObject([{ status: 200 }]);
  });

  it('that break our own code are kept for the office and not repeated', async () => {
    setting.behaviour.message = async () => {
      throw new TypeError('a mistake of ours about 张三的病假');
    };
    const said = await setting.feishu.says(li, '你好');
    expect(said.answers).toMatchObject([{ status: 200 }]);
    expect(setting.heard.setAside).toMatchObject([
      { key: `feishu:msg:${said.messageId}`, reason: 'failed: TypeError' },
    ]);
    expect(JSON.stringify(setting.lines)).not.toContain('张三');
  });

  it('in a group count when they mention us', async () => {
    const group = setting.feishu.addGroup('项目群', [li, wang]);
    await setting.feishu.says(li, '今天天气不错', { chat: group, mention: false });
    await setting.feishu.says(li, '订会议室', { chat: group });
    expect(setting.heard.messages).toMatchObject([{ group: true, chat: group, text: '订会议室' }]);
  });

  it('bring openings of the chat and touches of the menu', async () => {
    await setting.feishu.opensChat(wang);
    await setting.feishu.touchesMenu(wang, 'book_room');
    const chat = setting.feishu.privateChat(wang).id;
    expect(setting.heard.openings).toMatchObject([
      { from: { id: wang }, chat },
      { from: { id: wang }, menu: 'book_room' },
    ]);
    expect(new Set(setting.heard.openings.map(({ key }) => key)).size).toBe(2);
  });

  it('tell of people who join, change and leave', async () => {
    const boss = setting.feishu.addPerson({ name: '赵总' });
    const zhao = setting.feishu.addPerson({ name: '小赵', leader: boss });
    await setting.feishu.joins(zhao);
    await setting.feishu.moves(zhao, { leader: li, frozen: true });
    await setting.feishu.leaves(zhao);
    expect(setting.heard.changes).toMatchObject([
      { change: 'person', person: { id: zhao, name: '小赵', leader: boss, active: true } },
      { change: 'person', person: { id: zhao, leader: li, active: false } },
      { change: 'left', id: zhao },
    ]);
  });

  it('about people ask for a whole reading when fields are missing', async () => {
    const object = { open_id: li, name: '李四' };
    await setting.feishu.pushes({ type: 'contact.user.updated_v3', event: { object } });
    await setting.feishu.pushes({ type: 'contact.scope.updated_v3', event: {} });
    expect(setting.heard.changes).toMatchObject([{ change: 'everyone' }, { change: 'everyone' }]);
  });

  it('of a type we do not know are acknowledged and left', async () => {
    const [answer] = await setting.feishu.pushes({
      type: 'vc.meeting.all_meeting_ended_v1',
      event: {},
    });
    expect(status(answer)).toBe(200);
    expect(setting.heard.setAside).toEqual([]);
    expect(setting.channel.counts()).toMatchObject({
      'unknown-type:vc.meeting.all_meeting_ended_v1': 1,
    });
  });

  it('in a shape we do not know are set aside and acknowledged', async () => {
    const [answer] = await setting.feishu.pushes({
      ...event,
      event: { text: 'x\0', sender: '\ud800' },
    });
    expect(status(answer)).toBe(200);
    expect(setting.heard.setAside).toMatchObject([{ reason: 'shape: im.message.receive_v1' }]);
    expect(setting.heard.setAside[0]?.body.isWellFormed()).toBe(true);
  });
});

describe('the address', () => {
  it('answers the challenge of the console on both paths', async () => {
    for (const to of [setting.feishu.webhookUrl, setting.feishu.cardUrl]) {
      const answer = await setting.feishu.challenges('c-42', { to: to ?? '' });
      expect(answer).toMatchObject({ status: 200, body: '{"challenge":"c-42"}' });
    }
  });

  it('answers forgeries with a bare 401, tells the office a few and counts all', async () => {
    const before = setting.channel.counts()['refused:signature'] ?? 0;
    const outcomes = await setting.feishu.pushes(event, { sign: 'wrong', repeat: 40 });
    expect(new Set(outcomes.map(status))).toEqual(new Set([401]));
    expect(outcomes[0]).toMatchObject({ body: '' });
    expect(setting.channel.counts()['refused:signature']).toBe(before + 40);
    expect(setting.heard.refused.length).toBeLessThanOrEqual(12);
    expect(setting.heard.messages).toEqual([]);
  });

  it('learns its tenant from the platform, not from whoever comes first', async () => {
    const fresh = await createSetting({ rates: 'off' });
    const person = fresh.feishu.addPerson({ name: '孙六' });
    await fresh.channel.send(fresh.to(person), { text: words('你好', 'Hello') }, 'k', 'zh');
    const [stranger] = await fresh.feishu.pushes(event, { tenantKey: 'another-company' });
    const said = await fresh.feishu.says(person, '你好');
    expect(status(stranger)).toBe(401);
    expect(said.answers).toMatchObject([{ status: 200 }]);
    await fresh.close();
  });

  it('takes JSON only, not compressed, and not more than 256 KiB', async () => {
    const to = setting.feishu.webhookUrl ?? '';
    const post = async (headers: Record<string, string>, body: string) =>
      (await fetch(to, { method: 'POST', headers, body })).status;
    expect(await post({ 'content-type': 'text/plain' }, '{}')).toBe(415);
    expect(
      await post({ 'content-type': 'application/json', 'content-encoding': 'gzip' }, '{}'),
    ).toBe(415);
    expect(await post({ 'content-type': 'application/json' }, 'x'.repeat(256 * 1024 + 1))).toBe(
      413,
    );
    expect(await post({ 'content-type': 'application/json' }, 'x'.repeat(256 * 1024))).toBe(401);
    expect(await post({ 'content-type': 'application/json; charset=utf-8' }, '')).toBe(401);
  });
});

describe('taps', () => {
  it('bring the wish and what was filled in, and are answered with toast and card', async () => {
    setting.behaviour.tap = async () => ({
      toast: { look: 'success', text: words('已同意', 'Approved') },
      card: {
        ...request,
        color: 'green',
        blocks: [{ block: 'text', text: words('已通过', 'Approved') }],
      },
    });
    const message = await sendRequest('tap-1');
    const tapped = await setting.feishu.taps(li, message, {
      button: '同意',
      form: { comment: '早去\n早回', things: ['投影'] },
    });
    expect(setting.heard.taps).toMatchObject([
      {
        from: { channel: 'feishu', id: li },
        message,
        value: { v: 1, a: 'approve', r: 42 },
        answers: { comment: '早去\n早回', start: '2026-01-05T09:30', things: ['a'] },
      },
    ]);
    expect(setting.heard.taps[0]?.value).toEqual({ v: 1, a: 'approve', r: 42 });
    expect(setting.heard.taps[0]?.key).toMatch(/^feishu:tap:\w+$/);
    expect(tapped.error).toBeUndefined();
    expect(tapped.toast).toMatchObject({
      type: 'success',
      i18n: { zh_cn: '已同意', en_us: 'Approved' },
    });
    expect(setting.feishu.cards(li).at(-1)?.text).toContain('已通过');
  });

  it('from another zone keep the time the card showed, and convert the one that was picked', async () => {
    const message = await sendRequest('tap-zone', wang);
    await setting.feishu.taps(wang, message, { button: '同意' });
    await setting.feishu.taps(wang, message, {
      button: '同意',
      form: { start: '2026-01-05 15:00' },
    });
    expect(setting.heard.taps.map(({ answers }) => answers['start'])).toEqual([
      '2026-01-05T09:30',
      '2026-01-05T14:00',
    ]);
  });

  it('are told the truth when the office cannot record them', async () => {
    setting.behaviour.tap = async () => {
      throw new OfficeUnavailable('the database is away');
    };
    const tapped = await setting.feishu.taps(li, await sendRequest('tap-2'), { button: '同意' });
    expect(tapped).toMatchObject({
      status: 200,
      toast: { type: 'error', content: '没有记下，请再试一次' },
    });
  });

  it('are told that it failed when our code breaks', async () => {
    setting.behaviour.tap = async () => {
      throw new RangeError('ours');
    };
    const tapped = await setting.feishu.taps(li, await sendRequest('tap-3'), { button: '同意' });
    expect(tapped.toast?.type).toBe('error');
    expect(tapped.toast?.content).toContain('没有办成');
  });

  it('keep their toast when the new card cannot be drawn', async () => {
    const broken = { ...request, blocks: null } as { readonly blocks: unknown };
    setting.behaviour.tap = async () => ({
      toast: { look: 'success', text: words('已同意', 'Approved') },
      card: broken as Card,
    });
    const tapped = await setting.feishu.taps(li, await sendRequest('tap-5'), { button: '同意' });
    expect(tapped).toMatchObject({ status: 200, toast: { content: '已同意' } });
    expect(tapped.card).toBeUndefined();
  });

  it('are answered in time when the office is slow, and the card follows', async () => {
    const done = Promise.withResolvers<void>();
    setting.behaviour.tap = async () => {
      await done.promise;
      return {
        card: { ...request, blocks: [{ block: 'text', text: words('已通过', 'Approved') }] },
      };
    };
    const message = await sendRequest('tap-4');
    const tapped = await setting.feishu.taps(li, message, { button: '同意' });
    expect(tapped.error).toBeUndefined();
    expect(tapped.ms).toBeLessThan(2_500);
    expect(tapped.toast?.content).toContain('还在办');
    done.resolve();
    await setting.feishu.waitFor(() =>
      JSON.stringify(setting.feishu.cardOf(message)).includes('已通过'),
    );
  });

  it('are refused when they were signed more than five minutes ago', async () => {
    const stamp = Math.floor(Date.now() / 1_000) - 301;
    const tap = { type: 'card.action.trigger', event: {} };
    const [old] = await setting.feishu.pushes(tap, { stamp });
    const [late] = await setting.feishu.pushes(
      { type: 'contact.scope.updated_v3', event: {} },
      { stamp },
    );
    expect([status(old), status(late)]).toEqual([401, 200]);
  });
});
