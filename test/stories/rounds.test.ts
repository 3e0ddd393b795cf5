import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { type RoundRule, roundNames } from '../../src/settings/round-rules.ts';
import type { Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice, TUESDAY } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office.stop());

/** 行政专员: both hold the role `office`, the second is also 报修. */
const OFFICE = 'ou_office_1';
const OTHER = 'ou_office_2';
const MANAGER = 'ou_office_manager';
const DIRECTOR = 'ou_director';

/** Only these of all recurring work, as an office.yaml would leave them, and the digest late at night: nothing else comes by the clock. */
const only =
  (rounds: { readonly [name: string]: RoundRule }) =>
  (rules: Rules): Rules => ({
    ...rules,
    reminders: { ...rules.reminders, dailyDigest: { ...rules.reminders.dailyDigest, at: '23:59' } },
    rounds: Object.fromEntries(roundNames.map((name) => [name, rounds[name] ?? ('off' as const)])),
  });

const FACILITY = ['air', 'lift', 'network', 'printer', 'light', 'water', 'plants'];
type Filled = { [input: string]: string };

/** Every item in order, but for what is said. */
const checked = (items: readonly string[], found: Filled = {}): Filled => ({
  ...Object.fromEntries(items.map((item) => [item, 'ok'])),
  ...found,
});

/** Opens the office with these only: it keeps them from now on. */
async function open(
  rounds: { readonly [name: string]: RoundRule },
  start: Temporal.Instant = TUESDAY,
): Promise<void> {
  office = await openOffice({ start, rounds: true, rules: only(rounds) });
}

/** Moves the clock on by whole days. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day++) await office.later('1d');
}

/** What is written down of every occurrence, oldest first. */
const rounds = async (): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('round')
    .select(['name', 'period', 'state'])
    .orderBy('id')
    .execute();
  return rows.map(({ name, period, state }) => `${name} ${period} ${state}`);
};

const cards = async (person: string, title: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.startsWith(title));

