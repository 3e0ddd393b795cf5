import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

describe('a meeting that is booked well ahead', () => {
  test('the host names who takes part, in one sentence with the booking', async () => {
    await office.says('陈晨', '后天下午3点到5点订珠峰，主题产品评审，参会人：王磊、林晓');
    const draft = await office.last('陈晨');
    expect(draft).toContain('参会人：王磊、林晓');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    expect(await office.last('陈晨')).toContain('参会人：参加 0，请假 0，未答 2（王磊、林晓）');
  });

  test('before its time nobody is bothered', async () => {
    await office.later('4h');
    expect(await office.sees('王磊')).toEqual([]);
  });

  test('24 hours before, everybody invited gets one card that says when, where and who', async () => {
    await office.later('1d'); // Wednesday 14:00
    expect(await office.sees('王磊')).toEqual([]);
    await office.later('1h');
    const [notice, ...more] = await office.sees('王磊');
    expect(notice).toContain('明天 3月5日（周四）15:00 珠峰');
    expect(notice).toContain('#会议通知');
    expect(notice).toContain('时间：明天 3月5日（周四）15:00–17:00');
    expect(notice).toContain('地点：珠峰（3楼）');
    expect(notice).toContain('主持人：陈晨');
    expect(notice).toContain('[确认参加] [请假]');
    expect(more).toEqual([]);
    expect(await office.sees('林晓')).toHaveLength(1);
  });
});
