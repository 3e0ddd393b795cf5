import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FeishuOffice,
  figures,
  ONE_PIXEL,
  openFeishuOffice,
  refusedCalls,
  tapLimit,
} from '../office/feishu-office.ts';
import { places } from '../feishu-platform/card-rules/walk.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const REPAIRER = 'ou_office_2';

/** How many pictures a person's newest card shows. */
const pictures = (person: string): number =>
  places(office.feishu.cards(person).at(-1)?.card).filter(({ tag }) => tag === 'img').length;

describe('something is broken, told in Feishu', () => {
  test('a picture sent before waits for the sentence, and is seen by the repairer', async () => {
    await office.sends('陈晨');
    expect(office.last('陈晨')).toContain('收到。要报修的话');
    await office.says('陈晨', '3楼打印机卡纸了');
    const draft = office.last('陈晨');
    expect(draft).toContain('物品　打印机');
    expect(draft).toContain('地点　3楼');
    expect(draft).toContain('紧急程度　一般　推测');
    await office.taps('陈晨', '提交');
    expect(pictures(REPAIRER)).toBe(1);
  });

  test('the bytes that were sent are the bytes that are shown', async () => {
    const { app, feishu } = office;
    const attachment = await app.db.selectFrom('attachment').selectAll().executeTakeFirstOrThrow();
    expect(attachment).toMatchObject({ channel: 'feishu', sort: 'image', request_id: 1 });
    const uploads = feishu.calls.filter(({ route }) => route === '/open-apis/im/v1/images');
    expect(uploads.map(({ code }) => code)).toEqual([0]);
    const fetched = feishu.calls.filter(({ path }) => path.includes(attachment.file_key));
    expect(fetched.map(({ code }) => code)).toEqual([0]);
    expect(ONE_PIXEL.length).toBeGreaterThan(60);
  });

  test('a picture sent after joins as well, on everybody’s card', async () => {
    await office.sends('陈晨');
    expect(office.last('陈晨')).toBe('照片已加到 FIX-26-0001');
    expect(pictures(REPAIRER)).toBe(2);
  });

  test('接单, progress, 完成: the reporter follows each step', async () => {
    expect((await office.taps(REPAIRER, '接单')).toast?.content).toBe('已接单 FIX-26-0001');
    await office.taps(REPAIRER, '记进展', { note: '搓纸轮已下单，明天到' });
    expect(office.last('陈晨')).toContain('搓纸轮已下单，明天到');
    await office.taps(REPAIRER, '完成', { done: '换了搓纸轮' });
    expect(office.last('陈晨')).toContain('处理说明　换了搓纸轮');
    expect(office.last('陈晨')).toContain('[重新打开]');
  });

  test('重新打开: back with the same repairer', async () => {
    await office.taps('陈晨', '重新打开', { comment: '还是卡' });
    expect(office.last(REPAIRER)).toContain('FIX-26-0001');
    expect(office.last(REPAIRER)).toContain('【处理中】');
    expect(office.last(REPAIRER)).toContain('[完成]');
    await office.taps(REPAIRER, '完成', { done: '清了纸路' });
  });

  test('验收 with stars, and over', async () => {
    const tapped = await office.taps('陈晨', '验收', { stars: '5' });
    expect(tapped.text).toContain('【已完成】');
    expect(tapped.text).toContain('★★★★★');
    const row = await office.app.db
      .selectFrom('request')
      .select(['state', 'stars'])
      .executeTakeFirst();
    expect(row).toEqual({ state: 'done', stars: 5 });
  });

  test('every tap was answered in time, every card was taken by the platform', () => {
    console.log('repair taps, ms', figures(office.tapTimes));
    expect(figures(office.tapTimes).most).toBeLessThan(tapLimit());
    expect(refusedCalls(office.feishu)).toEqual([]);
  });
});