describe('the daily facility round', () => {
  test('comes on the next working morning, is taken by one and done; the other sees it', async () => {
    await open({ 'facility-round': {} });
    await office.later('15m');
    expect(await office.sees(OFFICE)).toEqual([]); // what lies before the first day is not made up for
    await days(1);
    for (const person of [OFFICE, OTHER])
      expect(await office.last(person)).toContain('设施日常巡检 3月4日（周三） #待办');
    expect(await office.sees(MANAGER)).toEqual([]);
    expect(await office.last(OFFICE)).toContain('检查项：空调、电梯、网络');

    expect((await office.taps(OFFICE, '我来做')).toast).toContain('已接手');
    expect(await office.last(OFFICE)).toContain('<air> 空调');
    expect(await office.last(OTHER)).toContain('#处理中');
    expect(await office.last(OTHER)).toContain('[改由我做]');

    expect((await office.taps(OFFICE, '完成', checked(FACILITY))).toast).toBe('已完成，全部正常');
    expect(await office.last(OFFICE)).toContain('#已完成');
    expect(await office.last(OTHER)).toContain('#已完成');
    expect(await office.last(OTHER)).toContain('空调：正常');
    expect(await rounds()).toEqual(['facility-round 2026-03-04 done']);
    const seen = (await office.sees(OTHER)).length;
    await office.later('4h');
    await office.later('4h');
    expect(await office.sees(OTHER)).toHaveLength(seen); // nobody is reminded of what is done
  });

  test('what is wrong wants a note, becomes a rectification, and is followed until it is put right', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    await office.taps(OFFICE, '我来做');
    const without = await office.taps(
      OFFICE,
      '完成',
      checked(FACILITY, { plants: 'bad', air_note: '凉' }),
    );
    expect(without.toast).toBe('「绿植」有问题，请写一句说明');
    const form = (await office.card(OFFICE)).blocks.find(({ block }) => block === 'form');
    const filled =
      form?.block === 'form'
        ? form.inputs.map((each) => [each.name, 'value' in each ? each.value : ''])
        : [];
    expect(Object.fromEntries(filled)).toMatchObject({ plants: 'bad', air_note: '凉' }); // nothing has to be typed again

    const found = { plants: 'bad', plants_note: '前台绿萝枯了 **<at id=all></at>**' };
    expect((await office.taps(OFFICE, '完成', checked(FACILITY, found))).toast).toBe(
      '已完成，1 项已转整改',
    );
    expect(await office.last(OFFICE)).toContain('绿植 [open] 前台绿萝枯了');
    expect(await office.last(OTHER)).toContain('整改：绿植 #待整改'); // 报修 puts it right
    expect(await office.last(OTHER)).toContain('期限：明天 3月5日（周四）10:00');

    expect((await office.taps(OTHER, '已整改', {})).toast).toBe('请写一句怎么处理的');
    const done = { answer: '换了两盆' };
    expect((await office.taps(OTHER, '已整改', done)).toast).toBe('已记下，整改完成');
    expect(await office.last(OTHER)).toContain('处理：换了两盆');
    expect(await office.last(OFFICE)).toBe('您在「设施日常巡检」里发现的「绿植」已整改：换了两盆');
    expect(await cards(OFFICE, '设施日常巡检')).toEqual([
      expect.stringContaining('绿植 [done] 前台绿萝枯了'),
    ]);
  });

  test('equipment that is broken becomes a repair, linked to the round; the next day the same one is not opened again', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    await office.taps(OFFICE, '我来做');
    const found = {
      printer: 'bad',
      printer_note: '3楼打印机卡纸',
      plants: 'bad',
      plants_note: '枯了',
    };
    expect((await office.taps(OFFICE, '完成', checked(FACILITY, found))).toast).toBe(
      '已完成，1 项已报修，1 项已转整改',
    );
    const ticket = (await cards(OTHER, '报修 FIX-26-0001')).at(-1);
    expect(ticket).toContain('物品：打印机');
    expect(ticket).toContain('地点：3楼');
    expect(ticket).toContain('来自：设施日常巡检 3月4日（周三）');
    expect((await cards(OFFICE, '设施日常巡检')).at(-1)).toContain(
      '打印机 [open] FIX-26-0001 3楼打印机卡纸',
    );
    await days(1);
    await office.taps(OFFICE, '我来做');
    const again = { printer: 'bad', printer_note: '3楼打印机还是卡纸' };
    await office.taps(OFFICE, '完成', checked(FACILITY, again));
    const requests = await office.app.db.selectFrom('request').select('number').execute();
    expect(requests).toEqual([{ number: 'FIX-26-0001' }]);
    // Who repairs it sees that it was found once more.
    expect((await cards(OTHER, '报修 FIX-26-0001')).at(-1)).toContain('3楼打印机还是卡纸');
  });

  test('nobody does it: reminded once, and missed when the next one comes', async () => {
    await open({ 'facility-round': {} });
    await days(1); // Wednesday 10:00, due on Thursday at 10:00
    await office.later('4h');
    await office.later('1h');
    await office.later('1h');
    expect(await cards(OFFICE, '设施日常巡检')).toHaveLength(1);
    await office.later('1h');
    await office.later('15m'); // 17:15: three quarters of the day are over
    expect(await office.sees(OFFICE)).toHaveLength(2);
    expect(await office.sees(MANAGER)).toEqual([]);
    await office.later('15m'); // and never twice
    expect(await office.sees(OFFICE)).toHaveLength(2);

    await office.later('4h'); // 21:30, quiet hours
    await office.later('4h');
    await office.later('4h');
    expect(await office.sees(OFFICE)).toHaveLength(2);
    expect(await office.sees(MANAGER)).toEqual([]);
    await office.later('4h'); // Thursday 09:30: the next one is there, and nobody is reminded of the last
    expect(await office.last(OFFICE)).toContain('设施日常巡检 3月5日（周四） #待办');
    expect(await rounds()).toEqual([
      'facility-round 2026-03-04 missed',
      'facility-round 2026-03-05 open',
    ]);
    expect(await office.sees(MANAGER)).toEqual([
      '「设施日常巡检」3月4日（周三）没有人做，已记为未做',
    ]);
  });

  test('a weekly one that nobody does: overdue to the office manager, a working day later to the director, then silence', async () => {
    await open({ 'backup-check': {} });
    await days(1); // Wednesday 10:00, due on Thursday at 10:00
    await office.later('4h');
    await office.later('4h');
    expect(await office.sees(OFFICE)).toHaveLength(2); // the card, and one reminder
    expect(await office.sees(MANAGER)).toEqual([]);
    await days(1);
    const told = '「系统备份检查」已过期限，还没有完成，请您关注';
    expect(await office.sees(MANAGER)).toEqual([told]);
    expect(await office.last(OFFICE)).toContain('#已超时');
    expect(await office.sees(DIRECTOR)).toEqual([]);
    await office.says(MANAGER, '日报');
    expect(await office.last(MANAGER)).toMatch(/系统备份检查：吴婷、郑强 · 超 /);
    await days(1);
    expect(await office.sees(DIRECTOR)).toEqual([told]);
    const asked = (await office.sees(OFFICE)).length;
    await days(3);
    expect((await office.sees(MANAGER)).filter((each) => each === told)).toHaveLength(1);
    expect(await office.sees(DIRECTOR)).toEqual([told]);
    expect(await office.sees(OFFICE)).toHaveLength(asked);
    await office.taps(OTHER, '我来做');
    const items = ['recent', 'elsewhere', 'restore'];
    expect((await office.taps(OTHER, '完成', checked(items))).toast).toBe('已完成，全部正常');
  });

  test('due at ten in the evening: the office manager hears of it in the morning', async () => {
    await open({ 'backup-check': { within: '12h' } });
    await days(1); // Wednesday 10:00
    await office.later('4h');
    await office.later('4h');
    await office.later('1h');
    await office.later('15m'); // 19:15: three quarters are over
    expect(await office.sees(OFFICE)).toHaveLength(2);
    await office.later('4h'); // 23:15
    await office.later('4h');
    await office.later('4h'); // 07:15
    expect(await office.sees(OFFICE)).toHaveLength(2);
    expect(await office.sees(MANAGER)).toEqual([]);
    await office.later('1h');
    await office.later('15m'); // 08:30
    expect(await office.sees(OFFICE)).toHaveLength(3);
    expect(await office.sees(MANAGER)).toHaveLength(1);
  });

  test('two tap 我来做 at once: the second is told who was first, and may still take over knowingly', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    const wish = { v: 1, a: 'round-claim', l: 'round:1', n: 1 };
    await office.taps(OFFICE, '我来做');
    expect((await office.forges(OTHER, wish)).toast).toMatch(/已接手$/);
    expect((await office.taps(OTHER, '改由我做')).toast).toContain('已接手，检查完');
    expect((await office.taps(OTHER, '完成', checked(FACILITY))).toast).toBe('已完成，全部正常');
    const late = { v: 1, a: 'round-done', l: 'round:1', n: 2 };
    expect((await office.forges(OFFICE, late, checked(FACILITY))).toast).toMatch(/已经完成了$/);
    expect(await rounds()).toHaveLength(1);
  });

  test('who has no part in it can neither do nor read it', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    await office.says('陈晨', '帮助');
    for (const a of ['round-claim', 'round-done', 'round-show'])
      expect((await office.forges('陈晨', { v: 1, a, l: 'round:1', n: 1 })).toast).toContain(
        '不在您的职责里',
      );
    expect(await rounds()).toEqual(['facility-round 2026-03-04 open']);
    const { count } = await office.app.db
      .selectFrom('audit')
      .select((q) => q.fn.countAll<number>().as('count'))
      .where('act', '=', 'refused.round')
      .executeTakeFirstOrThrow();
    expect(count).toBe(2);
  });
});

