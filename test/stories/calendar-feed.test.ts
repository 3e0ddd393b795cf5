/** Calendars by a secret link: what really stands, for whoever has the link, until it is taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Component, read, textOf } from '../exports/read-calendar.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } }); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

/** The newest link on a person's cards, as a path of our server. */
const linkOf = async (person: string): Promise<string> => {
  const found = (await office.sees(person))
    .flatMap((each) => /https:\/\/office\.example\.com(\/calendar\/\S+\.ics)/.exec(each)?.[1] ?? [])
    .at(-1);
  if (found === undefined) throw new Error(`${person} has no link`);
  return found;
};

const fetched = (url: string, headers: { [name: string]: string } = {}) =>
  office.app.server.inject({ method: 'GET', url, headers });

/** Events by what they are called, as a calendar program reads them. */
const events = async (url: string): Promise<ReadonlyMap<string, Component['values']>> => {
  const { statusCode, body } = await fetched(url);
  expect(statusCode).toBe(200);
  return new Map(
    read(body).inner.map(({ values }) => [
      `${textOf(values.get('SUMMARY'))} ${values.get('DTSTART') ?? ''}`,
      values,
    ]),
  );
};

describe('my own calendar', () => {
  test('a link on a word: the meetings that I host or attend, in UTC, each by a name of its own', async () => {
    await office.submits('陈晨', '明天上午9点到10点订珠峰，主题预算; 评审，参会人：李伟');
    await office.says('陈晨', '我的日历链接');
    expect(await office.last('陈晨')).toContain('请不要转发');
    const link = await linkOf('陈晨');
    expect(link).toMatch(/^\/calendar\/[\w-]{43}\.ics$/);
    const answer = await fetched(link);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const mine = [...(await events(link)).values()];
    expect(mine).toHaveLength(1);
    expect(textOf(mine[0]?.get('SUMMARY'))).toContain('预算');
    expect(mine[0]?.get('DTSTART')).toBe('20260304T010000Z');
    expect(mine[0]?.get('DTEND')).toBe('20260304T020000Z');
    expect(mine[0]?.get('STATUS')).toBe('CONFIRMED');
    expect(textOf(mine[0]?.get('LOCATION'))).toBe('珠峰（3楼）');
    await office.says('李伟', '我的日历链接');
    expect([...(await events(await linkOf('李伟'))).values()]).toHaveLength(1);
    await office.says('何佳', '我的日历链接');
    expect([...(await events(await linkOf('何佳'))).keys()]).toEqual([]);
  });

  test('moved, it is the same event at another time; who declined has it no more; called off it is gone', async () => {
    const link = await linkOf('陈晨');
    const [before] = (await events(link)).values();
    await office.says('陈晨', 'ROOM-26-0001 改到明天下午3点');
    await office.taps('陈晨', '提交');
    const [after] = (await events(link)).values();
    expect(after?.get('UID')).toBe(before?.get('UID'));
    expect(Number(after?.get('SEQUENCE'))).toBeGreaterThan(Number(before?.get('SEQUENCE')));
    expect(after?.get('DTSTART')).toBe('20260304T070000Z');
    await office.taps('李伟', '请假', { reason: '出差' });
    expect([...(await events(await linkOf('李伟'))).keys()]).toEqual([]);
    await office.says('陈晨', '取消 ROOM-26-0001');
    expect([...(await events(link)).keys()]).toEqual([]);
  });

  test('a series is told date by date; what waits for approval is tentative; far away is not told', async () => {
    await office.submits('王磊', '每周四上午10点到11点订黄山，共3次，主题周会');
    await office.submits('王磊', '下周一上午9点到下午5点订珠峰，主题培训');
    await office.submits('王磊', '3月6日上午9点到10点订华山');
    await office.says('王磊', '我的日历链接');
    const all = await events(await linkOf('王磊'));
    expect([...all.keys()].filter((each) => each.startsWith('周会'))).toEqual([
      '周会 20260305T020000Z',
      '周会 20260312T020000Z',
      '周会 20260319T020000Z',
    ]);
    expect(new Set([...all.values()].map((each) => each.get('UID'))).size).toBe(5);
    expect(all.get('培训 20260309T010000Z')?.get('STATUS')).toBe('TENTATIVE');
    expect([...all.keys()]).toContain('会议（王磊） 20260306T010000Z');
    await office.app.db
      .insertInto('booking')
      .columns(['request_id', 'room_id', 'starts_at', 'ends_at', 'state', 'day'])
      .expression((from) =>
        from
          .selectFrom('booking')
          .select((at) => [
            'request_id',
            'room_id',
            at.val(Temporal.Instant.from('2026-01-05T10:00:00+08:00')).as('starts_at'),
            at.val(Temporal.Instant.from('2026-01-05T11:00:00+08:00')).as('ends_at'),
            'state',
            at.val(Temporal.PlainDate.from('2026-01-05')).as('day'),
          ])
          .where('day', 'is not', null)
          .limit(1),
      )
      .execute();
    expect((await events(await linkOf('王磊'))).size).toBe(5);
  });

  test('a program that asks again is told that nothing changed, until something has', async () => {
    const link = await linkOf('王磊');
    const first = await fetched(link);
    const tag = String(first.headers['etag']);
    const again = await fetched(link, { 'if-none-match': `"other", W/${tag}` });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    await office.submits('王磊', '3月6日下午2点到3点订华山，主题面谈');
    const changed = await fetched(link, { 'if-none-match': tag });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers['etag']).not.toBe(tag);
  });

  test('asked again it is the same link; taken back nothing opens by it, and the next is another', async () => {
    const link = await linkOf('王磊');
    await office.says('王磊', '我的日历链接');
    expect(await linkOf('王磊')).toBe(link);
    await office.says('王磊', '收回日历链接');
    expect(await office.last('王磊')).toContain('已收回');
    const wrong = await fetched(`/calendar/${'x'.repeat(43)}.ics`);
    const revoked = await fetched(link);
    const bare = (text: string): string => text.replaceAll(/"request":"[^"]*"/g, '');
    expect(revoked.statusCode).toBe(404);
    expect([revoked.statusCode, bare(revoked.body)]).toEqual([wrong.statusCode, bare(wrong.body)]);
    await office.says('王磊', '我的日历链接');
    const next = await linkOf('王磊');
    expect(next).not.toBe(link);
    expect((await fetched(next)).statusCode).toBe(200);
    await office.taps('王磊', '收回链接');
    expect((await fetched(next)).statusCode).toBe(404);
  });

  test('nobody takes back the link of another', async () => {
    const { id } = await office.app.db
      .selectFrom('calendar_feed')
      .innerJoin('person', 'person.id', 'person_id')
      .select('calendar_feed.id')
      .where('person.name', '=', '陈晨')
      .executeTakeFirstOrThrow();
    await office.opens('吴婷');
    await office.forges('何佳', { v: 1, a: 'feed-revoke', o: String(id) });
    await office.forges('吴婷', { v: 1, a: 'feed-revoke', o: String(id) });
    await office.forges('吴婷', { v: 1, a: 'feed-revoke', o: "1' or 1=1" });
    expect((await fetched(await linkOf('陈晨'))).statusCode).toBe(200);
  });

  test('who has left has no calendar', async () => {
    const link = await linkOf('李伟');
    expect((await fetched(link)).statusCode).toBe(200);
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('name', '=', '李伟')
      .execute();
    expect((await fetched(link)).statusCode).toBe(404);
  });

  test('the secret stands in no table but in the chat itself', async () => {
    const secret = (await linkOf('陈晨')).slice('/calendar/'.length, -'.ics'.length);
    for (const table of ['calendar_feed', 'delivery', 'inbound', 'audit', 'last_said'] as const) {
      const rows = await office.app.db.selectFrom(table).selectAll().execute();
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
  });
});

