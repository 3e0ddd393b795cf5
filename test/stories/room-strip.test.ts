/** 「今天会议室空闲情况」: the day of the rooms at a glance, by half hours; nobody reads in it who meets whom about what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    // Tuesday, 3 March 2026, 10:00; the office is open 9 to 18, a room of its own hours and one with a pause among them.
    rules: (rules) => ({
      ...rules,
      rooms: {
        ...rules.rooms,
        perRoom: { 黄山: { open: { from: '10:00', to: '16:00' } }, 衡山: { buffer: 30 } },
      },
    }),
  });
});
afterAll(() => office.stop());

/** The line of a room on the newest card. */
const line = async (person: string, room: string): Promise<string> =>
  (await office.last(person)).split('\n').find((each) => each.startsWith(`${room}（`)) ?? '';

describe('a day at a glance', () => {
  test('a line a room: half hours from nine to six, low where it is free, the words beside it', async () => {
    await office.submits('陈晨', '明天上午10点到11点订珠峰，主题薪酬方案，参会人：李伟');
    await office.says('何佳', '明天哪些会议室空着');
    const card = await office.last('何佳');
    expect(card).toContain('会议室空闲情况：3月4日（周三）');
    expect(await line('何佳', '珠峰')).toBe(
      '珠峰（3楼，10 人，投影、白板） 9▁▁▇▇▁▁12▁▁▁▁▁▁15▁▁▁▁▁▁18 空闲 09:00–10:00、11:00–18:00',
    );
    expect(await line('何佳', '泰山')).toContain('9▁▁▁▁▁▁12▁▁▁▁▁▁15▁▁▁▁▁▁18 全天空闲');
    expect(card).toContain('▁ 空闲　▇ 不可订');
  });

  test('nobody else reads whose it is or what for; its host sees 我', async () => {
    expect(await office.last('何佳')).not.toMatch(/薪酬|陈晨|李伟/u);
    await office.says('陈晨', '明天会议室空闲情况');
    expect(await line('陈晨', '珠峰')).toContain('9▁▁我我▁▁12');
    expect(await line('陈晨', '珠峰')).toContain('我的预订 10:00–11:00');
  });

  test('before a room opens and after it closes, in the pause around a booking and in works it is not free', async () => {
    await office.submits('林晓', '明天下午2点到3点订衡山');
    await office.says('吴婷', '泰山明天维修停用');
    await office.taps('吴婷', '停用');
    await office.says('何佳', '明天哪些会议室有空');
    expect(await line('何佳', '黄山')).toContain('9▇▇▁▁▁▁12▁▁▁▁▁▁15▁▁▇▇▇▇18 空闲 10:00–16:00');
    // Half an hour before it, too: whoever met until two would leave it in its pause.
    expect(await line('何佳', '衡山')).toContain(
      '9▁▁▁▁▁▁12▁▁▁▇▇▇15▇▁▁▁▁▁18 空闲 09:00–13:30、15:30–18:00',
    );
    expect(await line('何佳', '泰山')).toContain('没有空闲；停用 09:00–18:00');
    expect(await office.last('何佳')).toContain('会议室空闲情况');
  });

  test('of one room that is named, as people say it', async () => {
    await office.says('何佳', '珠峰周三的安排');
    const card = await office.last('何佳');
    expect(card).toContain('珠峰空闲情况：3月4日（周三）');
    expect(card).toContain('9▁▁▇▇▁▁12');
    expect(card).not.toContain('黄山');
    await office.says('何佳', '我周三的安排');
    expect(await office.last('何佳')).not.toContain('空闲情况');
  });

  test('of today what is past is no longer free, and is not offered', async () => {
    await office.says('何佳', '今天会议室空闲情况');
    expect(await line('何佳', '珠峰')).toContain('9··▁▁▁▁12');
    expect(await office.last('何佳')).not.toContain('[前一天]');
  });
});

describe('from there on', () => {
  test('the day before and after in the same card', async () => {
    await office.says('何佳', '今天会议室空闲情况');
    const seen = (await office.sees('何佳')).length;
    await office.taps('何佳', '后一天');
    expect((await office.sees('何佳')).length).toBe(seen);
    expect(await office.last('何佳')).toContain('会议室空闲情况：3月4日（周三）');
    await office.taps('何佳', '前一天');
    expect(await office.last('何佳')).toContain('会议室空闲情况：3月3日（周二）');
  });

  test('a tap books the soonest free hour by the usual draft', async () => {
    await office.says('何佳', '珠峰明天的忙闲');
    await office.taps('何佳', '订 珠峰 09:00–10:00');
    expect(await office.last('何佳')).toContain('珠峰');
    expect(await office.last('何佳')).toContain('明天 3月4日（周三）09:00–10:00');
    const { toast } = await office.taps('何佳', '提交');
    expect(toast).toContain('已提交');
    await office.says('何佳', '珠峰明天的忙闲');
    expect(await line('何佳', '珠峰')).toContain('9我我▇▇▁▁12');
  });

  test('what a button carries is a wish: of another make it does nothing', async () => {
    const drafts = async () =>
      (await office.app.db.selectFrom('draft').select('id').execute()).length;
    const before = await drafts();
    for (const t of ['1', '999/1/2', "1/5/5'; drop table room", '1/29543580/29543520'])
      expect((await office.forges('何佳', { v: 1, a: 'room-book', t })).toast).toBeDefined();
    expect(await drafts()).toBe(before);
    for (const l of ['room-day:never:', 'room-day:2026-13-40:', "room-day:2026-03-04:x'"])
      expect((await office.forges('何佳', { v: 1, a: 'list', l })).toast).toBeDefined();
  });
});

describe('five hundred rooms', () => {
  beforeAll(async () => {
    await office.app.db
      .insertInto('room')
      .values(
        Array.from({ length: 495 }, (_, index) => ({
          name: `第${String(index + 1).padStart(3, '0')}会议室`,
          floor: String(10 + (index % 20)),
          capacity: 8,
          equipment: [],
          needs_approval: false,
          aliases: [],
          active: true,
        })),
      )
      .execute();
  });

  test('ten of them on a card, which holds within the platform’s limits; pages lead to all', async () => {
    await office.says('何佳', '后天会议室空闲情况');
    const names = new Set<string>();
    const look = async (): Promise<void> => {
      const card = await office.card('何佳');
      for (const block of card.blocks)
        if (block.block === 'strip')
          for (const { name } of block.rows) names.add(typeof name === 'string' ? name : name.zh);
      expect(Buffer.byteLength(JSON.stringify(drawCard(card)))).toBeLessThan(30_000);
    };
    await look();
    for (const expected of [20, 30, 40]) {
      await office.taps('何佳', '还有');
      await look();
      expect(names.size).toBe(expected);
    }
    await office.forges('何佳', { v: 1, a: 'list', l: 'room-day:2026-03-05:', f: 490, n: 500 });
    await look();
    expect(names.size).toBe(50);
    expect(await office.last('何佳')).toContain('第 491–500 项，共 500 项');
    await office.says('何佳', '29楼会议室后天的忙闲');
    const card = await office.last('何佳');
    expect(card).toContain('29楼');
    expect(card).not.toContain('28楼');
  });
});
