import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

describe('a manager who travels', () => {
  test('reads on the draft which meetings fall into the journey, and that approvals wait', async () => {
    await office.says('陈晨', '下周二到周四去上海出差，坐高铁，见客户');
    await office.taps('陈晨', '提交');
    await office.says('李伟', '下周三上午10点到11点订个5人的会议室，评审会');
    await office.taps('李伟', '提交');
    await office.says('李伟', '下周二到周四去深圳出差，坐飞机，见客户');
    const draft = await office.last('李伟');
    expect(draft).toMatch(/同期您有会议：.*（.*3月11日（周三）10:00）/);
    expect(draft).toContain('有 1 项审批在等您');
    expect(draft).toContain('[期间由赵建国代批]');
  });

  test('one tap names who decides meanwhile; the approval goes to them when the journey begins', async () => {
    await office.taps('李伟', '期间由刘洋代批');
    expect(await office.last('李伟')).toContain('期间代批人：刘洋');
    expect(await office.last('李伟')).not.toContain('在等您');
    await office.taps('李伟', '提交');
    await office.taps('赵建国', '同意');
    await office.says('王磊', '下周五去杭州出差，坐高铁，培训');
    await office.taps('王磊', '提交');
    for (let day = 0; day < 7; day++) await office.later('1d');
    expect(await office.last('刘洋@研发部')).toContain('TRIP-26-0003');
    expect((await office.sees('李伟')).join('\n')).toMatch(/TRIP-26-0003（.*刘洋/);
  });
});
