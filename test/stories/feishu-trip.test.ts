import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FeishuOffice,
  figures,
  openFeishuOffice,
  refusedCalls,
  tapLimit,
} from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

describe('going on a trip in Feishu', () => {
  test('one sentence fills the form; what was not said is guessed and marked', async () => {
    await office.says('陈晨', '下周二到周四去上海出差，坐高铁，见客户');
    const draft = office.last('陈晨');
    expect(draft).toContain('目的地　上海');
    expect(draft).toContain('3月10日（周二） 至 3月12日（周四），共 3 天');
    expect(draft).toContain('需要订酒店　是　推测');
    expect(draft).toContain('提交后审批：李伟（直属上级）');
  });

  test('the leader taps 同意 and the requester’s card follows', async () => {
    await office.taps('陈晨', '提交');
    expect(office.last('李伟')).toContain('TRIP-26-0001');
    expect(office.last('李伟')).toContain('【待审批】');
    const agreed = await office.taps('李伟', '同意', { comment: '注意安全' });
    expect(agreed.toast).toMatchObject({ type: 'success', content: '已同意 TRIP-26-0001' });
    expect(agreed.text).not.toContain('[同意]');
    expect(office.last('陈晨')).toContain('【处理中】');
    expect(office.last('陈晨')).toContain('注意安全');
  });

  test('the office books; without the tickets the client itself refuses to send the form', async () => {
    await expect(office.taps('ou_office_1', '完成', { hotel: '全季酒店' })).rejects.toThrow(
      '有必填项未填写',
    );
    await office.taps('ou_office_1', '完成', {
      tickets: 'G1 北京南 09:00 – 上海虹桥 13:28 二等座',
      hotel: '全季酒店（虹桥）2 晚',
    });
  });

  test('the traveller gets the confirmation letter as a new message', () => {
    const letter = office.last('陈晨');
    expect(letter).toContain('TRIP-26-0001');
    expect(letter).toContain('【已完成】');
    expect(letter).toContain('出差安排确认函');
    expect(letter).toContain('G1 北京南 09:00 – 上海虹桥 13:28 二等座');
    expect(letter).toContain('全季酒店（虹桥）2 晚');
  });

  test('what is missing is asked all at once in a form; days come from pickers', async () => {
    await office.says('何佳', '我要出差');
    expect(office.last('何佳')).toContain('【待补充】');
    const form = {
      to: '杭州、宁波',
      days_from: '2026-03-16',
      days_to: '2026-03-20',
      purpose: '拜访渠道',
    };
    expect((await office.taps('何佳', '提交', form)).toast?.content).toBe('已提交 TRIP-26-0002');
    expect(office.last('何佳')).toContain('目的地　杭州、宁波');
    expect(office.last('何佳')).toContain('3月16日（周一） 至 3月20日（周五），共 5 天');
  });

  test('an unfinished form can be cancelled, whatever is still empty in it', async () => {
    await office.says('罗敏', '我要出差');
    expect((await office.taps('罗敏', '取消')).toast?.content).toBe('已取消');
  });

  test('five days: who leads both the person and the department is asked once, then the director; a 驳回 tells its reason', async () => {
    const director = office.roleHolder('director');
    expect(office.sees(director).join()).not.toContain('TRIP-26-0002');
    await office.taps('马超', '同意');
    expect(office.last('马超')).not.toContain('[同意]');
    expect(office.last('马超')).toContain('上一环节已同意，不再询问');
    await office.taps(director, '驳回', { comment: '先开视频会' });
    expect(office.last('何佳')).toContain('【已驳回】');
    expect(office.last('何佳')).toContain('先开视频会');
  });

  test('我的申请 lists, and a line of it opens', async () => {
    await office.says('陈晨', '我的申请');
    expect(office.last('陈晨')).toContain('TRIP-26-0001 出差申请');
    await office.says('林晓', 'TRIP-26-0001 到哪了');
    expect(office.last('林晓')).toBe('没有找到这张申请单，请核对单号');
  });

  test('every tap was answered in time, every card was taken by the platform', () => {
    console.log('trip taps, ms', figures(office.tapTimes));
    expect(figures(office.tapTimes).most).toBeLessThan(tapLimit());
    expect(refusedCalls(office.feishu)).toEqual([]);
  });
});
