import { afterEach, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { actionFigures } from '../../src/minutes/figures.ts';
import { dueAfter, warnedAt } from '../../src/minutes/promised.ts';
import { weekDue } from '../../src/minutes/follow-up.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office?.stop());

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+08:00`);
const times = (seen: readonly string[], words: string): number =>
  seen.filter((each) => each.includes(words)).length;

/** Moves the clock on by hours and lets the office work at each. */
async function hours(count: number): Promise<void> {
  for (let left = count; left > 0; left -= left >= 4 ? 4 : 1)
    await office.later(left >= 4 ? '4h' : '1h');
}

/** What somebody was told of minutes; digests come as well. */
const ofMinutes = async (person: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.includes('纪要'));

describe('minutes that do not come', () => {
  test('after 20 hours the host is reminded, after 24 the office manager is told, each once', async () => {
    office = await openOffice({ start: at('2026-03-03T09:30:00') });
    await office.says('李伟', '今天下午2点到3点订珠峰开研发周会');
    await office.taps('李伟', '提交');
    await hours(6);
    expect(await office.last('李伟')).toContain(
      '会议已结束，请在 明天 3月4日（周三）15:00 前给纪要',
    );
    await hours(20);
    expect(await office.last('李伟')).toContain('纪要快到期了，请在 今天 3月4日（周三）15:00 前给');
    const manager = office.roleHolder('office-manager');
    expect(await ofMinutes(manager)).toEqual([]);
    await hours(4);
    expect(await office.last('李伟')).toContain('纪要已超过 今天 3月4日（周三）15:00，请尽快补上');
    expect(await office.last('李伟')).toContain('#已超时');
    expect((await ofMinutes(manager)).at(-1)).toContain('李伟的会议「研发周会」还没有纪要');
    await hours(24);
    expect(await ofMinutes(manager)).toHaveLength(1);
    expect(times(await office.sees('李伟'), '请尽快补上')).toBe(1);
  });

  test('无需纪要, by tap or by word: nobody is reminded of anything', async () => {
    office = await openOffice({ start: at('2026-03-03T09:30:00') });
    await office.says('李伟', '今天上午10点到11点订珠峰开研发周会');
    await office.taps('李伟', '提交');
    await office.says('黄静', '今天上午10点到11点订一间8人的会议室');
    await office.taps('黄静', '提交');
    await hours(2);
    expect((await office.taps('李伟', '无需纪要')).toast).toBe('好的，这次无需纪要');
    await office.says('黄静', '无需纪要');
    expect(await office.last('黄静')).toContain('#无需纪要');
    await hours(28);
    expect(await ofMinutes(office.roleHolder('office-manager'))).toEqual([]);
    expect(times(await office.sees('李伟'), '快到期')).toBe(0);
  });

  test('a room for oneself and a cancelled meeting are not asked about', async () => {
    office = await openOffice({ start: at('2026-03-03T09:30:00') });
    await office.says('陈晨', '今天上午10点到11点订珠峰');
    await office.taps('陈晨', '提交');
    await office.says('王磊', '今天下午2点到3点订珠峰开评审会');
    await office.taps('王磊', '提交');
    await office.taps('王磊', '取消');
    await hours(6);
    const asked = await office.app.db.selectFrom('minutes').selectAll().execute();
    expect(asked).toEqual([]);
  });

  test('24 hours run on the clock, with grace until the next working morning', () => {
    const rule = { rules: defaultRules, calendar: calendarOf(defaultRules) };
    const due = (ended: string): string =>
      dueAfter(at(ended), rule).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString();
    const warned = (ended: string): string =>
      warnedAt(at(ended), dueAfter(at(ended), rule), rule)
        .toZonedDateTimeISO('Asia/Shanghai')
        .toPlainDateTime()
        .toString();
    expect(due('2026-03-03T15:00:00')).toBe('2026-03-04T15:00:00');
    expect(warned('2026-03-03T15:00:00')).toBe('2026-03-04T11:00:00');
    // Out of the quiet hours.
    expect(warned('2026-03-03T10:00:00')).toBe('2026-03-04T08:30:00');
    // Friday afternoon: Monday's morning.
    expect(due('2026-03-06T16:00:00')).toBe('2026-03-09T12:00:00');
    expect(warned('2026-03-06T16:00:00')).toBe('2026-03-09T09:00:00');
    // An evening meeting.
    expect(due('2026-03-03T20:00:00')).toBe('2026-03-05T12:00:00');
  });
});

describe('minutes that somebody brings along', () => {
  test('会议纪要 with the text behind it; who is meant is matched with the directory', async () => {
    office = await openOffice();
    await office.says(
      '周敏',
      '会议纪要：钱芳 3月12日前提交预算表，含差旅\n孙丽负责比价，3月10日前',
    );
    const card = await office.last('周敏');
    expect(card).toContain('会议纪要：会议 #待核对\n2 项待分派');
    await office.taps('周敏', '确认并分派');
    expect(await office.last('钱芳')).toContain(
      'ACT-26-0001 提交预算表\n3月12日（周四）前 · 待办\n标准：含差旅',
    );
    expect(await office.last('孙丽')).toContain('ACT-26-0002 比价');
  });

  test('English minutes, for readers of English', async () => {
    office = await openOffice();
    await office.says(
      '周敏',
      'Minutes:\nAction items\n- Qian Fang to send the budget by Friday\n- Book the venue',
    );
    const card = await office.last('周敏');
    expect(card).toContain('2 to hand out, 1 of them incomplete');
    expect(card).toContain('2. Book the venue\nMissing: owner, due date');
    await office.taps('周敏', '确认并分派');
    expect(await office.last('钱芳')).toContain('ACT-26-0001 send the budget\n3月6日（周五）前');
  });

  test('without a text it is said how; a meeting without items can be confirmed as it is', async () => {
    office = await openOffice();
    await office.says('周敏', '整理一下会议纪要');
    expect(await office.last('周敏')).toContain('请把会议内容接在「会议纪要」后面发给我');
    await office.says('周敏', '安全例会纪要\n会议决定自4月1日起凭工牌进入机房。');
    expect(await office.sees('周敏')).toContain('没有看出行动项。可以点「加一条」，或直接确认');
    expect(await office.last('周敏')).toContain('会议纪要：安全例会');
    expect(await office.last('周敏')).toContain('决策要点\n· 会议决定自4月1日起凭工牌进入机房');
  });

  test('items that lack something are asked for again on working mornings, three times; none is dropped', async () => {
    office = await openOffice();
    await office.says('周敏', '会议纪要\n行动项\n1. 更新官网首页\n2. 孙丽：3月10日前比价');
    await office.taps('周敏', '确认并分派');
    const before = (await office.sees('周敏')).length;
    for (let day = 0; day < 6; day++) await office.later('1d');
    const again = (await office.sees('周敏')).slice(before).filter((each) => each.includes('待补'));
    expect(again).toHaveLength(1);
    const sent = await office.app.db
      .selectFrom('delivery')
      .select('what')
      .where('what', 'like', 'minutes:1:%:again:%')
      .execute();
    expect(sent).toHaveLength(3);
    const rows = await office.app.db
      .selectFrom('action_item')
      .select('state')
      .orderBy('id')
      .execute();
    expect(rows.map(({ state }) => state)).toEqual(['draft', 'open']);
  });
});

describe('the weekly follow-up', () => {
  async function handedOut(): Promise<void> {
    await office.says(
      '周敏',
      '会议纪要：\n陈晨：3月4日前修复登录页\n陈晨：3月20日前写完周报工具\n罗敏：3月6日前回访客户\n钱芳：3月5日前核对费用',
    );
    await office.taps('周敏', '确认并分派');
  }

  test('Monday 10:00: a card for each owner, the roll-up for who asked, the leader of who is late; once', async () => {
    office = await openOffice({ start: at('2026-03-03T10:00:00') });
    await handedOut();
    await office.taps('钱芳', '完成');
    for (let day = 0; day < 3; day++) await office.later('1d'); // Friday
    expect(times(await office.sees('陈晨'), '我的行动项')).toBe(0);
    for (let day = 0; day < 3; day++) await office.later('1d'); // Monday
    await Promise.all([office.app.tick(), office.app.tick()]);
    await office.settle();
    const card = await office.last('陈晨');
    expect(card).toContain('我的行动项 \n共 2 项，1 项已逾期\nACT-26-0001 修复登录页');
    expect(card.indexOf('ACT-26-0001')).toBeLessThan(card.indexOf('ACT-26-0002'));
    expect(card).toContain('3月4日（周三）前 · 待办 · 已逾期');
    const rollUp = await office.last('周敏');
    expect(rollUp).toContain('未完成 3 项，其中逾期 2 项；近 7 天完成 1 项');
    expect(rollUp).toContain('陈晨 | 2 | 1 | 0');
    expect(rollUp).toContain('钱芳 | 0 | 0 | 1');
    expect(await office.last('李伟')).toContain('陈晨有 1 项行动项逾期');
    expect(await office.last('马超')).toContain('罗敏有 1 项行动项逾期');
    expect(times(await office.sees('钱芳'), '我的行动项')).toBe(0);
    for (let day = 0; day < 7; day++) await office.later('1d'); // the next Monday
    expect(times(await office.sees('陈晨'), '我的行动项')).toBe(1); // the older card says that it moved
    expect(times(await office.sees('陈晨'), '有新进展')).toBe(1);
    expect(times(await office.sees('周敏'), '行动项周跟进')).toBe(2);
    expect(times(await office.sees('李伟'), '行动项逾期')).toBe(1);
    const owed = await office.app.db
      .selectFrom('delivery')
      .select('what')
      .where('what', 'like', 'follow-up:%:actions:%')
      .execute();
    expect(owed).toHaveLength(4); // two owners, two weeks
  });

  test('an owner whose items are done gets no card, and who asked for nothing no roll-up', async () => {
    office = await openOffice({ start: at('2026-03-06T10:00:00') });
    await office.says('周敏', '会议纪要：陈晨3月9日前修复登录页');
    await office.taps('周敏', '确认并分派');
    await office.taps('陈晨', '完成');
    for (let day = 0; day < 3; day++) await office.later('1d');
    expect(times(await office.sees('陈晨'), '我的行动项')).toBe(0);
    expect(times(await office.sees('周敏'), '周跟进')).toBe(0);
  });

  test('what somebody who has left did not finish goes back to the host, once', async () => {
    office = await openOffice();
    await handedOut();
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('name', '=', '罗敏')
      .execute();
    await Promise.all([office.app.tick(), office.app.tick()]);
    await office.settle();
    expect(await office.last('周敏')).toContain('罗敏已离开公司，请换一位\n待补：新的责任人');
    const owed = await office.app.db
      .selectFrom('delivery')
      .select('what')
      .where('what', 'like', '%:left:%')
      .execute();
    expect(owed).toHaveLength(1);
  });

  test('missed while the office was down, it comes late in the same week; what was handed out since waits', async () => {
    office = await openOffice({ start: at('2026-03-06T10:00:00') });
    await office.says('周敏', '会议纪要：陈晨3月20日前修复登录页');
    await office.taps('周敏', '确认并分派');
    // As if it had been handed out last week, and nothing had ticked since Monday.
    await office.app.db
      .updateTable('action_item')
      .set({ opened_at: at('2026-02-27T10:00:00') })
      .execute();
    await office.app.db.deleteFrom('setting').where('name', '=', 'actions-followed').execute();
    await office.says('周敏', '会议纪要：罗敏3月20日前回访客户');
    await office.taps('周敏', '确认并分派');
    await office.app.tick();
    await office.settle();
    expect(times(await office.sees('陈晨'), '我的行动项')).toBe(1);
    expect(times(await office.sees('罗敏'), '我的行动项')).toBe(0);
  });

  test('when it is due: the day of the rules, the next working day when that is off, late in its own week', () => {
    const rule = { rules: defaultRules, calendar: calendarOf(defaultRules) };
    const week = (now: string): string | undefined => weekDue(at(now), rule)?.week.toString();
    expect(week('2026-03-09T09:59:59')).toBeUndefined();
    expect(week('2026-03-09T10:00:00')).toBe('2026-03-09');
    expect(week('2026-03-13T23:00:00')).toBe('2026-03-09'); // the office was down until Friday
    expect(week('2026-03-16T09:00:00')).toBeUndefined(); // not in the week after
    // Monday 2026-04-06 is off (清明): Tuesday.
    expect(week('2026-04-06T12:00:00')).toBeUndefined();
    expect(week('2026-04-07T10:00:00')).toBe('2026-04-06');
  });

  test('决议执行率 and average days', async () => {
    office = await openOffice({ start: at('2026-03-03T10:00:00') });
    await handedOut();
    await office.taps('钱芳', '完成'); // on time, the same day
    await office.later('1d');
    await office.later('1d');
    await office.taps('陈晨', '完成'); // due on the 4th, done on the 5th
    const figures = await inWork(
      { db: office.app.db, clock: { now: office.app.now } },
      { actor: 'system' },
      ({ tx }) =>
        actionFigures(
          tx,
          Temporal.PlainDate.from('2026-03-01'),
          Temporal.PlainDate.from('2026-03-10'),
          'Asia/Shanghai',
        ),
    );
    expect(figures).toMatchObject({ due: 3, onTime: 1, rate: 1 / 3 });
    expect(figures.averageDays).toBeCloseTo(1, 0);
  });
});
