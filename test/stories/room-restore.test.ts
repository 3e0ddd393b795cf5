/** A room that was set up for a meeting is put back afterwards: told as the meeting ends, once more when it is late. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

const cards = async (person: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.includes('会场复原'));

describe('会场复原', () => {
  test('told as the meeting ends, due three working days later; one does it, the other sees who', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，要投影');
    await office.later('1h');
    expect(await cards('吴婷')).toEqual([]);
    await office.says('吴婷', '帮助');
    const early = { v: 1, a: 'prepared', m: 1, o: 'restore' };
    expect((await office.forges('吴婷', early)).toast).toBe('不用做了');
    await office.says('陈晨', '签到');
    await office.later('1h'); // 12:00
    const [told] = await cards('吴婷');
    expect(told).toContain('会场复原：今天 3月3日（周二）11:00 珠峰（3楼） #待办');
    expect(told).toContain('完成时间：3月6日（周五）12:00');
    expect((await office.taps('吴婷', '已完成')).toast).toBe('会场复原已完成');
    expect(await office.last('郑强')).toContain('经办人：吴婷');
    // It is the office's own matter.
    expect((await office.sees('陈晨')).join()).not.toContain('复原');
  });

  test('late, the office hears of it once more', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，要投影');
    await office.later('1h');
    await office.says('陈晨', '签到');
    await office.later('1h');
    for (let i = 0; i < 3; i++) await office.later('1d');
    const late = (await cards('吴婷')).filter((each) => each.includes('#已超时'));
    expect(late).toHaveLength(1);
    await office.later('1d');
    expect((await cards('吴婷')).filter((each) => each.includes('#已超时'))).toHaveLength(1);
  });

  test('longer or shorter, it comes when the meeting really ends', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，要投影');
    await office.later('1h');
    await office.says('陈晨', '签到');
    await office.says('陈晨', '延长半小时');
    await office.later('1h'); // 12:00
    expect(await cards('吴婷')).toEqual([]);
    await office.says('陈晨', '会开完了');
    await office.app.tick();
    await office.settle();
    expect(await cards('吴婷')).toHaveLength(1);
  });

  test('a meeting that needed nothing leaves nothing to put back', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰');
    await office.later('1h');
    await office.says('陈晨', '签到');
    await office.later('1h');
    expect(await cards('吴婷')).toEqual([]);
  });

  test('cancelled before anything was set up, nothing; set up already, it is put back all the same', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，要投影');
    await office.submits('罗敏', '今天11点到12点订黄山，要大屏');
    await office.app.tick();
    await office.settle();
    await office.says('吴婷', '帮助');
    const setUp = { v: 1, a: 'prepared', m: 1, o: 'setup' };
    expect((await office.forges('吴婷', setUp)).toast).toBe('会场布置已完成');
    await office.says('陈晨', '取消ROOM-26-0001');
    await office.says('罗敏', '取消ROOM-26-0002');
    await office.later('1h');
    await office.later('1h');
    expect((await cards('吴婷')).map((each) => each.includes('珠峰'))).toEqual([true]);
  });

  test('switched off, nobody is asked', async () => {
    const without = await openOffice({
      rules: (rules) => ({ ...rules, rooms: { ...rules.rooms, restore: null } }),
    });
    try {
      await without.submits('陈晨', '今天11点到12点订珠峰，要投影');
      await without.later('1h');
      await without.says('陈晨', '签到');
      await without.later('1h');
      expect((await without.sees('吴婷')).join()).not.toContain('复原');
    } finally {
      await without.stop();
    }
  });
});
