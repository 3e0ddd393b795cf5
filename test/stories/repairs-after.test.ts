/** After the repair: acceptance in its time, low ratings followed up, major faults told daily, what breaks again and again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const [REPAIRER, MANAGER, DIRECTOR] = ['郑强', '孙丽', '周敏'] as const;

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

async function done(person: string, text: string): Promise<void> {
  await office.says(person, text);
  await office.taps(person, '提交');
  await office.taps(REPAIRER, '接单');
  await office.taps(REPAIRER, '完成', { done: '清了纸路' });
}

const told = async (person: string): Promise<string> => (await office.sees(person)).join('\n');

describe('acceptance', () => {
  test('nobody looks for three working days: it counts as accepted, and is told; a rating may still come', async () => {
    await done('陈晨', '3楼打印机卡纸了');
    expect(await office.last('陈晨')).toContain('验收期限：');
    await office.later('1d');
    await office.later('1d');
    expect(await office.last('陈晨')).not.toContain('按已验收处理');
    await office.later('1d');
    await office.later('1h');
    expect(await told('陈晨')).toContain('FIX-26-0001 3 个工作日内没有验收，按已验收处理');
    const row = await office.app.db.selectFrom('request').select('state').executeTakeFirst();
    expect(row).toEqual({ state: 'done' });
    await office.taps('陈晨', '评价', { stars: '4' });
    expect(await told(MANAGER)).not.toContain('[已回访]');
  });

  test('whose reporter has left counts as accepted as well', async () => {
    await office.says('陈晨', '3楼打印机卡纸了');
    await office.taps('陈晨', '提交');
    await office.taps(REPAIRER, '接单');
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('name', '=', '陈晨')
      .execute();
    await office.taps(REPAIRER, '完成', { done: '清了纸路' });
    for (const _ of [1, 2, 3, 4]) await office.later('1d');
    const row = await office.app.db.selectFrom('request').select('state').executeTakeFirst();
    expect(row).toEqual({ state: 'done' });
  });

  test('opened again it is not closed by the clock', async () => {
    await done('陈晨', '3楼打印机卡纸了');
    await office.taps('陈晨', '重新打开', { comment: '还是卡' });
    for (const _ of [1, 2, 3, 4]) await office.later('1d');
    const row = await office.app.db.selectFrom('request').select('state').executeTakeFirst();
    expect(row).toEqual({ state: 'working' });
  });
});

test('two stars: the reason is asked, and the office manager has a task until it is followed up', async () => {
  await done('陈晨', '3楼打印机卡纸了');
  const { toast } = await office.taps('陈晨', '验收', { stars: '2' });
  expect(toast).toBe('谢谢，行政主管会跟进');
  await office.taps('陈晨', '告诉行政主管', { why: '等了两天没人说一声' });
  expect(await office.last('陈晨')).toContain('#已完成');
  const card = await office.last(MANAGER);
  expect(card).toContain('评价：★★☆☆☆');
  expect(card).toContain('等了两天没人说一声');
  expect(card).toContain('[已回访]');
  await office.says(MANAGER, '我的待办');
  expect(await office.last(MANAGER)).toContain('FIX-26-0001');
  await office.taps(MANAGER, '已回访', { result: '已道歉，以后接单先打电话' });
  expect(await office.last('陈晨')).toContain('回访结果：已道歉，以后接单先打电话');
  const rows = await office.app.db
    .selectFrom('task')
    .select('id')
    .where('state', '=', 'open')
    .execute();
  expect(rows).toEqual([]);
});

test('a major fault: its doer is asked each day, all who wait hear it, and the director when there is no news', async () => {
  await office.says('陈晨', '5楼空调不制冷');
  await office.taps('陈晨', '提交');
  await office.taps(REPAIRER, '接单');
  await office.says('罗敏', '五楼中央空调不冷');
  await office.taps('罗敏', '我也遇到了');
  await office.says(REPAIRER, '重大故障');
  expect(await told('罗敏')).toContain('FIX-26-0001 列为重大故障，每天 17:00 告诉您进展');
  await office.later('15m');
  expect(await told(REPAIRER)).toContain('今天进展如何');
  for (const _ of [1, 2]) await office.later('4h');
  for (const person of ['陈晨', '罗敏', DIRECTOR])
    expect(await told(person)).toContain('今日进展：今天没有新进展，由郑强处理');
  for (const _ of [1, 2, 3, 4]) await office.later('4h'); // a quarter past ten the next morning
  await office.taps(REPAIRER, '记进展', { note: '压缩机明天到货' });
  const before = (await told(REPAIRER)).split('今天进展如何').length;
  for (const _ of [1, 2]) await office.later('4h');
  expect(await told('罗敏')).toContain('今日进展：压缩机明天到货（郑强）');
  expect((await told(REPAIRER)).split('今天进展如何').length).toBe(before);
  expect((await told('罗敏')).split('今日进展').length - 1).toBe(2);
  expect((await told(DIRECTOR)).split('今日进展').length - 1).toBe(1);
});

describe('a major fault is known', () => {
  const officeWhose = async (major: Partial<Rules['repairs']['major']>): Promise<void> => {
    await office.stop();
    office = await openOffice({
      rules: (rules) => ({
        ...rules,
        repairs: { ...rules.repairs, major: { ...rules.repairs.major, ...major } },
      }),
    });
  };
  const isMajor = async (): Promise<boolean> =>
    (await told('陈晨')).includes('FIX-26-0001 列为重大故障，每天 17:00 告诉您进展，直到修好');

  test('by a word in its report', async () => {
    await officeWhose({ heard: ['不制冷'] });
    await office.says('陈晨', '5楼空调不制冷');
    await office.taps('陈晨', '提交');
    expect(await isMajor()).toBe(true);
  });

  test('by its category, also when it is set right later', async () => {
    await officeWhose({ categories: ['it'] });
    await office.says('陈晨', '5楼空调不制冷');
    await office.taps('陈晨', '提交');
    expect(await isMajor()).toBe(false);
    await office.taps(REPAIRER, '接单');
    await office.taps(REPAIRER, '改分类');
    await office.taps(REPAIRER, '改为这个分类', { category: 'it' });
    expect(await isMajor()).toBe(true);
  });

  test('by what its parts have cost', async () => {
    await officeWhose({ yuan: 1_000 });
    await office.says('陈晨', '3楼打印机卡纸了');
    await office.taps('陈晨', '提交');
    await office.taps(REPAIRER, '接单');
    await office.says(REPAIRER, '用了3个硒鼓');
    expect(await isMajor()).toBe(false);
    await office.says(REPAIRER, '用了1个硒鼓');
    expect(await isMajor()).toBe(true);
  });

  test('by what it had cost when it was done, once it is opened again', async () => {
    await office.says('陈晨', '3楼打印机卡纸了');
    await office.taps('陈晨', '提交');
    await office.taps(REPAIRER, '接单');
    await office.taps(REPAIRER, '完成', { done: '换了主板', cost: '5000' });
    expect(await isMajor()).toBe(false);
    await office.taps('陈晨', '重新打开', { comment: '还是卡' });
    expect(await isMajor()).toBe(true);
  });

  test('by the button of who works on it, once', async () => {
    await office.says('陈晨', '3楼打印机卡纸了');
    await office.taps('陈晨', '提交');
    await office.taps(REPAIRER, '接单');
    expect((await office.taps(REPAIRER, '列为重大故障')).toast).toBe(
      '已列为重大故障，每天告诉大家进展',
    );
    expect(await isMajor()).toBe(true);
    expect(await office.last(REPAIRER)).not.toContain('[列为重大故障]');
  });
});

test('declared after the hour of telling, it is asked for and told from the next day on', async () => {
  await office.says('陈晨', '5楼空调不制冷');
  await office.taps('陈晨', '提交');
  await office.taps(REPAIRER, '接单');
  for (const _ of [1, 2]) await office.later('4h'); // six in the evening
  await office.says(REPAIRER, '重大故障');
  await office.later('15m');
  expect(await told('陈晨')).not.toContain('今日进展');
  expect(await told(DIRECTOR)).not.toContain('今日进展');
  expect(await told(REPAIRER)).not.toContain('今天进展如何');
  await office.later('1d');
  expect(await told('陈晨')).toContain('今日进展：今天没有新进展');
});

test('who reported what they repair themselves is heard as its doer', async () => {
  await office.says(REPAIRER, '5楼空调不制冷');
  await office.taps(REPAIRER, '提交');
  await office.taps(REPAIRER, '接单');
  await office.says(REPAIRER, '重大故障');
  await office.taps(REPAIRER, '记进展', { note: '压缩机明天到货' });
  for (const _ of [1, 2]) await office.later('4h');
  expect(await told(REPAIRER)).toContain('今日进展：压缩机明天到货（郑强）');
  expect(await told(DIRECTOR)).not.toContain('今日进展');
});

test('the third fault of one thing in ninety days: its replacement is suggested once, with history and costs', async () => {
  await done('陈晨', '3楼打印机卡纸了');
  await office.taps('陈晨', '验收');
  await office.says('罗敏', '三楼复印机没墨了');
  await office.taps('罗敏', '提交');
  await office.taps(REPAIRER, '接单');
  await office.says(REPAIRER, '用了1个硒鼓');
  await office.taps(REPAIRER, '完成', { done: '换了硒鼓' });
  await office.taps('罗敏', '验收');
  expect(await told(MANAGER)).not.toContain('建议考虑更换');
  await office.says('马超', '3楼打印机卡纸');
  await office.taps('马超', '提交');
  expect(await told(MANAGER)).toContain(
    '3楼打印机 90 天内第 3 次报修（FIX-26-0003），已花 ¥320。以前：FIX-26-0002 没墨；FIX-26-0001 卡纸。建议考虑更换',
  );
  await office.taps(REPAIRER, '接单');
  await office.taps(REPAIRER, '完成');
  await office.says('何佳', '3楼打印机卡纸');
  await office.taps('何佳', '提交');
  expect((await told(MANAGER)).split('建议考虑更换').length - 1).toBe(1);
});
