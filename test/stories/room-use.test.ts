/** 「会议室使用情况」: how rooms were used, who did not come and what was called off late; names are for the office. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      rooms: { ...rules.rooms, use: { ...rules.rooms.use, noShows: 2 } },
    }),
  }); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const passes = async (...steps: readonly ('15m' | '1h')[]): Promise<void> => {
  for (const step of steps) await office.later(step);
};
const rowOf = async (person: string, room: string): Promise<string> =>
  (await office.last(person)).split('\n').find((each) => each.startsWith(`${room} |`)) ?? '';

describe('a month of the rooms', () => {
  test('a day goes by: some come, some do not, some call off', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰');
    await office.submits('王磊', '今天上午11点到12点订黄山');
    await office.submits('王磊', '今天下午2点到3点订华山');
    await office.submits('何佳', '今天下午3点到4点订衡山'); // ROOM-26-0004
    await office.submits('何佳', '明天下午3点到4点订衡山'); // ROOM-26-0005
    await passes('1h'); // 11:00
    expect((await office.taps('陈晨', '签到')).toast).toContain('签到');
  });

  test('so far of the month: what was used, and what was not', async () => {
    await passes('15m', '15m', '1h', '1h'); // 13:30, an hour and a half before
    await office.says('何佳', '取消 ROOM-26-0004');
    await office.says('何佳', '取消 ROOM-26-0005');
    await passes('1h', '15m', '1h'); // 15:45
    await office.says('吴婷', '本月会议室使用报告');
    const card = await office.last('吴婷');
    expect(card).toContain('2026年3月会议室使用');
    expect(card).toContain('2 次没人来');
    // 7.5 h of Monday, 3 h and 2¼ h of Tuesday so far, cut; of what 珠峰 was booked for, all was used.
    expect(await rowOf('吴婷', '珠峰')).toMatch(/\| 1\/12\.7 \| 100% \| 1 \| 0 \| 0$/);
    expect(await rowOf('吴婷', '黄山')).toMatch(/\| 0\/12\.7 \| — \| 0 \| 1 \| 0$/);
    // An hour and a half before is late; the day before is not.
    expect(await rowOf('吴婷', '衡山')).toMatch(/\| 0 \| 1$/);
  });

  test('what is out of the ordinary stands first, with the name', async () => {
    const card = await office.last('吴婷');
    expect(card).toContain('王磊（研发部） 2 次订了没来（共订 2 次）');
    expect(card).toContain('何佳（销售部）：没来 0 次，临时取消 1 次');
    expect(card.indexOf('黄山 |')).toBeLessThan(card.indexOf('珠峰 |'));
    expect(card).not.toContain('陈晨');
  });

  test('a month that was not yet has nothing; without one the last is meant', async () => {
    await office.says('吴婷', '会议室使用情况');
    expect(await office.last('吴婷')).toContain('2026年2月会议室使用：使用率 0%，0 次没人来');
  });

  test('a date taken out of a series at the last moment counts as well, one in good time does not', async () => {
    await office.submits('林晓', '每周二下午5点到5点半订华山，共3次，主题对账'); // today for the first time
    await office.says('林晓', '取消3月10日那次');
    await office.says('林晓', '取消3月3日那次');
    await passes('1h', '1h'); // 17:45: what is still to come is not counted
    await office.says('吴婷', '本月会议室使用报告');
    expect(await office.last('吴婷')).toContain('林晓（市场部）：没来 0 次，临时取消 1 次');
  });

  test('nobody else reads names: they are told whom it is for, or what is free', async () => {
    await office.says('王磊', '上月会议室使用报告');
    expect(await office.last('王磊')).toContain('会议室使用报告给行政和主任看');
    await office.says('王磊', '会议室使用情况');
    expect(await office.last('王磊')).not.toContain('没人来');
    expect(await office.last('王磊')).toContain('会议室空闲情况');
    await office.says('吴婷', '明天会议室使用情况');
    expect(await office.last('吴婷')).toContain('会议室空闲情况');
  });
});