describe('the calendar of a room', () => {
  test('the office gives its link, and it tells neither what for nor who', async () => {
    await office.submits('何佳', '3月10日上午10点到11点订衡山，主题裁员方案');
    await office.says('何佳', '衡山的日历链接');
    expect(await office.last('何佳')).toContain('会议室的日历链接由行政给出');
    await office.says('吴婷', '衡山的日历链接');
    const link = await linkOf('吴婷');
    expect([...(await events(link)).keys()]).toEqual(['已预订 20260310T020000Z']);
    expect((await fetched(link)).body).not.toMatch(/裁员|何佳/u);
  });

  test('a closure stands in it', async () => {
    await office.says('吴婷', '衡山3月12日维修停用');
    await office.taps('吴婷', '停用');
    expect([...(await events(await linkOf('吴婷'))).keys()]).toContain('停用 20260311T160000Z');
  });

  test('which rooms have one, and taking it back', async () => {
    await office.says('吴婷', '会议室日历链接');
    expect(await office.last('吴婷')).toContain('有日历链接的会议室：衡山');
    const link = await linkOf('吴婷');
    await office.says('吴婷', '收回衡山的日历链接');
    expect((await fetched(link)).statusCode).toBe(404);
  });
});

test('so often and no more: one link is not fetched without end', async () => {
  const link = await linkOf('何佳');
  const answers = [];
  for (let time = 0; time < 25; time++)
    answers.push((await fetched(`${link}?n=${time}`)).statusCode);
  expect(answers.at(-1)).toBe(429);
  expect((await fetched(await linkOf('陈晨'))).statusCode).toBe(200);
});

test('nor is one looked for by guessing', async () => {
  const answers = new Set<number>();
  for (let guess = 0; guess < 70; guess++)
    answers.add((await fetched(`/calendar/${String(guess).padStart(43, 'x')}.ics`)).statusCode);
  expect([...answers]).toEqual([404, 429]);
});

describe('other offices', () => {
  test('with the setting a room tells subject and host', async () => {
    const other = await openOffice({
      env: { PUBLIC_URL: 'https://office.example.com' },
      rules: (rules) => ({
        ...rules,
        rooms: { ...rules.rooms, feed: { ...rules.rooms.feed, titles: true } },
      }),
    });
    try {
      await other.submits('何佳', '明天上午10点到11点订衡山，主题客户拜访');
      await other.says('吴婷', '衡山的日历链接');
      const path = /\/calendar\/\S+/.exec(await other.last('吴婷'))?.[0] ?? '';
      const { body } = await other.app.server.inject({ method: 'GET', url: path });
      expect(textOf(read(body).inner[0]?.values.get('SUMMARY'))).toBe('客户拜访');
      expect(textOf(read(body).inner[0]?.values.get('DESCRIPTION'))).toContain('主持：何佳');
    } finally {
      await other.stop();
    }
  });

  test('without a public address nobody could open a link, and that is said', async () => {
    const other = await openOffice();
    try {
      await other.says('陈晨', '我的日历链接');
      expect(await other.last('陈晨')).toContain('没有设置 PUBLIC_URL');
    } finally {
      await other.stop();
    }
  });
});
