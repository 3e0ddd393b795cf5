/** Approvals in Feishu's approval centre: managers find them in their usual list and decide on either side. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idIn } from '../office/feishu-client.ts';
import type { Rules } from '../../src/settings/index.ts';

const withCentre = (rules: Rules): Rules => ({
  ...rules,
  feishu: { ...rules.feishu, approvals: true },
});
const QUICK = {
  PUBLIC_URL: 'https://office.example.com',
  FEISHU_APPROVAL_TOKEN: 'a-token-of-our-own',
  FEISHU_APPROVAL_KEY: 'a-key-of-our-own',
};

let office: FeishuOffice;
afterEach(() => office.stop());

const lists = (which: 'to-do' | 'done', person: string): readonly string[] =>
  office.feishu.approvals.listed(idIn(person), which).map(({ title }) => title);
const approvalCalls = (): readonly { readonly code: number; readonly route: string }[] =>
  office.feishu.calls.filter(({ path }) => path.startsWith('/open-apis/approval/'));
const pushes = (): number =>
  approvalCalls().filter(({ route }) => route.endsWith('/external_instances')).length;
const stateOf = async (): Promise<string | undefined> =>
  (await office.app.db.selectFrom('request').select('state').executeTakeFirst())?.state;
const decisions = async (): Promise<number> =>
  (
    await office.app.db
      .selectFrom('audit')
      .select('act')
      .where('act', 'in', ['request.approve', 'request.reject'])
      .execute()
  ).length;
const refusals = async (): Promise<readonly string[]> =>
  (
    await office.app.db
      .selectFrom('audit')
      .select('act')
      .where('act', 'like', 'refused.%')
      .orderBy('at')
      .execute()
  ).map(({ act }) => act);

/** Chen Chen asks for a short trip, which their leader approves. */
async function asks(text = '下周二到周四去上海出差，坐高铁，见客户'): Promise<void> {
  await office.says('陈晨', text);
  await office.taps('陈晨', '提交');
  await office.tick();
}
const approve = (person: string, reason?: string) =>
  office.feishu.approvals.decide(idIn(person), 'TRIP-26-0001', 'APPROVE', reason ? { reason } : {});
const reject = (person: string, reason?: string) =>
  office.feishu.approvals.decide(idIn(person), 'TRIP-26-0001', 'REJECT', reason ? { reason } : {});