describe('整改', () => {
  test('what is not put right in time is told to the office manager; any of the role may close it', async () => {
    await open({ 'safety-inspection': { recurrence: { every: 'month', on: 4, ifOff: 'before' } } });
    await days(1);
    await office.taps(OTHER, '我来做');
    const items = ['exits', 'extinguishers', 'signs', 'power', 'doors', 'cameras', 'goods'];
    const found = { exits: 'bad', exits_note: '堆了纸箱', cameras: 'bad', cameras_note: '黑屏' };
    await office.taps(OTHER, '完成', checked(items, found));
    expect(await cards(OFFICE, '整改：')).toHaveLength(2);
    await office.taps(OFFICE, '已整改', { answer: '换了摄像头' }); // the newest: 监控
    await days(5); // Wednesday to Monday: three working days are over
    expect(await office.sees(MANAGER)).toEqual([
      '「整改（安全检查）」已过期限，还没有完成，请您关注',
    ]);
    expect(await office.last(OFFICE)).toContain('整改：消防通道畅通 #待整改 #已超时');
    await office.says(OFFICE, '整改清单');
    expect(await office.last(OFFICE)).toContain('整改：消防通道畅通\n行政 · 已超时');
    expect(await office.last(OFFICE)).not.toContain('整改：监控');
    expect((await office.taps(OTHER, '已整改', { answer: '清走了' })).toast).toContain('整改完成');
  });
});

