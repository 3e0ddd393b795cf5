/** 排队: who waits for a room is told in their order when one comes free, and it is held for them; two replicas share the clock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({ replicas: 2 }); // Tuesday, 3 March 2026, 10:00
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const later = async (by: Temporal.DurationLike): Promise<void> => {
  office.later(by);
  await office.tick();
};

/** Holds of the waiting line that are there now, by room. */
const holds = async (): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select('room.name')
    .where('booking.wish_id', 'is not', null)
    .where('booking.state', '=', 'held')
    .execute();
  return rows.map(({ name }) => name);
};

const books = async (person: string, sentence: string): Promise<void> => {
  await office.says(person, sentence);
  await office.taps(person, '提交');
};

describe('waiting in line for a room', () => {
  test('the wanted room is taken: the draft offers a place in line besides the alternatives', async () => {
    await books('陈晨', '明天下午3点到5点订珠峰，主题评审');
    await office.says('王磊', '明天下午3点到5点订珠峰，主题周会');
    expect(office.last('王磊')).toContain('珠峰这个时段已被预订');
    expect(office.last('王磊')).toContain('[排队]');
    await office.taps('王磊', '排队');
    expect(office.last('王磊')).toContain('【排队中】');
    expect(office.last('王磊')).toContain('第 1 位');
  });

  test('the next stands behind, by a word', async () => {
    await office.says('林晓', '明天下午4点到5点订珠峰');
    await office.says('林晓', '排队');
    expect(office.last('林晓')).toContain('第 2 位');
    await office.says('何佳', '明天下午3点到4点订珠峰');
    await office.taps('何佳', '排队');
    expect(office.last('何佳')).toContain('第 2 位'); // 林晓 waits for another hour
  });

  test('asked twice, nobody stands there twice', async () => {
    await office.says('王磊', '明天下午3点到5点订珠峰');
    await office.taps('王磊', '排队');
    const rows = await office.app.db.selectFrom('room_wish').select('id').execute();
    expect(rows).toHaveLength(3);
  });

  test('cancelled: the first in line is told at once, and it is held for them', async () => {
    await office.says('陈晨', '取消 ROOM-26-0001');
    expect(office.last('王磊')).toContain('【轮到您了】');
    expect(office.last('王磊')).toContain('珠峰（3楼）');
    expect(office.last('王磊')).toContain('10:10');
    expect(office.last('林晓')).toContain('【排队中】');
    expect(await holds()).toEqual(['珠峰']);
  });

  test('nobody else can book it meanwhile', async () => {
    await office.says('罗敏', '明天下午3点到5点订珠峰');
    expect(office.last('罗敏')).toContain('珠峰这个时段已被预订');
  });

  test('no answer in ten minutes: both replicas look, it passes to the next, once', async () => {
    await later({ minutes: 9 });
    expect(office.last('王磊')).toContain('【轮到您了】');
    await later({ minutes: 2 });
    expect(office.last('王磊')).toContain('【已过时】');
    // Both fit now, since they wait for different hours.
    expect(office.last('林晓')).toContain('【轮到您了】');
    expect(office.last('何佳')).toContain('【轮到您了】');
    expect(await holds()).toEqual(['珠峰', '珠峰']);
    const told = office.sees('王磊').filter((each) => each.includes('【已过时】'));
    expect(told).toHaveLength(1);
  });

  test('订下 books what was held', async () => {
    await office.taps('林晓', '订下');
    expect(office.last('林晓')).toMatch(/会议室预订 ROOM-26-\d{4}[^]*【已预订】/);
    expect(office.last('林晓')).toContain('珠峰');
    expect(await holds()).toEqual(['珠峰']);
  });

  test('who was too late may stand in line again, at its end', async () => {
    await office.taps('王磊', '再排一次');
    expect(office.last('王磊')).toContain('【排队中】');
  });

  test('不要了: the next is asked', async () => {
    await office.says('罗敏', '明天下午3点到4点订珠峰');
    await office.says('罗敏', '排队');
    await office.taps('何佳', '不要了');
    expect(office.last('何佳')).toContain('【已不等】');
    // 王磊 stands before, but 林晓 has half of his time now.
    expect(office.last('王磊')).toContain('【排队中】');
    expect(office.last('罗敏')).toContain('【轮到您了】');
    await office.taps('罗敏', '订下');
  });

  test('who leaves is not asked any more', async () => {
    await office.says('王磊', '不等了');
    expect(office.last('王磊')).toContain('【已不等】');
    await office.says('罗敏', '取消珠峰');
    await office.says('林晓', '取消珠峰');
    expect(office.last('王磊')).not.toContain('【轮到您了】');
    expect(await holds()).toEqual([]);
  });

  test('a room nobody comes to goes to who waits for the rest of it', async () => {
    await books('陈晨', '今天下午2点到5点订黄山');
    await office.says('何佳', '今天下午3点到5点订黄山');
    await office.taps('何佳', '排队');
    await later({ hours: 3, minutes: 45 });
    await later({ minutes: 20 }); // 14:16
    await later({ minutes: 1 });
    expect(office.last('何佳')).toContain('【轮到您了】');
    await office.taps('何佳', '订下');
    expect(office.last('何佳')).toContain('15:00–17:00');
  });

  test('a wish whose time begins is over, and its person is told', async () => {
    await office.says('王磊', '今天下午4点到5点订黄山');
    await office.taps('王磊', '排队');
    expect(office.last('王磊')).toContain('【排队中】');
    await later({ hours: 1, minutes: 50 });
    expect(office.last('王磊')).toContain('【没有等到】');
    await office.says('王磊', '不等了');
    expect(office.last('王磊')).not.toContain('【已不等】');
  });

  test('another’s place in line cannot be left or taken', async () => {
    await books('陈晨', '后天上午10点到11点订衡山');
    await office.says('何佳', '后天上午10点到11点订衡山');
    await office.taps('何佳', '排队');
    const { id } = await office.app.db
      .selectFrom('room_wish')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const value = { v: 1, a: 'wish-leave', g: id, n: 1 };
    const tapped = await office.callsBack({ person: '王磊', value });
    expect(tapped.toast?.content).toBe('没有找到您的这件事');
    expect(office.last('何佳')).toContain('【排队中】');
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