describe('an approval in the approval centre', () => {
  let leader = '';
  beforeEach(async () => {
    office = await openFeishuOffice({ rules: withCentre, env: QUICK });
    await asks();
    leader = office.feishu.person(idIn('陈晨')).leader ?? '';
  });

  test('is in the list of who is asked, in their language, with what it is about', () => {
    const [task, another] = office.feishu.approvals.listed(leader, 'to-do');
    expect(another).toBeUndefined();
    expect(task?.title).toBe('出差申请 TRIP-26-0001');
    expect(task?.lines).toEqual([
      '目的地：上海',
      '日期：3月10日（周二） 至 3月12日（周四），共 3 天',
      '交通：高铁',
    ]);
    expect(office.feishu.approvals.listed(leader, 'to-do', 'en-US')[0]?.title).toBe(
      'Business trip TRIP-26-0001',
    );
    expect(task?.task.links.pc_link).toContain('/client/bot/open?appId=');
    expect(lists('to-do', '陈晨')).toEqual([]);
    expect(approvalCalls().map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('decided in the chat it is done there; the work that follows is no push', async () => {
    await office.taps(leader, '同意');
    await office.tick();
    expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('APPROVED');
    expect(lists('to-do', leader)).toEqual([]);
    expect(lists('done', leader)).toEqual(['出差申请 TRIP-26-0001']);
    const before = pushes();
    const booker = office.roleHolder('office');
    await office.taps(booker, '完成', { tickets: 'G12 3月10日 9:00' });
    await office.tick();
    expect(await stateOf()).toBe('done');
    expect(pushes()).toBe(before);
  });

  test('decided there it is decided here: the requester hears it, the card follows, the list is cleared', async () => {
    expect(await approve(leader)).toMatchObject({ status: 200 });
    await office.tick();
    expect(await stateOf()).toBe('working');
    expect(office.last('陈晨')).toContain('TRIP-26-0001');
    expect(office.last(leader)).toContain('李伟 同意');
    expect(lists('to-do', leader)).toEqual([]);
    expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('APPROVED');
    const [act] = await office.app.db
      .selectFrom('audit')
      .select('actor')
      .where('act', '=', 'request.approve')
      .execute();
    expect(act?.actor).toMatch(/^person:/);
  });

  test('refused there takes a reason, which the requester reads', async () => {
    expect(await reject(leader)).toMatchObject({ shown: '请填写原因' });
    expect(await reject(leader, '预算已用完')).toMatchObject({ status: 200 });
    await office.tick();
    expect(await stateOf()).toBe('rejected');
    expect(office.last('陈晨')).toContain('预算已用完');
    expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('REJECTED');
  });

  test('is told in the language of who decides, and that nothing was recorded when it was not', async () => {
    const [task] = office.feishu.approvals.listed(leader, 'to-do');
    if (!task) throw new Error('no task');
    await office.app.db
      .updateTable('person')
      .set({ language: 'en' })
      .where('name', '=', '陈晨')
      .execute();
    const own = await office.feishu.approvals.call(idIn('陈晨'), task, 'APPROVE');
    expect(own.shown).toBe('Nobody approves their own request');
    office.feishu.fail({ answer: 500 }, { only: /contact/ });
    const lost = await office.feishu.approvals.call(leader, task, 'APPROVE');
    expect(lost).toMatchObject({
      status: 503,
      shown: '没有记下，请再试一次 Not recorded; please try again',
    });
    expect(await decisions()).toBe(0);
    expect(await office.feishu.approvals.call(leader, task, 'APPROVE')).toMatchObject({
      status: 200,
    });
  });

  test('the same call again is answered the same and decides nothing', async () => {
    const [task] = office.feishu.approvals.listed(leader, 'to-do');
    if (!task) throw new Error('no task');
    const call = () => office.feishu.approvals.call(leader, task, 'APPROVE');
    const both = await Promise.all([call(), call()]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await office.tick();
    expect(await call()).toMatchObject({ status: 200 });
    expect(await decisions()).toBe(1);
    const other = await office.feishu.approvals.call(leader, task, 'REJECT', { reason: '不行' });
    expect(other.status).toBe(409);
    expect(other.shown).toContain('同意');
    expect(await stateOf()).toBe('working');
  });

  test('somebody whose turn it is not is told whose it is, a stranger nothing', async () => {
    const [task] = office.feishu.approvals.listed(leader, 'to-do');
    if (!task) throw new Error('no task');
    const own = await office.feishu.approvals.call(idIn('陈晨'), task, 'APPROVE');
    expect(own).toMatchObject({ status: 409, shown: '自己的申请不能自己审批' });
    const other = await office.feishu.approvals.call(idIn('罗敏'), task, 'APPROVE');
    expect(other).toMatchObject({ status: 409, shown: '没有找到这张申请单，请核对单号' });
    const nobody = await office.feishu.approvals.call(leader, task, 'APPROVE', {
      bend: (body) => ({ ...body, user_id: 'nobody-here' }),
    });
    expect(nobody.shown).toContain('没有认出您的账号');
    expect(await stateOf()).toBe('pending');
    expect(await decisions()).toBe(0);
    expect(await refusals()).toContain('refused.approve');
  });

  test('a forged call is refused: another token, in plain, another key, a context of its own', async () => {
    const [task] = office.feishu.approvals.listed(leader, 'to-do');
    if (!task) throw new Error('no task');
    const call = office.feishu.approvals.call;
    const forged = [
      await call(leader, task, 'APPROVE', { bend: (body) => ({ ...body, token: 'guessed' }) }),
      await call(leader, task, 'APPROVE', { bend: ({ token: _none, ...body }) => body }),
      await call(leader, task, 'APPROVE', { key: '' }),
      await call(leader, task, 'APPROVE', { key: 'another key' }),
    ];
    expect(forged.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    const odd = [
      '',
      '{}',
      '{"r":1}',
      '{"r":1,"s":"approval-1","n":-1,"e":0}',
      '{"r":99,"s":"x","n":0,"e":0}',
    ];
    for (const context of odd) {
      const bent = { bend: (body: object) => ({ ...body, action_context: context }) };
      expect(await call(leader, task, 'APPROVE', bent)).toMatchObject({ status: 409 });
    }
    expect(await stateOf()).toBe('pending');
    expect(await decisions()).toBe(0);
    await office.settle();
    expect((await refusals()).filter((act) => act === 'refused.request')).toHaveLength(4);
  });

  test('a list drawn before the form was changed decides nothing about the new one', async () => {
    const [task] = office.feishu.approvals.listed(leader, 'to-do');
    if (!task) throw new Error('no task');
    await office.says('陈晨', '改到下周三到周五');
    await office.taps('陈晨', '提交');
    await office.tick();
    const late = await office.feishu.approvals.call(leader, task, 'APPROVE');
    expect(late).toMatchObject({ status: 409 });
    expect(late.shown).toContain('内容或环节已变化');
    expect(await stateOf()).toBe('pending');
    expect(office.feishu.approvals.listed(leader, 'to-do')[0]?.lines[1]).toContain('3月11日');
    expect(await approve(leader)).toMatchObject({ status: 200 });
  });

  test('taken back it leaves the list', async () => {
    await office.says('陈晨', '撤回 TRIP-26-0001');
    await office.tick();
    expect(lists('to-do', leader)).toEqual([]);
    expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('CANCELED');
  });

  test('handed on it is in the other’s list', async () => {
    await office.taps(leader, '转交');
    await office.taps(leader, '转交', { to: '王磊 · 研发部' });
    await office.tick();
    expect(lists('to-do', leader)).toEqual([]);
    expect(lists('to-do', '王磊')).toEqual(['出差申请 TRIP-26-0001']);
  });

  test('what the platform did not answer is pushed again and stands there once', async () => {
    office.feishu.fail({ cut: 'after' }, { only: /external_instances/ });
    await office.taps(leader, '同意');
    await office.tick();
    office.later({ minutes: 2 });
    await office.tick();
    expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('APPROVED');
    expect(lists('done', leader)).toEqual(['出差申请 TRIP-26-0001']);
  });
});

test('a long trip goes from list to list, and what was sent back comes anew', async () => {
  office = await openFeishuOffice({ rules: withCentre, env: QUICK });
  await asks('下周一到下周五去北京出差，坐飞机，参加展会');
  const leader = office.feishu.person(idIn('陈晨')).leader ?? '';
  const [first] = office.feishu.approvals.listed(leader, 'to-do');
  if (!first) throw new Error('no task');
  await office.taps(leader, '退回');
  await office.taps(leader, '退回修改', { comment: '请补充预算' });
  await office.tick();
  expect(lists('to-do', leader)).toEqual([]);
  expect(lists('to-do', '陈晨')).toEqual(['出差申请 TRIP-26-0001']);
  await office.taps('陈晨', '重新提交');
  await office.tick();
  expect(lists('to-do', '陈晨')).toEqual([]);
  expect(lists('to-do', leader)).toEqual(['出差申请 TRIP-26-0001']);
  // A call of the first time, late or played back, is none for the second.
  const late = await office.feishu.approvals.call(leader, first, 'APPROVE');
  expect(late.shown).toContain('内容或环节已变化');
  expect(await decisions()).toBe(0);
  expect(await approve(leader)).toMatchObject({ status: 200 });
  await office.tick();
  // Their own leader heads the department too: asked once, the trip goes on to the director.
  expect(lists('to-do', leader)).toEqual([]);
  expect(lists('to-do', '周敏')).toEqual(['出差申请 TRIP-26-0001']);
  expect(office.feishu.approvals.statusOf('TRIP-26-0001')).toBe('PENDING');
});

test('two programs push each state once, and decide once', async () => {
  office = await openFeishuOffice({ rules: withCentre, env: QUICK, replicas: 2 });
  await asks();
  const leader = office.feishu.person(idIn('陈晨')).leader ?? '';
  const [task] = office.feishu.approvals.listed(leader, 'to-do');
  if (!task) throw new Error('no task');
  const answers: number[] = [];
  for (const url of office.urls) {
    office.feishu.officeUrl = new URL(url).origin;
    answers.push((await office.feishu.approvals.call(leader, task, 'APPROVE')).status);
  }
  await office.tick();
  expect(answers).toEqual([200, 200]);
  expect(await decisions()).toBe(1);
  expect(pushes()).toBe(2);
  expect(approvalCalls().filter(({ route }) => route.endsWith('_approvals'))).toHaveLength(6);
});

test('over a long connection too the centre calls our address', async () => {
  office = await openFeishuOffice({ rules: withCentre, env: QUICK, transport: 'websocket' });
  await asks();
  expect(await approve(office.feishu.person(idIn('陈晨')).leader ?? '')).toMatchObject({
    status: 200,
  });
  expect(await stateOf()).toBe('working');
});

test('without a token of ours the list shows, and people decide in the chat', async () => {
  office = await openFeishuOffice({ rules: withCentre });
  await asks();
  const leader = office.feishu.person(idIn('陈晨')).leader ?? '';
  const [task] = office.feishu.approvals.listed(leader, 'to-do');
  expect(task?.title).toBe('出差申请 TRIP-26-0001');
  expect(task?.task.action_configs).toBeUndefined();
  const url = `${new URL(office.url).origin}/feishu/approvals`;
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('switched off, as it is unless asked for, not a single call is made', async () => {
  office = await openFeishuOffice({ env: QUICK });
  await asks();
  await office.taps(office.feishu.person(idIn('陈晨')).leader ?? '', '同意');
  await office.tick();
  expect(approvalCalls()).toEqual([]);
  // Nothing is kept for the day on which it is switched on.
  expect(await office.app.db.selectFrom('counterpart').select('id').execute()).toEqual([]);
});