describe('scores', () => {
  const AREAS = ['floor', 'toilet', 'pantry', 'rooms', 'desks'];
  const scores = (score: string, found: Filled = {}): Filled => ({
    ...Object.fromEntries(AREAS.map((area) => [area, score])),
    ...found,
  });

  test('保洁抽查 every Friday; the month’s mean stands on the card, a low score is sent back to the cleaners', async () => {
    await open({ cleaning: {} });
    await days(3); // Friday 6 March
    await office.taps(OFFICE, '我来做');
    expect((await office.taps(OFFICE, '完成', scores('90', { pantry: '' }))).toast).toBe(
      '请给「茶水间」打 0–100 的整数分',
    );
    expect((await office.taps(OFFICE, '完成', scores('90', { pantry: '101' }))).toast).toBe(
      '请给「茶水间」打 0–100 的整数分',
    );
    await office.taps(OFFICE, '完成', scores('90'));
    expect(await office.last(OFFICE)).toContain('得分：90 分');
    await days(7);
    await office.taps(OTHER, '我来做');
    expect((await office.taps(OTHER, '完成', scores('70'))).toast).toBe(
      '「地面」70 分，请写一句说明',
    );
    const low = { toilet: '60', toilet_note: '地面有水' };
    expect((await office.taps(OTHER, '完成', scores('85', low))).toast).toBe(
      '已完成，1 项已转整改',
    );
    expect(await cards(OTHER, '保洁抽查评分 3月13日')).toEqual([
      expect.stringContaining('得分：80 分\n本月平均：85 分（2 次）'),
    ]);
    expect(await office.last(OFFICE)).toContain('整改：卫生间');
  });
});

