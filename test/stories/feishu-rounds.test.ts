import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({ rounds: true });
});
afterAll(() => office.stop());

const OFFICE = 'ou_office_1';
const REPAIRER = 'ou_office_2';

describe('a morning of the office, in Feishu', () => {
  test('at nine the round and the backup check are there, once, for both', async () => {
    expect(office.sees(OFFICE)).toEqual([]);
    office.later({ hours: 23 });
    await Promise.all([office.tick(), office.tick()]);
    for (const person of [OFFICE, REPAIRER]) {
      expect(office.sees(person)).toHaveLength(2);
      expect(office.sees(person).join()).toContain('设施日常巡检 3月4日（周三）');
      expect(office.sees(person).join()).toContain('系统备份检查 3月4日（周三）');
    }
  });

  test('one takes the round; the checklist is a form that the phone can show', async () => {
    await office.says(OFFICE, '今天有哪些巡检');
    expect(office.last(OFFICE)).toContain('设施日常巡检');
    const opened = await office.taps(OFFICE, '查看 设施日常巡检');
    expect(opened.text).toContain('[我来做]');
    const taken = await office.taps(OFFICE, '我来做');
    expect(taken.text).toContain('【处理中】');
    expect(taken.text).toContain('[完成]');
    expect(office.sees(REPAIRER).join()).toContain('[改由我做]');
  });

  test('what is wrong goes to the repairer, and comes back as put right', async () => {
    const items = ['air', 'lift', 'network', 'printer', 'light', 'water', 'plants'];
    const form = {
      ...Object.fromEntries(items.map((item) => [item, 'ok'])),
      plants: 'bad',
      plants_note: '前台绿萝枯了 <at id=all></at>',
    };
    const done = await office.taps(OFFICE, '完成', form);
    expect(done.toast?.content).toBe('已完成，1 项已转整改');
    expect(done.text).toContain('【已完成】');
    expect(office.last(REPAIRER)).toContain('整改：绿植');
    const put = await office.taps(REPAIRER, '已整改', { answer: '换了两盆' });
    expect(put.toast?.content).toBe('已记下，整改完成');
    expect(office.last(OFFICE)).toContain('「绿植」已整改：换了两盆');
  });

  test('the year in the chat, and not a card that the platform refused', async () => {
    await office.says('陈晨', '行政日历');
    expect(office.last('陈晨')).toContain('行政日历 2026年3月');
    const next = await office.taps('陈晨', '下个月');
    expect(next.text).toContain('行政日历 2026年4月');
    // The token of the day before is refused once, wherever it is used first.
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
