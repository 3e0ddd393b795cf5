/** Action items as tasks of Feishu: what is handed out, moved, given back and done, from either side. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idIn } from '../office/feishu-client.ts';
import type { Rules } from '../../src/settings/index.ts';

const withTasks = (rules: Rules): Rules => ({
  ...rules,
  feishu: { ...rules.feishu, tasks: true },
});

let office: FeishuOffice;
afterEach(() => office.stop());

/** Zhou Min hands out two items, one to He Jia and one to Lin Xiao. */
async function handOut(): Promise<void> {
  await office.says(
    '周敏',
    '市场例会纪要\n行动项\n1. 何佳：3月10日前更新报价模板\n2. 林晓：3月12日前联系展会主办方',
  );
  await office.taps('周敏', '确认并分派');
  await office.tick();
}

const tasksOf = (person: string): readonly string[] =>
  office.feishu.tasks
    .of(idIn(person))
    .map(({ summary, completedAt }) => `${completedAt > 0 ? '☑' : '☐'} ${summary}`);
const taskCalls = (): readonly string[] =>
  office.feishu.calls
    .filter(({ path }) => path.startsWith('/open-apis/task/'))
    .map(({ method, route }) => `${method} ${route.slice('/open-apis/task/v2'.length)}`);
const writes = (): number => taskCalls().filter((call) => !call.startsWith('GET')).length;
/** What the platform refused, but for what a test asked for. */
const refused = (): readonly number[] =>
  office.feishu.calls
    .filter(({ path, fault }) => path.startsWith('/open-apis/task/') && !fault)
    .map(({ code }) => code)
    .filter((code) => code !== 0);
const stateOf = async (number: string): Promise<string | undefined> =>
  (
    await office.app.db
      .selectFrom('action_item')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirst()
  )?.state;
/** Half an hour later, when ticks are looked for again. */
async function later(): Promise<void> {
  office.later({ minutes: 31 });
  await office.tick();
}

