import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { type Db, openDatabase } from '../../../db/database.ts';
import { words } from '../../../cards/words.ts';
import {
  callsThisMonth,
  createCalls,
  isFree,
  projected,
} from '../../../src/channels/feishu/calls.ts';
import { CallFault } from '../../../src/channels/feishu/faults.ts';
import { createQuotaHold } from '../../../src/channels/feishu/quota-hold.ts';
import { freshDatabase, type FreshDatabase } from '../../office/database.ts';
import { createSetting } from './setting.ts';

const SEND = 'POST /open-apis/im/v1/messages';
const PEOPLE = 'GET /open-apis/contact/v3/scopes';

describe('the calls of a month', () => {
  let fresh: FreshDatabase;
  let db: Db;
  beforeAll(async () => {
    fresh = await freshDatabase();
    db = await openDatabase(fresh);
  });
  beforeEach(() => db.deleteFrom('api_call').execute());
  afterAll(async () => {
    await db.destroy();
    await fresh.drop();
  });

  /** The last minute of October in China, and the first of November, by UTC's clock. */
  const october = Temporal.Instant.from('2026-10-31T15:59:30Z');
  const november = Temporal.Instant.from('2026-10-31T16:00:30Z');

  it('are added up over replicas, each to the month in which it was made', async () => {
    let now = october;
    const [one, two] = [createCalls(() => now), createCalls(() => now)];
    one.add(SEND);
    two.add(SEND);
    two.add(PEOPLE);
    now = november;
    one.add(SEND);
    await Promise.all([one.store(db), two.store(db)]);
    await one.store(db);
    expect(await callsThisMonth(db, october)).toEqual([
      { month: '2026-10', route: SEND, free: false, count: 2 },
      { month: '2026-10', route: PEOPLE, free: true, count: 1 },
    ]);
    expect(await callsThisMonth(db, november)).toMatchObject([{ route: SEND, count: 1 }]);
  });

  it('are not lost while the database is away', async () => {
    const calls = createCalls(() => november);
    calls.add(SEND);
    await sql`alter table api_call rename to away`.execute(db);
    await expect(calls.store(db)).rejects.toThrow();
    calls.add(SEND);
    await sql`alter table away rename to api_call`.execute(db);
    await calls.store(db);
    expect(await callsThisMonth(db, november)).toMatchObject([{ count: 2 }]);
  });

  it('are those that the platform counted: token and directory free, the bot and messages not', async () => {
    const calls = createCalls(() => november);
    const setting = await createSetting({ calls });
    const reader = setting.feishu.addPerson({ name: '读者' });
    await setting.channel.send(setting.to(reader), { text: words('好', 'Fine') }, 'k1', 'zh');
    await setting.channel.directory();
    await calls.store(db);
    const stored = await callsThisMonth(db, november);
    const total = stored.reduce((all, { count }) => all + count, 0);
    expect(total).toBe(setting.feishu.calls.length);
    expect(stored.filter(({ free }) => !free).map(({ route, count }) => [route, count])).toEqual(
      expect.arrayContaining([
        ['GET /open-apis/bot/v3/info', 1],
        [SEND, 1],
      ]),
    );
    expect(stored.filter(({ free }) => !free)).toHaveLength(2);
    await setting.close();
  });

  it.each([
    ['POST /open-apis/auth/v3/tenant_access_token/internal', true],
    ['GET /open-apis/contact/v3/users/batch', true],
    ['POST /callback/ws/endpoint', true],
    ['POST /open-apis/im/v1/images', false],
    ['POST /open-apis/authen/v1/access_token', false],
  ])('%s is free: %s', (route, free) => {
    expect(isFree(route)).toBe(free);
  });
});

describe('what the month will come to', () => {
  const weekdays = (day: Temporal.PlainDate): boolean => day.dayOfWeek < 6;
  // November 2026 begins on a Sunday and has 21 weekdays.
  it.each([
    ['nothing is foretold on its second working day', '2026-11-03', 900, undefined],
    ['after two days and a half', '2026-11-04', 750, 6_300],
    ['a weekend in between changes nothing', '2026-11-08', 1_500, 6_300],
  ])('%s', (_what, today, used, expected) => {
    expect(projected(used, Temporal.PlainDate.from(today), weekdays)).toBe(expected);
  });
});

describe('a quota that is used up', () => {
  const usedUp = new CallFault({
    reached: 'answered',
    code: '99991403',
    route: '/open-apis/im/v1/messages',
    status: 429,
  });

  it('is asked about by one call a quarter of an hour; what is free goes on', () => {
    let now = Temporal.Instant.from('2026-11-20T02:00:00Z');
    const hold = createQuotaHold(() => now);
    expect(hold.refusal(SEND)).toBeUndefined();
    hold.note(SEND, usedUp);
    now = now.add({ minutes: 10 });
    expect(hold.refusal(SEND)).toMatchObject({ code: '99991403', waitMs: 5 * 60_000 });
    expect(hold.refusal(PEOPLE)).toBeUndefined();
    hold.note(PEOPLE, undefined);
    now = now.add({ minutes: 5 });
    expect(hold.refusal(SEND)).toBeUndefined();
    expect(hold.refusal(SEND)).toBeDefined();
    hold.note(SEND, undefined);
    expect(hold.refusal(SEND)).toBeUndefined();
  });

  it('lets messages wait without a call for each', async () => {
    const setting = await createSetting();
    const { feishu, channel, to } = setting;
    const reader = feishu.addPerson({ name: '读者' });
    feishu.fail({ answer: 429, code: 99991403 }, { only: /im\/v1\/messages/ });
    const send = (key: string) =>
      channel.send(to(reader), { text: words('好', 'Fine') }, key, 'zh').catch((error) => error);
    const before = feishu.calls.length;
    expect(await send('a')).toMatchObject({ outcome: 'not-sent', code: '99991403' });
    for (const key of ['b', 'c'])
      expect(await send(key)).toMatchObject({
        outcome: 'not-sent',
        code: '99991403',
        waitMs: expect.toSatisfy((ms: number) => ms > 14 * 60_000),
      });
    expect(feishu.calls.slice(before).filter(({ route }) => route.includes('/im/'))).toHaveLength(
      1,
    );
    await setting.close();
  });
});
