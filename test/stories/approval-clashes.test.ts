/** What else is in the time of a request, on the card of who decides: read there, and nowhere to be looked up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardText, openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

/** Files a request in words and answers its number. */
async function filed(person: string, said: string): Promise<string> {
  await office.says(person, said);
  await office.taps(person, '提交');
  return /[A-Z]+-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

/** The lines of a person's newest card that begin so. */
const lines = async (person: string, beginning: string): Promise<readonly string[]> =>
  (await office.last(person)).split('\n').filter((line) => line.startsWith(beginning));
const clash = async (person: string): Promise<string | undefined> =>
  (await lines(person, '冲突'))[0];

describe('a trip', () => {
  test('nothing else in those days: no line', async () => {
    await filed('陈晨', '下周二去苏州出差一天，见客户');
    expect(await office.last('李伟')).toContain('近 90 天');
    expect(await office.last('李伟')).not.toMatch(/冲突|同部门同期/);
  });

  test('the meeting that the traveller hosts is named: room, time, number, never what it is about', async () => {
    const room = await filed('陈晨', '3月17日下午3点到4点订珠峰会议室，8个人，讨论涨薪');
    await filed('陈晨', '3月16日到18日去上海出差，坐高铁，见客户');
    expect(await clash('李伟')).toBe(`冲突：同期已订 珠峰 3月17日（周二）15:00–16:00（${room}）`);
    expect(await office.last('李伟')).not.toContain('涨薪');
    const english = cardText(await office.card('李伟'), 'en');
    expect(english).toContain(`Clash：has booked 珠峰, Tue 03-17 15:00–16:00 (${room})`);
  });

  test('who asks does not read it on their own card', async () => {
    expect(await office.last('陈晨')).toContain('上海');
    expect(await office.last('陈晨')).not.toContain('冲突');
  });

  test('another trip in those days, and that it is not approved yet; the day after is no clash', async () => {
    const other = await filed('王磊', '3月24日到25日去上海出差，坐高铁，面试候选人');
    await filed('王磊', '3月26日去南京出差一天，见客户');
    expect(await clash('李伟')).toBeUndefined();
    await filed('王磊', '3月25日到26日去南京出差，坐高铁，见客户');
    expect(await clash('李伟')).toContain(
      `冲突：同期另有出差 ${other} 上海 3月24日（周二） 至 3月25日（周三），共 2 天，待审批；`,
    );
    expect(await office.last('李伟')).not.toContain('面试');
    await office.says('李伟', `同意 ${other}`);
    await office.says('李伟', `${other} 到哪了`);
    expect(await office.last('李伟')).not.toContain('冲突'); // decided: it is no question any more
  });

  test('days the traveller said to be away on', async () => {
    await office.says('林晓', '我3月17日到18日休假，请何佳代批');
    await filed('林晓', '3月18日到19日去杭州出差，坐高铁，见客户');
    expect(await clash('黄静')).toBe(
      '冲突：同期已登记不在 3月17日（周二） 至 3月18日（周三），共 2 天',
    );
    expect(await lines('黄静', '同部门')).toEqual([]); // of whom nobody else is away
  });

  test('what was rejected or taken back is in nobody’s way', async () => {
    const rejected = await filed('何佳', '4月7日去广州出差一天，见客户');
    await office.says('马超', `驳回 ${rejected} 先开视频会`);
    await filed('何佳', '4月7日上午10点到11点订黄山会议室，4个人');
    await office.says('何佳', '撤回');
    await filed('何佳', '4月7日去深圳出差一天，见客户');
    expect(await clash('马超')).toBeUndefined();
  });

  test('four of them: the earliest three are named, and how many there are', async () => {
    for (const hour of ['10点到11点', '9点到10点', '11点到12点', '2点到3点'])
      await filed(
        '罗敏',
        `4月8日${hour === '2点到3点' ? '下午' : '上午'}${hour}订黄山会议室，4个人`,
      );
    await filed('罗敏', '4月8日去深圳出差一天，见客户');
    const told = (await clash('马超')) ?? '';
    expect(told.split('；')).toHaveLength(3);
    expect(told).toMatch(/09:00–10:00.*10:00–11:00.*11:00–12:00.* 等 4 项$/);
    const english = cardText(await office.card('马超'), 'en');
    expect(english).toMatch(/Clash：.*11:00–12:00 \([A-Z0-9-]+\) and 1 more$/m);
  });

  test('how many of the same department are away on those days; others’ departments and other days do not count', async () => {
    const away = await filed('王磊', '4月14日到15日去成都出差，坐飞机，见客户');
    await office.says('李伟', `同意 ${away}`);
    await office.says('王磊', '我4月14日休假，请李伟代批'); // twice away, and one person
    await office.says('刘洋@研发部', '我4月15日到17日休假，请王磊代批');
    await office.says('刘洋@市场部', '我4月15日到17日休假，请黄静代批');
    await filed('王磊', '4月13日去天津出差一天，见客户'); // not approved: he is not away
    await filed('陈晨', '4月13日到15日去西安出差，坐高铁，见客户');
    expect(await lines('李伟', '同部门')).toEqual(['同部门同期外出：2 人']);
    expect(cardText(await office.card('李伟'), 'en')).toContain('Colleagues away：2');
    await filed('陈晨', '4月16日去兰州出差一天，见客户');
    expect(await lines('李伟', '同部门')).toEqual(['同部门同期外出：1 人']);
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('job_title', '=', '测试工程师')
      .execute();
    await filed('陈晨', '4月17日去西宁出差一天，见客户');
    expect(await lines('李伟', '同部门')).toEqual([]); // who has left is not away
    await filed('陈晨', '4月20日去银川出差一天，见客户');
    expect(await lines('李伟', '同部门')).toEqual([]);
  });
});

describe('a room that needs approval', () => {
  test('another booking of the same person at that time; one that ends as it begins, or begins as it ends, is none', async () => {
    await filed('林晓', '3月12日下午1点到2点订黄山会议室，4个人');
    await filed('林晓', '3月12日下午3点半到4点订衡山会议室，8个人');
    await office.says('刘洋@市场部', '我3月12日休假，请黄静代批');
    const same = await filed('林晓', '3月12日下午3点到4点订珠峰会议室，8个人');
    await filed('林晓', '3月12日下午2点到3点半订泰山会议室，20个人');
    expect(await clash('孙丽')).toBe(`冲突：同期已订 珠峰 3月12日（周四）15:00–16:00（${same}）`);
    expect(await lines('孙丽', '同部门')).toEqual([]); // a meeting takes nobody out of the office
  });

  test('a trip of the same person on that day', async () => {
    const trip = await filed('何佳', '3月19日去广州出差一天，见客户');
    await office.says('马超', `同意 ${trip}`);
    await filed('何佳', '3月19日下午2点到3点订泰山会议室，20个人');
    expect(await clash('孙丽')).toBe(`冲突：同期另有出差 ${trip} 广州 3月19日（周四），1 天`);
  });
});

describe('a card that was drawn before', () => {
  test('a clash that came up since does not keep it from being approved', async () => {
    const trip = await filed('林晓', '4月21日去重庆出差一天，见客户');
    expect(await clash('黄静')).toBeUndefined();
    const room = await filed('林晓', '4月21日上午10点到11点订黄山会议室，4个人');
    expect((await office.taps('黄静', '同意')).toast).toBe(`已同意 ${trip}`);
    expect(room).toContain('ROOM');
  });

  test('nor one that is gone; drawn again, the card does not name it any more', async () => {
    await filed('林晓', '4月23日上午10点到11点订黄山会议室，4个人');
    const trip = await filed('林晓', '4月23日去贵阳出差一天，见客户');
    expect(await clash('黄静')).toContain('黄山');
    await office.taps('林晓', '取消');
    await office.says('黄静', `${trip} 到哪了`);
    expect(await clash('黄静')).toBeUndefined();
    expect((await office.taps('黄静', '同意')).toast).toBe(`已同意 ${trip}`);
  });
});