describe('action items in Feishu’s tasks', () => {
  beforeEach(async () => {
    office = await openFeishuOffice({ rules: withTasks });
  });

  test('each owner finds theirs, with its date and where it comes from', async () => {
    await handOut();
    expect(tasksOf('何佳')).toEqual(['☐ ACT-26-0001 更新报价模板']);
    expect(tasksOf('林晓')).toEqual(['☐ ACT-26-0002 联系展会主办方']);
    const [task] = office.feishu.tasks.of(idIn('何佳'));
    expect(task?.due).toEqual({ timestamp: String(Date.UTC(2026, 2, 10)), isAllDay: true });
    expect(task?.description).toContain('来自会议「市场例会」，由 周敏 分派');
    expect(JSON.stringify(task?.origin)).toContain(
      `https://applink.feishu.cn/client/bot/open?appId=${office.feishu.appId}`,
    );
    expect(refused()).toEqual([]);
  });

  test('done in the chat is done there, opened again is open; looking on costs no call', async () => {
    await handOut();
    await office.taps('何佳', '完成');
    await office.tick();
    expect(tasksOf('何佳')).toEqual(['☑ ACT-26-0001 更新报价模板']);
    await office.says('何佳', '我的行动项');
    await office.callsBack({
      person: '何佳',
      value: { v: 1, a: 'item-doing', i: 1, l: '0', f: 0 },
    });
    await office.tick();
    expect(tasksOf('何佳')).toEqual(['☐ ACT-26-0001 更新报价模板']);
    const before = writes();
    await office.tick();
    await office.tick();
    expect(writes()).toBe(before);
    expect(refused()).toEqual([]);
  });

  test('ticked in Feishu is done here at the next look, told to the host, once', async () => {
    await handOut();
    office.feishu.tasks.tick(idIn('何佳'), '更新报价模板');
    const before = writes();
    await later();
    expect(await stateOf('ACT-26-0001')).toBe('done');
    expect(office.last('周敏')).toContain('何佳 · 3月10日（周二）前 · 已完成');
    await later();
    expect(writes()).toBe(before);
    const acts = await office.app.db
      .selectFrom('audit')
      .select(['act', 'actor'])
      .where('act', '=', 'action.done')
      .execute();
    expect(acts).toHaveLength(1);
    expect(acts[0]?.actor).toMatch(/^person:/);
  });

  test('the tick taken away there opens it here', async () => {
    await handOut();
    office.feishu.tasks.tick(idIn('何佳'), '更新报价模板');
    await later();
    office.feishu.tasks.untick(idIn('何佳'), '更新报价模板');
    await later();
    expect(await stateOf('ACT-26-0001')).toBe('doing');
    expect(tasksOf('何佳')).toEqual(['☐ ACT-26-0001 更新报价模板']);
  });

  test('postponed moves its date, given back takes it away, handed out anew it is another’s', async () => {
    await handOut();
    await office.taps('何佳', '延期');
    await office.taps('何佳', '确认延期', { due: '2026-03-20', reason: '等价格表' });
    await office.tick();
    expect(office.feishu.tasks.of(idIn('何佳'))[0]?.due?.timestamp).toBe(
      String(Date.UTC(2026, 2, 20)),
    );
    await office.taps('林晓', '不是我');
    await office.taps('林晓', '交回主持人', { reason: '展会归何佳' });
    await office.tick();
    expect(tasksOf('林晓')).toEqual([]);
    await office.taps('周敏', '确认并分派', { owner_2: '何佳' });
    await office.tick();
    expect(tasksOf('何佳')).toEqual(['☐ ACT-26-0001 更新报价模板', '☐ ACT-26-0002 联系展会主办方']);
    expect(refused()).toEqual([]);
  });

  test('another owner gets it, and who had it has it no more', async () => {
    await handOut();
    await office.says('周敏', '把 ACT-26-0001 转给林晓');
    await office.tick();
    expect(tasksOf('何佳')).toEqual([]);
    expect(tasksOf('林晓')).toContain('☐ ACT-26-0001 更新报价模板');
  });

  test('whoever is handed a task in Feishu has not got the item: their tick is not its owner’s', async () => {
    await handOut();
    office.feishu.tasks.handOver(idIn('何佳'), '更新报价模板', idIn('陈晨'));
    office.feishu.tasks.tick(idIn('陈晨'), '更新报价模板');
    await later();
    expect(await stateOf('ACT-26-0001')).toBe('open');
  });

  test('deleted there, it comes back when the item changes', async () => {
    await handOut();
    office.feishu.tasks.remove(idIn('何佳'), '更新报价模板');
    await later();
    expect(await stateOf('ACT-26-0001')).toBe('open');
    await office.taps('何佳', '完成');
    await office.tick();
    await office.tick();
    expect(tasksOf('何佳')).toEqual(['☑ ACT-26-0001 更新报价模板']);
  });

  test('thirty at once are all there, once, though the platform takes ten a second', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, k) => `${k + 1}. 王磊：3月20日前登记第${k + 1}批设备`,
    );
    await office.says('周敏', `设备例会纪要\n行动项\n${lines.join('\n')}`);
    await office.taps('周敏', '确认并分派');
    await expect
      .poll(
        async () => {
          office.later({ seconds: 2 });
          await office.tick();
          return office.feishu.tasks.of(idIn('王磊')).length;
        },
        { timeout: 25_000 },
      )
      .toBe(30);
    expect(new Set(tasksOf('王磊')).size).toBe(30);
    expect(refused().filter((code) => code !== 99_991_400)).toEqual([]);
  });

  test('who leaves has it no more, and the host hands it to another', async () => {
    await handOut();
    await office.feishu.leaves(idIn('何佳'));
    await office.settle();
    await office.tick();
    expect(office.feishu.tasks.all().map(({ summary }) => summary)).toEqual([
      'ACT-26-0002 联系展会主办方',
    ]);
  });

  test('what is on its way there is not taken for a change that was made there', async () => {
    await handOut();
    office.feishu.fail({ answer: 500, code: 1_470_500 }, { times: 3, only: /PATCH/ });
    await office.taps('何佳', '完成');
    await later();
    expect(await stateOf('ACT-26-0001')).toBe('done');
    for (let count = 0; count < 3; count++) await later();
    expect(tasksOf('何佳')).toEqual(['☑ ACT-26-0001 更新报价模板']);
    expect(await stateOf('ACT-26-0001')).toBe('done');
  });

  test('made without an answer, it is found again and not made twice', async () => {
    office.feishu.fail({ cut: 'after' }, { only: /POST .*\/tasks$/ });
    await handOut();
    for (let count = 0; count < 3; count++) await later();
    expect(office.feishu.tasks.all()).toHaveLength(2);
    expect(tasksOf('何佳')).toEqual(['☐ ACT-26-0001 更新报价模板']);
  });

  test('ticked there and done here at the same time is done', async () => {
    await handOut();
    office.feishu.tasks.tick(idIn('何佳'), '更新报价模板');
    await office.taps('何佳', '完成');
    await office.tick();
    expect(tasksOf('何佳')).toEqual(['☑ ACT-26-0001 更新报价模板']);
    const dead = await office.app.db
      .selectFrom('counterpart')
      .select('id')
      .where('dead_at', 'is not', null)
      .execute();
    expect(dead).toEqual([]);
  });

  test('without the permission it is asked for seldom, and all is there once it is granted', async () => {
    office.feishu.scopes.delete('task:task:write');
    await handOut();
    const before = writes();
    await office.tick();
    await office.tick();
    expect(writes()).toBe(before);
    office.feishu.scopes.add('task:task:write');
    await later();
    expect(tasksOf('何佳')).toHaveLength(1);
  });
});

test('two programs make each task once, and do a tick once', async () => {
  office = await openFeishuOffice({ rules: withTasks, replicas: 2 });
  await handOut();
  expect(office.feishu.tasks.all()).toHaveLength(2);
  office.feishu.tasks.tick(idIn('何佳'), '更新报价模板');
  await later();
  expect(await stateOf('ACT-26-0001')).toBe('done');
  const lists = taskCalls().filter((call) => call === 'POST /tasklists');
  expect(lists).toHaveLength(1);
});

test('switched off, as it is unless asked for, not a single call is made', async () => {
  office = await openFeishuOffice();
  await handOut();
  await office.taps('何佳', '完成');
  await later();
  expect(taskCalls()).toEqual([]);
  // Nothing is kept for the day on which it is switched on.
  expect(await office.app.db.selectFrom('counterpart').select('id').execute()).toEqual([]);
});
