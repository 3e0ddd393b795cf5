/** At night and on days off people are left alone; in the morning what waited comes as one card. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import type { Jobs } from '../../src/delivery/jobs.ts';
import { owe } from '../../src/delivery/owe.ts';
import type { Rules } from '../../src/settings/rules.ts';
import { idOf, openOffice, type TestOffice } from '../office/office.ts';

/** An office of its own for a test, opened at a local time of Shanghai. */
async function officeAt(
  local: string,
  rules: (rules: Rules) => Rules = (same) => same,
): Promise<TestOffice> {
  const start = Temporal.Instant.from(`${local}:00+08:00`);
  const office = await openOffice({ start, rules });
  onTestFinished(() => office.stop());
  return office;
}

/** So many hours pass, one after another. */
async function hours(office: TestOffice, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour++) await office.later('1h');
}

/** Somebody asks for a trip that their leader has to approve; its number. */
async function trip(office: TestOffice, person: string): Promise<string> {
  await office.says(person, '3月20日去上海出差一天，见客户');
  await office.says(person, '提交');
  return /TRIP-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

const NO_JOBS: Jobs = {
  wakeAfter: () => Promise.resolve(),
  ready: () => true,
  stop: () => Promise.resolve(),
};

const LEADER = '李伟';
const REPAIRER = 'ou_office_2';

/** The number of the bundle that somebody got. */
async function bundleOf({ app }: TestOffice, person: string): Promise<number | null> {
  const row = await app.db
    .selectFrom('delivery')
    .select('bundle')
    .where('bundle', 'is not', null)
    .where('address', '=', idOf(person))
    .executeTakeFirstOrThrow();
  return row.bundle;
}

describe('at night', () => {
  test('what waits for a manager comes as one card at half past eight, what is over by then is not on it', async () => {
    const office = await officeAt('2026-03-03T21:30');
    const first = await trip(office, '陈晨');
    const over = await trip(office, '陈晨');
    const third = await trip(office, '陈晨');
    await office.says('陈晨', `撤回 ${over}`);
    expect(await office.sees(LEADER)).toEqual([]);
    await hours(office, 10);
    expect(await office.sees(LEADER)).toEqual([]);
    await hours(office, 1);
    const seen = await office.sees(LEADER);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('昨晚到现在 2 件');
    expect(seen[0]).toContain(`${first} · 出差申请 · 等您审批\n陈晨 · `);
    expect(seen[0]).toContain(third);
    expect(seen[0]).not.toContain(over);
    await office.taps(LEADER, `查看 ${third}`);
    expect(await office.last(LEADER)).toContain('[同意] [驳回]');
    await office.taps(LEADER, '同意');
    expect(await office.last('陈晨')).toContain(`${third} #处理中`);
    await office.taps(LEADER, '免打扰设置');
    expect(await office.last(LEADER)).toContain('每天：21:00–08:30（公司默认）');
  });

  test('the only one that waited is shown itself', async () => {
    const office = await officeAt('2026-03-03T21:30');
    const number = await trip(office, '陈晨');
    await hours(office, 11);
    expect(await office.sees(LEADER)).toHaveLength(1);
    expect(await office.last(LEADER)).toContain(`出差申请 ${number} #待审批`);
    expect(await office.last(LEADER)).toContain('[同意] [驳回]');
  });

  test('the only one of several that is still true is shown itself', async () => {
    const office = await officeAt('2026-03-03T21:30');
    const over = await trip(office, '陈晨');
    const number = await trip(office, '陈晨');
    await office.says('陈晨', `撤回 ${over}`);
    await hours(office, 11);
    expect(await office.sees(LEADER)).toHaveLength(1);
    expect(await office.last(LEADER)).toContain(`出差申请 ${number} #待审批`);
    await office.taps(LEADER, '同意');
    expect(await office.last('陈晨')).toContain(`${number} #处理中`);
  });

  test('sentences that waited stand on the card as well, which is nobody else’s', async () => {
    const office = await officeAt('2026-03-03T16:00');
    const numbers = [await trip(office, '陈晨'), await trip(office, '王磊')];
    await hours(office, 6);
    await office.app.db
      .updateTable('task')
      .set({ reminders: 2, next_reminder_at: office.app.now() })
      .where('state', '=', 'open')
      .execute();
    await hours(office, 11);
    const told = await office.last('孙丽');
    expect(told).toContain('昨晚到现在 2 件');
    for (const number of numbers) expect(told).toContain(`${number} 已提醒李伟 3 次仍未处理`);
    await office.says('何佳', '帮助');
    const theirs = await bundleOf(office, '孙丽');
    const list = { v: 1, a: 'list', l: `bundle:${theirs}` };
    expect((await office.forges('何佳', list)).toast).toBe('这些都已经处理完了');
    expect((await office.forges('何佳', { v: 1, a: 'list', l: 'bundle:x' })).toast).toBe(
      '这些都已经处理完了',
    );
  });

  test('a card of another sort that waited is opened from there', async () => {
    const office = await officeAt('2026-03-03T22:00');
    await trip(office, '陈晨');
    const { id } = await office.app.db
      .selectFrom('person')
      .select('id')
      .where('name', '=', LEADER)
      .executeTakeFirstOrThrow();
    const at = { db: office.app.db, clock: { now: office.app.now } };
    await inWork(at, { actor: 'system' }, async (work) => {
      await owe(work, NO_JOBS, id, 'simulator', {
        what: 'digest',
        view: { view: 'tasks', first: 0 },
        attention: true,
        priority: 9,
      });
    });
    await hours(office, 11);
    expect(await office.sees(LEADER)).toHaveLength(1);
    expect(await office.last(LEADER)).toContain('昨晚到现在 2 件');
    await office.taps(LEADER, '查看 我的待办');
    expect(await office.sees(LEADER)).toHaveLength(2);
    expect(await office.last(LEADER)).toContain('我的待办');
    const forged = { v: 1, a: 'waited', t: 'no id' };
    expect((await office.forges(LEADER, forged)).toast).toBe('这些都已经处理完了');
  });

  test('who was asked along at night answers from there: it is not the request that waited', async () => {
    const office = await officeAt('2026-03-03T21:30');
    for (const day of ['3月20日', '3月23日']) {
      await office.says('陈晨', `${day}和王磊去上海出差一天，见客户`);
      await office.says('陈晨', '提交');
    }
    await hours(office, 11);
    expect(await office.sees('王磊')).toHaveLength(1);
    expect(await office.last('王磊')).toContain('陈晨请您同行出差');
    await office.taps('王磊', '查看 陈晨请您同行出差');
    expect((await office.taps('王磊', '同行')).toast).toBe('已确认同行');
  });

  test('claims offered at night are on the morning’s card, and begin from there; what is settled by then is not', async () => {
    const office = await officeAt('2026-03-03T20:40', (rules) => ({
      ...rules,
      trips: { ...rules.trips, claimAt: '21:30' },
    }));
    for (const _ of [1, 2, 3]) {
      await office.says('陈晨', '明天去上海出差一天，坐高铁，见客户');
      await office.says('陈晨', '提交');
      await office.taps(LEADER, '同意');
    }
    // Thursday, 21:40: on the day after the journey the offers come due in the quiet time.
    for (const step of ['1d', '1d', '1h'] as const) await office.later(step);
    const before = await office.sees('陈晨');
    expect(before.join('\n')).not.toContain('报销吗');
    await office.says('陈晨', 'TRIP-26-0003 没有费用');
    for (const step of ['4h', '4h', '4h'] as const) await office.later(step);
    const card = await office.last('陈晨');
    expect(card).toContain('到现在');
    expect(card).toContain('报销 TRIP-26-0001');
    expect(card).toContain('报销 TRIP-26-0002');
    expect(card).not.toContain('报销 TRIP-26-0003');
    await office.taps('陈晨', '查看 出差回来了，报销吗？');
    expect(await office.last('陈晨')).toContain('[填报销单] [没有费用]');
    await office.taps('陈晨', '填报销单');
    expect(await office.last('陈晨')).toContain('报销单');
  });

  test('three reminders that come due are one card, each request once', async () => {
    const office = await officeAt('2026-03-03T15:30');
    const numbers = [
      await trip(office, '陈晨'),
      await trip(office, '王磊'),
      await trip(office, '陈晨'),
    ];
    await hours(office, 6);
    const before = (await office.sees(LEADER)).length;
    await office.app.db
      .updateTable('task')
      .set({ next_reminder_at: office.app.now().add({ minutes: 30 }) })
      .where('state', '=', 'open')
      .execute();
    await hours(office, 1);
    await office.says('王磊', '催一下');
    expect(await office.last('王磊')).toBe('李伟在免打扰时间，明天 3月4日（周三）08:30 提醒');
    expect(await office.sees(LEADER)).toHaveLength(before);
    await hours(office, 10);
    const seen = await office.sees(LEADER);
    expect(seen).toHaveLength(before + 1);
    expect(seen.at(-1)).toContain('昨晚到现在 3 件');
    expect(seen.at(-1)).toContain('3 件等您处理');
    for (const number of numbers) expect(seen.at(-1)?.split(`${number} · `)).toHaveLength(2);
  });

  test('nothing is sent when all of it is over by the morning', async () => {
    const office = await officeAt('2026-03-03T21:30');
    for (const number of [await trip(office, '陈晨'), await trip(office, '陈晨')])
      await office.says('陈晨', `撤回 ${number}`);
    await hours(office, 12);
    expect(await office.sees(LEADER)).toEqual([]);
  });

  test('whoever is talking to us is told at once', async () => {
    const office = await officeAt('2026-03-03T22:00');
    await office.says(LEADER, '我的待办');
    const number = await trip(office, '陈晨');
    expect(await office.last(LEADER)).toContain(`${number} #待审批`);
    await office.later('15m');
    await office.later('15m');
    const later = await trip(office, '陈晨');
    expect((await office.sees(LEADER)).join()).not.toContain(`${later} #`);
  });

  test('a decision is seen on the card at once, and told in the morning', async () => {
    const office = await officeAt('2026-03-03T20:30');
    const number = await trip(office, '陈晨');
    await hours(office, 1);
    const before = (await office.sees('陈晨')).length;
    await office.taps(LEADER, '驳回', { comment: '预算超了' });
    expect(await office.sees('陈晨')).toHaveLength(before);
    expect(await office.last('陈晨')).toContain(`${number} #已驳回`);
    await hours(office, 11);
    expect(await office.sees('陈晨')).toHaveLength(before + 1);
    expect(await office.last('陈晨')).toContain(`${number} #已驳回`);
  });

  test('an urgent repair reaches the repairers, and what they note its reporter; that it is done can wait', async () => {
    const office = await officeAt('2026-03-03T23:00');
    await office.says('陈晨', '3楼茶水间水管爆了，很急');
    await office.says('陈晨', '提交');
    const [, number = 'none'] = /(FIX-26-\d{4})/.exec(await office.last('陈晨')) ?? [];
    expect(await office.last(REPAIRER)).toContain(number);
    await hours(office, 1);
    await office.taps(REPAIRER, '接单');
    await office.taps(REPAIRER, '记进展', { note: '总阀已关' });
    const noted = await office.sees('陈晨');
    expect(noted.at(-1)).toContain('总阀已关');
    await office.taps(REPAIRER, '完成', { done: '换了水管' });
    expect(await office.sees('陈晨')).toHaveLength(noted.length);
    await hours(office, 9);
    expect(await office.sees('陈晨')).toHaveLength(noted.length + 1);
    expect(await office.last('陈晨')).toContain('[验收]');
  });

  test('an ordinary repair waits, also for the repairers', async () => {
    const office = await officeAt('2026-03-03T23:00');
    await office.says('陈晨', '3楼打印机卡纸了');
    await office.says('陈晨', '提交');
    expect(await office.sees(REPAIRER)).toEqual([]);
    await hours(office, 10);
    expect(await office.last(REPAIRER)).toContain('[接单]');
  });

  test('more than a card holds comes page by page', async () => {
    const office = await officeAt('2026-03-03T21:30');
    for (let count = 0; count < 5; count++) {
      await trip(office, '陈晨');
      await trip(office, '王磊');
    }
    await hours(office, 12);
    expect(await office.sees(LEADER)).toHaveLength(1);
    expect(await office.last(LEADER)).toContain('昨晚到现在 10 件');
    expect(await office.last(LEADER)).toContain('[还有 2 项]');
    expect(await office.last(LEADER)).not.toContain('TRIP-26-0009');
    await office.taps(LEADER, '还有 2 项');
    expect(await office.last(LEADER)).toContain('TRIP-26-0009');
    expect(await office.last(LEADER)).toContain('[上一页]');
  });

  test('an office without quiet hours tells everything at once', async () => {
    const office = await officeAt('2026-03-03T23:00', (rules) => ({
      ...rules,
      reminders: { ...rules.reminders, quietHours: null },
    }));
    const number = await trip(office, '陈晨');
    expect(await office.last(LEADER)).toContain(`${number} #待审批`);
  });
});

describe('on days off', () => {
  test('别在周末提醒我: what comes on Friday night and on Saturday waits for Monday', async () => {
    const office = await officeAt('2026-03-06T17:00');
    await office.says(LEADER, '别在周末提醒我');
    expect(await office.last(LEADER)).toContain('我的免打扰 #已更新');
    expect(await office.last(LEADER)).toContain('周末和节假日：不提醒，下个工作日早上一起发');
    await hours(office, 5);
    const first = await trip(office, '陈晨');
    await hours(office, 12); // Saturday 10:00
    const second = await trip(office, '王磊');
    const before = (await office.sees(LEADER)).length;
    await hours(office, 46);
    expect(await office.sees(LEADER)).toHaveLength(before);
    await hours(office, 1); // Monday 09:00
    const seen = await office.sees(LEADER);
    expect(seen).toHaveLength(before + 1);
    expect(seen.at(-1)).toContain('3月6日（周五）22:00到现在 2 件');
    expect(seen.at(-1)).toContain(first);
    expect(seen.at(-1)).toContain(second);
  });

  test('a Saturday that is worked is no day off', async () => {
    const office = await officeAt('2026-02-27T17:00');
    await office.says(LEADER, '别在周末提醒我');
    await hours(office, 5);
    const number = await trip(office, '陈晨');
    await hours(office, 11); // Saturday 2026-02-28, worked for the Spring Festival
    expect(await office.last(LEADER)).toContain(`${number} #待审批`);
  });

  test('an urgent repair still reaches whoever repairs', async () => {
    const office = await officeAt('2026-03-06T17:00');
    await office.says(REPAIRER, '别在周末提醒我');
    await hours(office, 20);
    await office.says('陈晨', '3楼茶水间水管爆了，很急');
    await office.says('陈晨', '提交');
    expect(await office.last(REPAIRER)).toContain('[接单]');
  });

  test('周末也可以提醒我: what waited comes at once', async () => {
    const office = await officeAt('2026-03-06T17:00');
    await office.says(LEADER, '别在周末提醒我');
    await hours(office, 17);
    const numbers = [await trip(office, '陈晨'), await trip(office, '王磊')];
    expect(await office.last(LEADER)).toContain('我的免打扰');
    await hours(office, 1);
    await office.says(LEADER, '周末也可以提醒我');
    const seen = (await office.sees(LEADER)).join('\n');
    for (const number of numbers) expect(seen).toContain(`${number} · 出差申请 · 等您审批`);
    expect(seen).toContain('2 件等您处理');
  });
});

describe('quiet hours of one’s own', () => {
  test('said, and kept', async () => {
    const office = await officeAt('2026-03-03T17:00');
    await office.says(LEADER, '晚上8点以后别提醒我');
    expect(await office.last(LEADER)).toContain('每天：20:00–08:30（自己设置）');
    await office.says(LEADER, '免打扰改成20:00到9:00');
    expect(await office.last(LEADER)).toContain('每天：20:00–09:00（自己设置）');
    await hours(office, 3);
    const number = await trip(office, '陈晨');
    await hours(office, 12);
    await office.later('15m');
    await office.later('15m'); // 08:30
    expect((await office.sees(LEADER)).join()).not.toContain(`${number} #`);
    await hours(office, 1);
    expect(await office.last(LEADER)).toContain(`${number} #待审批`);
    await office.says(LEADER, '恢复默认免打扰');
    expect(await office.last(LEADER)).toContain('每天：21:00–08:30（公司默认）');
  });

  test('changed while something waits: it comes when the new ones end', async () => {
    const office = await officeAt('2026-03-03T22:00');
    const number = await trip(office, '陈晨');
    await office.says(LEADER, '免打扰改成22:00到6:30');
    expect((await office.sees(LEADER)).join()).not.toContain(`${number} #`);
    await hours(office, 8);
    expect((await office.sees(LEADER)).join()).not.toContain(`${number} #`);
    await hours(office, 1);
    expect(await office.last(LEADER)).toContain(`${number} #待审批`);
  });

  test('tapped: days off, hours, back to the office’s; hours that are none are refused', async () => {
    const office = await officeAt('2026-03-03T17:00');
    await office.says('林晓', '我的免打扰');
    expect(await office.last('林晓')).toContain('每天：21:00–08:30（公司默认）');
    expect(await office.last('林晓')).toContain('周末和节假日：照常提醒');
    await office.taps('林晓', '别在周末提醒我');
    expect(await office.last('林晓')).toContain('[周末也可以提醒我]');
    await office.taps('林晓', '保存时间', { from: '22:00', to: '07:00' });
    expect(await office.last('林晓')).toContain('每天：22:00–07:00（自己设置）');
    const refused = await office.taps('林晓', '保存时间', { from: '22:00', to: '22:00' });
    expect(refused.toast).toContain('开始和结束不能是同一个时间');
    const hostile = await office.taps('林晓', '保存时间', { from: '9 点<at id=all>', to: '07:00' });
    expect(hostile.toast).toContain('开始和结束');
    await office.taps('林晓', '恢复默认');
    expect(await office.last('林晓')).toContain('每天：21:00–08:30（公司默认）');
    expect(await office.last('林晓')).toContain('周末和节假日：照常提醒');
  });

  test('in English', async () => {
    const office = await officeAt('2026-03-03T17:00');
    await office.says('林晓', "don't remind me on weekends");
    expect(await office.last('林晓')).toContain('no reminders, all together the next working day');
  });
});
