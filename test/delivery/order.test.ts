/** What people read comes in the order it was owed, also when the platform falters in between. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork, type Work } from '../../db/work.ts';
import { type Channel, DeliveryFault } from '../../src/channels/channel.ts';
import { createDeliverer, type Deliverer } from '../../src/delivery/deliver.ts';
import type { Jobs } from '../../src/delivery/jobs.ts';
import { type Owed, oweTo } from '../../src/delivery/owe.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { type Clock, systemClock } from '../../src/time/clock.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

let database: FreshDatabase;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const clock = systemClock();
const jobs: Jobs = {
  wakeAfter: () => Promise.resolve(),
  ready: () => true,
  stop: () => Promise.resolve(),
};

/** A platform that falters at the sends of `faults` and keeps what arrived. */
function platform(faults: ReadonlyMap<number, DeliveryFault>): {
  readonly channel: Channel;
  readonly arrived: readonly string[];
} {
  const arrived: string[] = [];
  let sends = 0;
  const channel: Channel = {
    name: 'feishu',
    pace: {
      lane: { perSecond: 20, holds: 2 },
      app: { perSecond: 100, holds: 50 },
      appMinute: { perSecond: 100, holds: 100 },
    },
    send: (_to, what) => {
      const fault = faults.get(sends++);
      if (fault) return Promise.reject(fault);
      arrived.push('text' in what ? what.text.zh : '');
      return Promise.resolve({ message: `om_${sends}` });
    },
    update: () => Promise.resolve(),
    directory: () => Promise.resolve({ people: [], departments: [] }),
    fetchFile: () => Promise.reject(new Error('no files here')),
  };
  return { channel, arrived };
}

/** The office's side of it: draws what is owed as the words it was owed with. */
const delivererTo = (channel: Channel, realTime: Clock = clock): Deliverer =>
  createDeliverer({
    office: { db, clock },
    jobs,
    quiet: { hours: null, calendar: calendarOf(defaultRules) },
    realTime,
    channels: new Map([['feishu', channel]]),
    draw: (_tx, view) => {
      const text = String(view['text']);
      return Promise.resolve({ send: { text: { zh: text, en: text } }, language: 'zh' });
    },
    drawStanding: () => Promise.reject(new Error('everything is sent here')),
    undeliverable: () => Promise.reject(new Error('nothing here is undeliverable')),
    moved: () => Promise.resolve(),
    random: () => 0,
    log: () => undefined,
  });

const oweWords = (
  work: Work,
  to: string,
  text: string,
  how: Pick<Owed, 'priority' | 'due'>,
): Promise<void> =>
  oweTo(
    work,
    jobs,
    { address: { channel: 'feishu', id: to }, person: null },
    { what: `order:${text}`, view: { view: 'notice', text }, attention: true, ...how },
  );

test('twelve sentences to one person arrive as they were owed: paced, refused for a moment, and once perhaps arrived', async () => {
  const faults = new Map([
    [3, new DeliveryFault('not-sent', '99991400', 'too many', 120)],
    [6, new DeliveryFault('ambiguous', '500', 'perhaps', 150)],
  ]);
  const { channel, arrived } = platform(faults);
  const owed = Array.from({ length: 12 }, (_, index) => `第${index + 1}句`);
  const deliverer = delivererTo(channel);
  await inWork({ db, clock }, { actor: 'system' }, async (work) => {
    for (const text of owed) await oweWords(work, 'ou_1', text, { priority: 0 });
  });
  await deliverer.deliver();
  await expect.poll(() => arrived).toHaveLength(owed.length);
  deliverer.stop();
  expect(arrived).toEqual(owed);
});

test('an answer does not wait behind sixty reminders that were due before it, and all of them come', async () => {
  const { channel, arrived } = platform(new Map());
  const owed = Array.from({ length: 60 }, (_, index) => `提醒${index + 1}`);
  const deliverer = delivererTo(channel);
  await inWork({ db, clock }, { actor: 'system' }, async (work) => {
    const due = work.now.subtract({ minutes: 5 });
    for (const [index, text] of owed.entries())
      await oweWords(work, `ou_late_${index}`, text, { priority: 6, due });
    await oweWords(work, 'ou_asking', '答复', { priority: 0 });
  });
  await deliverer.deliver();
  await expect.poll(() => arrived).toHaveLength(owed.length + 1);
  deliverer.stop();
  // Among the eight that go out first.
  expect(arrived.indexOf('答复')).toBeLessThan(8);
  expect(arrived.toSorted()).toEqual([...owed, '答复'].toSorted());
});

test('what is still in the air here is not sent again by the same program, even when its lease is over', async () => {
  const { channel, arrived } = platform(new Map());
  const answer = Promise.withResolvers<void>();
  const calls: string[] = [];
  const hanging: Channel = {
    ...channel,
    send: async (to, ...what) => {
      calls.push(to.id);
      if (to.id === 'ou_hanging') await answer.promise;
      return channel.send(to, ...what);
    },
  };
  let ahead = 0;
  const deliverer = delivererTo(hanging, { now: () => clock.now().add({ seconds: ahead }) });
  const owes = (to: string, text: string) =>
    inWork({ db, clock }, { actor: 'system' }, (work) => oweWords(work, to, text, { priority: 0 }));
  await owes('ou_hanging', '给等着的');
  const all = deliverer.deliver();
  await expect.poll(() => calls).toEqual(['ou_hanging']);
  ahead = 60;
  await owes('ou_hanging', '给等着的第二句');
  await owes('ou_other', '给别人的');
  void deliverer.deliver();
  await expect.poll(() => arrived).toEqual(['给别人的']);
  expect(calls).toEqual(['ou_hanging', 'ou_other']);
  answer.resolve();
  await all;
  deliverer.stop();
  expect(arrived).toEqual(['给别人的', '给等着的', '给等着的第二句']);
});

test('what a program had in the air as it died goes out when its lease is over, and not before', async () => {
  const { channel, arrived } = platform(new Map());
  const deliverer = delivererTo(channel);
  const inTheAir = (lease: Temporal.DurationLike) =>
    db
      .updateTable('delivery')
      .set({ state: 'sending', lease_until: clock.now().add(lease) })
      .where('what', '=', 'order:给李伟的')
      .execute();
  await inWork({ db, clock }, { actor: 'system' }, (work) =>
    oweWords(work, 'ou_2', '给李伟的', { priority: 3 }),
  );
  await inTheAir({ seconds: 25 });
  await deliverer.deliver();
  expect(arrived).toEqual([]);
  await inTheAir({ seconds: -1 });
  await deliverer.deliver();
  deliverer.stop();
  expect(arrived).toEqual(['给李伟的']);
});
