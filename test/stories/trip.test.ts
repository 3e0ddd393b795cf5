import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

describe('going on a trip', () => {
  test('one sentence fills the form; what was not said is guessed and marked', async () => {
    await office.says('陈晨', '下周二到周四去上海出差，坐高铁，见客户');
    const draft = await office.last('陈晨');
    expect(draft).toContain('目的地：上海');
    expect(draft).toContain('3月10日（周二） 至 3月12日（周四），共 3 天');
    expect(draft).toContain('交通：高铁');
    expect(draft).toContain('需要订酒店：是（推测）');
    expect(draft).toContain('事由：见客户');
    expect(draft).toContain('提交后审批：李伟（直属上级）');
  });

  test('the manager agrees by a word, the office books, the traveller gets the confirmation', async () => {
    await office.taps('陈晨', '提交');
    await office.says('李伟', '同意 TRIP-26-0001');
    expect(await office.sees('李伟')).toContain('已同意 TRIP-26-0001');
    expect(await office.last('陈晨')).toContain('#处理中');
    expect((await office.taps('ou_office_1', '完成', { hotel: '全季酒店' })).toast).toContain(
      '请填写「票务」',
    );
    await office.taps('ou_office_1', '完成', {
      tickets: 'G1 北京南 09:00 – 上海虹桥 13:28 二等座',
      hotel: '全季酒店（虹桥）2 晚',
    });
    const letter = await office.last('陈晨');
    expect(letter).toContain('TRIP-26-0001 #已完成');
    expect(letter).toContain('出差安排确认函');
    expect(letter).toContain('G1 北京南 09:00');
    expect(letter).toContain('全季酒店（虹桥）2 晚');
  });

  test('what is missing is asked for on the same card, all at once', async () => {
    await office.says('何佳', '我要出差');
    const draft = await office.last('何佳');
    expect(draft).toContain('#待补充');
    for (const field of ['<to>', '<days_from>', '<days_to>', '<purpose>'])
      expect(draft).toContain(field);
    const reply = await office.taps('何佳', '提交', {
      to: '杭州、宁波',
      days_from: '2026-03-16',
      days_to: '2026-03-20',
      purpose: '拜访渠道',
    });
    expect(reply.toast).toBe('已提交 TRIP-26-0002');
  });

  test('five days need the manager, the head of department and the director, in this order', async () => {
    const card = await office.last('何佳');
    expect(card).toContain('目的地：杭州、宁波');
    const steps = card.split('\n').filter((line) => line.includes('审批 ['));
    expect(steps).toHaveLength(3);
    expect(steps[0]).toContain('[open]');
    expect(steps[2]).toContain('办公室主任审批 [waiting]');
  });

  test('a rejection tells the reason, and nobody else is asked', async () => {
    await office.says('马超', '驳回 TRIP-26-0002 先开视频会');
    expect(await office.last('何佳')).toContain('#已驳回');
    expect(await office.last('何佳')).toContain('先开视频会');
    expect((await office.sees(office.roleHolder('director'))).join()).not.toContain('TRIP-26-0002');
  });

  test('dates that have passed are not accepted', async () => {
    await office.says('何佳', '3月1号去北京出差，参加培训');
    const draft = await office.last('何佳');
    expect(draft.includes('已经过去') || draft.includes('2027年')).toBe(true);
  });
});

describe('asking where it stands', () => {
  test('我的申请 lists them; a number opens one; a stranger’s number is unknown', async () => {
    await office.says('陈晨', '我的申请');
    expect(await office.last('陈晨')).toContain('TRIP-26-0001 出差申请 · 已完成');
    await office.says('陈晨', 'TRIP-26-0001 到哪了');
    expect(await office.last('陈晨')).toContain('出差申请 TRIP-26-0001');
    await office.says('林晓', 'TRIP-26-0001 到哪了');
    expect(await office.last('林晓')).toBe('没有找到这张申请单，请核对单号');
    await office.says('林晓', 'TRIP-26-0999 到哪了');
    expect(await office.last('林晓')).toBe('没有找到这张申请单，请核对单号');
  });

  test('我的待办 is empty in words, not in silence', async () => {
    await office.says('林晓', '我的待办');
    expect(await office.last('林晓')).toContain('没有等您处理的事');
  });

  test('撤回 takes back the one that is open', async () => {
    await office.says('林晓', '下周一去南京出差，做展会');
    await office.taps('林晓', '提交');
    await office.says('林晓', '撤回');
    expect(await office.last('林晓')).toContain('#已撤回');
  });
});
