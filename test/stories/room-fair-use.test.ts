/** Fair use of rooms: limits of a person, hours when a room is open, the time it stays empty between meetings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { readOrganisation } from '../../src/directory/organisation.ts';
import { holdRoom } from '../../src/requests/room/bookings.ts';
import { keepWithinLimits } from '../../src/requests/room/fair-use.ts';
import { defaultRules, type Rules } from '../../src/settings/rules.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const few = (rules: Rules): Rules => ({
  ...rules,
  rooms: {
    ...rules.rooms,
    buffer: 15,
    perRoom: { 黄山: { buffer: 0, open: { from: '09:00', to: '12:00' } } },
    limits: {
      ...rules.rooms.limits,
      perDay: { bookings: 2, hours: 3 },
      perWeek: { bookings: 3, hours: 20 },
      notice: 10,
    },
  },
});

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ rules: few }); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const draft = async (person: string, sentence: string): Promise<string> => {
  await office.says(person, sentence);
  return office.last(person);
};

describe('what one person may book', () => {
  test('within the limits nothing is said of them', async () => {
    expect(await draft('陈晨', '明天上午9点到10点订珠峰')).toContain('无需审批');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    await draft('陈晨', '明天下午2点到3点订珠峰');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0002');
  });

  test('a third of the day is refused on the draft, with why and what next', async () => {
    const told = await draft('陈晨', '明天下午4点到5点订珠峰');
    expect(told).toContain('每人每天最多订 2 场，这次会超过');
    expect(told).toContain('取消不用的，或请行政代订');
    expect((await office.taps('陈晨', '提交')).toast).toContain('还差下面这些');
  });

  test('too many hours are told as hours', async () => {
    await draft('王磊', '明天上午9点到11点订衡山');
    await office.taps('王磊', '提交');
    const told = await draft('王磊', '明天下午1点到3点订衡山');
    expect(told).toContain('每人每天最多订 3 小时');
  });

  test('a change of one’s own booking does not count it twice', async () => {
    expect(await draft('陈晨', 'ROOM-26-0002 改到下午4点')).not.toContain('最多订');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0002');
  });

  test('the week has its own limit', async () => {
    await draft('陈晨', '后天上午9点到10点订珠峰');
    await office.taps('陈晨', '提交');
    expect(await draft('陈晨', '大后天上午9点到10点订珠峰')).toContain('每人每周最多订 3 场');
    expect(await draft('陈晨', '下周二上午9点到10点订珠峰')).not.toContain('最多订');
    await office.says('陈晨', '算了');
  });

  test('one cancelled makes place for another', async () => {
    await office.says('陈晨', '取消 ROOM-26-0001');
    expect(await draft('陈晨', '大后天上午9点到10点订珠峰')).not.toContain('最多订');
    await office.says('陈晨', '算了');
  });

  test('at the last minute it is too late', async () => {
    expect(await draft('林晓', '今天10点5分到11点订珠峰')).toContain('至少要提前 10 分钟');
  });

  test('the office itself is exempt', async () => {
    expect(await draft('吴婷', '今天10点5分到11点订珠峰')).not.toContain('至少要提前');
    await office.says('吴婷', '算了');
  });

  test('every date of a series counts in its day and its week, not the first alone', async () => {
    for (const hours of ['9点到10点', '11点到12点']) {
      await draft('何佳', `3月16日上午${hours}订华山`);
      expect((await office.taps('何佳', '提交')).toast).toContain('已提交');
    }
    await draft('何佳', '每周一下午2点到3点订华山，共3次');
    expect(await office.last('何佳')).toContain('首次 3月9日（周一）');
    expect(await office.last('何佳')).toContain('每人每天最多订 2 场');
    expect((await office.taps('何佳', '提交')).toast).toContain('还差下面这些');
    await office.says('何佳', '算了');
    await draft('何佳', '每个工作日下午4点到4点半订华山到3月13日');
    expect(await office.last('何佳')).toContain('每人每周最多订 3 场');
    await office.says('何佳', '算了');
  });

  test('a series that is changed is not counted twice', async () => {
    await draft('何佳', '明天上午9点到10点订华山');
    expect((await office.taps('何佳', '提交')).toast).toContain('已提交');
    await draft('何佳', '每周三下午2点到3点订华山，共2次');
    expect((await office.taps('何佳', '提交')).toast).toContain('已提交');
    expect(await draft('何佳', '全部改到下午4点')).not.toContain('最多订');
    expect((await office.taps('何佳', '提交')).toast).toContain('已提交');
    expect(await office.last('何佳')).toContain('16:00–17:00');
  });

  test('several of one person at once: each counts what the others booked before', async () => {
    await office.says('罗敏', '后天上午9点到10点订华山');
    await office.taps('罗敏', '提交');
    const request = await office.app.db
      .selectFrom('request')
      .select(['id', 'requester_id'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const rules = few(defaultRules);
    const at = { db: office.app.db, clock: { now: office.app.now } };
    const tried = await Promise.allSettled(
      ['13', '14', '15', '16'].map((hour) =>
        inWork(at, { actor: `person:${request.requester_id}` }, async (work) => {
          const org = await readOrganisation(work.tx, {}, work.now);
          const period = {
            from: `2026-03-05T${hour}:00:00+08:00`,
            to: `2026-03-05T${hour}:30:00+08:00`,
          };
          const asked = { person: request.requester_id, periods: [period] };
          await keepWithinLimits(work, rules, org, asked);
          await holdRoom(work, rules, { request_id: request.id }, '华山', period);
        }),
      ),
    );
    const refused = tried.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(3);
    for (const each of refused) expect(each).toMatchObject({ code: 'room.limit' });
  });
});

describe('when rooms may be used', () => {
  test('outside a room’s hours it is refused, and others are offered', async () => {
    const told = await draft('何佳', '明天下午2点到3点订黄山');
    expect(told).toContain('黄山只在 09:00–12:00 开放');
    expect(told).not.toContain('[排队]');
    expect(told).toContain('[衡山');
  });

  test('a room that is shut is not chosen for anybody', async () => {
    await office.says('何佳', '算了');
    // 黄山 would be the smallest for six.
    expect(await draft('何佳', '明天下午1点到2点订个6人的会议室')).toContain('珠峰');
    await office.says('何佳', '算了');
  });

  test('between two meetings a room stays empty', async () => {
    await draft('何佳', '下周一上午9点到10点订珠峰');
    await office.taps('何佳', '提交');
    expect(await draft('林晓', '下周一上午10点到11点订珠峰')).toContain('珠峰这个时段已被预订');
    expect(await draft('林晓', '下周一上午10点15分到11点订珠峰')).toContain('无需审批');
    await office.taps('林晓', '提交');
  });

  test('a room of its own rule has no pause', async () => {
    await draft('何佳', '下周一上午10点到11点订黄山');
    await office.taps('何佳', '提交');
    expect(await draft('林晓', '下周一上午11点到12点订黄山')).toContain('无需审批');
    await office.says('林晓', '算了');
  });

  test('the database refuses what comes too near by itself', async () => {
    const wish = await office.app.db
      .selectFrom('request')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const near = inWork(
      { db: office.app.db, clock: { now: office.app.now } },
      { actor: 'system' },
      (work) =>
        holdRoom(work, few(defaultRules), { request_id: wish.id }, '珠峰', {
          from: '2026-03-09T08:00:00+08:00',
          to: '2026-03-09T08:50:00+08:00',
        }),
    );
    await expect(near).rejects.toMatchObject({ code: 'room.taken' });
  });
});
