/** What people read comes in the order it was owed, also when the platform falters in between. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { type Channel, DeliveryFault } from '../../src/channels/channel.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import type { Jobs } from '../../src/delivery/jobs.ts';
import { oweTo } from '../../src/delivery/owe.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { systemClock } from '../../src/time/clock.ts';
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
  channel: Channel;
  arrived: string[];
  all: Promise<void>;
  readonly expecting: (count: number) => void;
} {
  const arrived: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let sends = 0;
  let wanted = Number.POSITIVE_INFINITY;
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
      if (arrived.length >= wanted) resolve();
      return Promise.resolve({ message: `om_${sends}` });
    },
    update: () => Promise.resolve(),
    directory: () => Promise.resolve({ people: [], departments: [] }),
    fetchFile: () => Promise.reject(new Error('no files here')),
  };
  return { channel, arrived, all: promise, expecting: (count) => (wanted = count) };
}

test('twelve sentences to one person arrive as they were owed: paced, refused for a moment, and once perhaps arrived', async () => {
  const faults = new Map([
    [3, new DeliveryFault('not-sent', '99991400', 'too many', 120)],
    [6, new DeliveryFault('ambiguous', '500', 'perhaps', 150)],
  ]);
  const { channel, arrived, all, expecting } = platform(faults);
  const owed = Array.from({ length: 12 }, (_, index) => `第${index + 1}句`);
  expecting(owed.length);
  const deliverer = createDeliverer({
    office: { db, clock },
    jobs,
    quiet: { hours: null, calendar: calendarOf(defaultRules) },
    realTime: clock,
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
  await inWork({ db, clock }, { actor: 'system' }, async (work) => {
    for (const text of owed) {
      await oweTo(
        work,
        jobs,
        { address: { channel: 'feishu', id: 'ou_1' }, person: null },
        {
          what: `order:${text}`,
          view: { view: 'notice', text },
          attention: true,
          priority: 0,
        },
      );
    }
  });
  await deliverer.deliver();
  await all;
  deliverer.stop();
  expect(arrived).toEqual(owed);
});
