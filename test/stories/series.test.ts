import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

describe('a room again and again', () => {
  test('one sentence: the rule in words, how many dates, the first and the last, days off left out', async () => {
    await office.says('陈晨', '每周一上午10点到11点到年底订10人会议室');
    const draft = await office.last('陈晨');
    expect(draft).toContain('重复：每周一，到 12月31日（周四） 10:00–11:00');
    expect(draft).toContain('次，首次 3月9日（周一），末次 12月28日（周一）');
    expect(draft).toContain('遇休息日不订：4月6日（周一）');
    expect(draft).toContain('珠峰（3楼·10人');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    expect(await office.last('陈晨')).toContain('会议室预订 ROOM-26-0001 #已预订');
  });
});