describe('the calendar', () => {
  test('每月5日前: asked for two working days before, due on the day itself', async () => {
    await open({ 'attendance-report': {} });
    await days(1);
    expect(await office.sees(OFFICE)).toEqual([]); // March’s came on the 3rd at nine, before the office began
    await office.stop();

    const start = Temporal.Instant.from('2026-09-25T12:00:00+08:00');
    await open({ 'attendance-report': {} }, start);
    await days(3); // Monday 28 September: 5 October is a holiday, so the day is 30 September
    expect(await office.last(OFFICE)).toContain('考勤报表 9月30日（周三）');
    expect(await office.last(OFFICE)).toContain('期限：后天 9月30日（周三）18:00');
    expect(await rounds()).toEqual(['attendance-report 2026-10 open']);
  });

  test('nothing comes at a weekend or in a holiday; the morning after the office has it', async () => {
    const start = Temporal.Instant.from('2026-09-30T10:00:00+08:00');
    await open({ 'facility-round': {} }, start);
    await days(7); // 7 October
    expect(await office.sees(OFFICE)).toEqual([]);
    await days(1);
    expect(await rounds()).toEqual(['facility-round 2026-10-08 open']);
  });

  test('after a standstill: one daily round, not a pile; a monthly one late, once; however many look', async () => {
    const start = Temporal.Instant.from('2026-03-18T10:00:00+08:00');
    await open({ 'facility-round': {}, 'safety-inspection': {} }, start);
    await office.app.tick();
    expect(await rounds()).toEqual([]);
    // As if the office had kept them since the 2nd and stood still until now.
    await office.app.db.deleteFrom('round_kept').execute();
    const since = Temporal.Instant.from('2026-03-02T08:00:00+08:00');
    await office.app.db
      .insertInto('round_kept')
      .values(['facility-round', 'safety-inspection'].map((name) => ({ name, since })))
      .execute();
    await Promise.all(Array.from({ length: 4 }, () => office.app.tick()));
    await office.settle();
    const made = ['facility-round 2026-03-18 open', 'safety-inspection 2026-03 open'];
    expect((await rounds()).toSorted()).toEqual(made);
    expect(await office.sees(OTHER)).toHaveLength(2);
    expect(await cards(OTHER, '安全检查')).toEqual([
      expect.stringContaining('安全检查 3月13日（周五） #待办'),
    ]);
    await office.app.tick();
    expect((await rounds()).toSorted()).toEqual(made);
  });

  test('a standstill that ends on a Saturday: what Friday missed comes on Monday', async () => {
    const start = Temporal.Instant.from('2026-03-07T10:00:00+08:00');
    await open({ cleaning: {} }, start);
    const since = Temporal.Instant.from('2026-03-02T08:00:00+08:00');
    await office.app.db.deleteFrom('round_kept').execute();
    await office.app.db.insertInto('round_kept').values({ name: 'cleaning', since }).execute();
    await days(1);
    expect(await office.sees(OFFICE)).toEqual([]);
    await days(1);
    expect(await rounds()).toEqual(['cleaning 2026-W10 open']);
    expect(await office.last(OFFICE)).toContain('期限：明天 3月10日（周二）10:00');
  });

  test('「今天有哪些巡检」 and 「行政日历」', async () => {
    office = await openOffice({ rounds: true });
    await office.says('孙丽', '今天有哪些巡检');
    expect(await office.last('孙丽')).toContain('今天没有要做的例行工作');
    expect(await office.last('孙丽')).toContain('接下来：3月4日（周三）');
    await days(1);
    await office.says(OFFICE, '今天有哪些巡检？');
    expect(await office.last(OFFICE)).toContain(
      '设施日常巡检\n行政 · 期限 明天 3月5日（周四）10:00',
    );
    await office.says(OFFICE, '我的待办');
    expect(await office.last(OFFICE)).toContain('[例行工作和整改 2 项]'); // the backup check is due on Wednesdays
    await office.taps(OFFICE, '例行工作和整改');
    await office.taps(OFFICE, '查看 设施日常巡检');
    expect(await office.last(OFFICE)).toContain('[我来做]');

    await office.says('陈晨', '行政日历');
    expect(await office.last('陈晨')).toContain('行政日历 2026年3月');
    expect(await office.last('陈晨')).toContain('3月13日（周五） 安全检查 · 行政'); // the 15th is a Sunday
    expect(await office.last('陈晨')).toContain('设施日常巡检：每个工作日 09:00 · 行政');
    for (let month = 4; month <= 12; month++) await office.taps('陈晨', '下个月');
    expect(await office.last('陈晨')).toContain('行政日历 2026年12月');
    expect(await office.last('陈晨')).toContain('12月1日（周二） 档案普查 · 行政');
  });

  test('said in other words; and what only sounds like it', async () => {
    office = await openOffice({ rounds: true });
    const meant = [
      ['今天有哪些巡检', '今天的例行工作'],
      ['今天还有哪些例行工作没做？', '今天的例行工作'],
      ['看看整改清单', '今天的例行工作'],
      ['巡检', '今天的例行工作'],
      ['what rounds are there today', 'Recurring work today'],
      ['行政日历', '行政日历 2026年3月'],
      ['查看年度计划', '行政日历 2026年3月'],
      ['行政日曆', '行政日历 2026年3月'],
    ] as const;
    for (const [said, title] of meant) {
      await office.says('孙丽', said);
      expect((await office.last('孙丽')).startsWith(title), said).toBe(true);
    }
    for (const said of ['3楼巡检机器人坏了', '把年度计划打印两份', '领10个整改通知单文件夹']) {
      await office.says('陈晨', said);
      expect(await office.last('陈晨'), said).not.toMatch(/^(?:今天的例行工作|行政日历)/);
    }
  });

  test('the demo, emptied and its clock moved at once: the next morning has its round', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    await office.app.server.inject({ method: 'POST', url: '/simulator/reset', payload: {} });
    expect(await rounds()).toEqual([]);
    await days(1);
    expect(await rounds()).toEqual(['facility-round 2026-03-05 open']);
    expect(await office.last(OFFICE)).toContain('设施日常巡检 3月5日（周四） #待办');
  });

  test('what was switched off meanwhile is closed, and nobody is reminded of it', async () => {
    await open({ 'facility-round': {} });
    await days(1);
    await sql`update round set name = 'gone'`.execute(office.app.db);
    await office.later('4h');
    await office.later('4h');
    expect(await rounds()).toContain('gone 2026-03-04 dropped');
    expect(await office.sees(MANAGER)).toEqual([]);
  });
});
