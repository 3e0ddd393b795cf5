import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const REPAIRER = 'ou_office_2';

describe('something is broken', () => {
  test('a picture sent before waits for the sentence, and joins the ticket', async () => {
    await office.sends('陈晨', 'jam.png');
    expect(await office.last('陈晨')).toContain('收到。要报修的话');
    await office.says('陈晨', '3楼打印机卡纸了');
    const draft = await office.last('陈晨');
    expect(draft).toContain('物品：打印机');
    expect(draft).toContain('地点：3楼');
    expect(draft).toContain('问题：卡纸');
    expect(draft).toContain('紧急程度：一般（推测）');
    await office.taps('陈晨', '提交');
    expect(await office.last(REPAIRER)).toContain('[图片 jam.png]');
  });

  test('a picture sent after joins as well, on everybody’s card', async () => {
    await office.sends('陈晨', 'tray.png');
    expect((await office.sees('陈晨')).at(-1)).toBe('照片已加到 FIX-26-0001');
    expect(await office.last(REPAIRER)).toContain('[图片 tray.png]');
  });

  test('taken, noted, done: the reporter follows each step', async () => {
    expect(await office.last(REPAIRER)).toContain('[接单]');
    expect((await office.taps(REPAIRER, '接单')).toast).toBe('已接单 FIX-26-0001');
    await office.taps(REPAIRER, '记进展', { note: '搓纸轮已下单，明天到' });
    expect(await office.last('陈晨')).toContain('搓纸轮已下单，明天到');
    await office.taps(REPAIRER, '完成', { done: '换了搓纸轮' });
    expect(await office.last('陈晨')).toContain('处理说明：换了搓纸轮');
    expect(await office.last('陈晨')).toContain('[验收] [重新打开]');
  });

  test('not fixed: opened again it is back with the same repairer', async () => {
    await office.taps('陈晨', '重新打开', { comment: '还是卡' });
    expect(await office.last(REPAIRER)).toContain('FIX-26-0001 #处理中');
    expect(await office.last(REPAIRER)).toContain('[完成]');
    await office.taps(REPAIRER, '完成', { done: '清了纸路' });
  });

  test('accepted with stars, and over', async () => {
    await office.taps('陈晨', '验收', { stars: '5' });
    const card = await office.last('陈晨');
    expect(card).toContain('#已完成');
    expect(card).toContain('评价：★★★★★');
  });
});
