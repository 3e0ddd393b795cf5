/** What waits out the night comes once: with two processes at it, and when one dies in the middle. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { type Channel, DeliveryFault } from '../../src/channels/channel.ts';
import { createDeliverer, type Deliverer } from '../../src/delivery/deliver.ts';
import type { Jobs } from '../../src/delivery/jobs.ts';
import { owe } from '../../src/delivery/owe.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { movableClock, type MovableClock } from '../../src/time/clock.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

let database: FreshDatabase;
let db: Db;
let clock: MovableClock;
beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const NIGHT = Temporal.Instant.from('2026-03-03T23:00:00+08:00');
const PEOPLE = 60;
const EACH = 3;

const jobs: Jobs = {
  wakeAfter: () => Promise.resolve(),
  ready: () => true,
  stop: () => Promise.resolve(),
};

/** What arrived, by address: a sentence, or the number of the bundle. */
type Arrived = Map<string, string[]>;

/** A process that delivers to a platform which takes a moment for everything; `jobs` may fail it. */
function replica(arrived: Arrived, its: Jobs = jobs, away = false): Deliverer {
  const channel: Channel = {
    name: 'feishu',
    send: async ({ id }, what) => {
      if (away) throw new DeliveryFault('not-sent', '503', 'away', 60_000);
      await new Promise((resolve) => setImmediate(resolve));
      arrived.set(id, [...(arrived.get(id) ?? []), 'text' in what ? what.text.zh : '']);
      return { message: `om_${id}_${arrived.get(id)?.length}` };
    },
    update: () => Promise.resolve(),
    directory: () => Promise.resolve({ people: [], departments: [] }),
    fetchFile: () => Promise.reject(new Error('no files here')),
  };
  return createDeliverer({
    office: { db, clock },
    jobs: its,
    quiet: { hours: { from: '21:00', to: '08:30' }, calendar: calendarOf(defaultRules) },
    realTime: clock,
    channels: new Map([['feishu', channel]]),
    draw: (_tx, { text, bundle }) => {
      const told = bundle === undefined ? String(text) : `bundle ${Number(bundle)}`;
      return Promise.resolve({ send: { text: { zh: told, en: told } }, language: 'zh' });
    },
    drawStanding: () => Promise.reject(new Error('everything is sent here')),
    undeliverable: () => Promise.reject(new Error('nothing here is undeliverable')),
    moved: () => Promise.resolve(),
    random: () => 0,
    log: () => undefined,
  });
}

/** An office at night in which everybody is owed three sentences. */
async function night(round: string, from = NIGHT): Promise<readonly string[]> {
  clock = movableClock(new Temporal.Duration(), { now: () => from });
  const addresses: string[] = [];
  await inWork({ db, clock }, { actor: 'system' }, async (work) => {
    for (let count = 0; count < PEOPLE; count++) {
      const address = `ou_${round}_${count}`;
      const { id } = await work.tx
        .insertInto('person')
        .values({
          name: `${round}${count}`,
          name_en: null,
          email: null,
          employee_no: null,
          job_title: null,
          department_id: null,
          leader_id: null,
          active: true,
          language: 'zh',
          greeted_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await work.tx
        .insertInto('address')
        .values({ channel: 'feishu', external_id: address, person_id: id })
        .execute();
      addresses.push(address);
      for (let nth = 0; nth < EACH; nth++) {
        await owe(work, jobs, id, 'feishu', {
          what: `${round}:${count}:${nth}`,
          view: { view: 'notice', text: `第${nth + 1}句` },
          attention: true,
          priority: 6,
        });
      }
    }
  });
  return addresses;
}

const rowsOf = (round: string) =>
  db
    .selectFrom('delivery')
    .select(['state', 'last_error', 'bundle'])
    .where('what', 'like', `${round}:%`)
    .execute();

test('two processes at half past eight: everybody gets one message', async () => {
  const addresses = await night('two');
  const arrived: Arrived = new Map();
  const [one, other] = [replica(arrived), replica(arrived)];
  await Promise.all([one.deliver(), other.deliver()]);
  expect(arrived.size).toBe(0);
  clock.forward(Temporal.Duration.from({ hours: 9, minutes: 30 }));
  for (let sweep = 0; sweep < 4; sweep++) await Promise.all([one.deliver(), other.deliver()]);
  for (const stop of [one, other]) stop.stop();
  expect(arrived.size).toBe(addresses.length);
  for (const messages of arrived.values()) {
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^bundle \d+$/);
  }
  const rows = await rowsOf('two');
  expect(rows).toHaveLength(PEOPLE * EACH);
  expect(rows.every((row) => row.state === 'dropped' && row.last_error === 'bundled')).toBe(true);
  expect(new Set(rows.map((row) => row.bundle)).size).toBe(PEOPLE);
});

test('a process that dies while it bundles loses nothing: another one does it', async () => {
  const addresses = await night('dies');
  const arrived: Arrived = new Map();
  const dying = replica(arrived, {
    ...jobs,
    wakeAfter: () => Promise.reject(new Error('the process is gone')),
  });
  await dying.deliver();
  clock.forward(Temporal.Duration.from({ hours: 9, minutes: 30 }));
  await dying.deliver();
  dying.stop();
  expect(arrived.size).toBe(0);
  expect((await rowsOf('dies')).every((row) => row.state === 'waiting')).toBe(true);
  const healthy = replica(arrived);
  for (let sweep = 0; sweep < 3; sweep++) await healthy.deliver();
  healthy.stop();
  expect([...arrived.keys()].toSorted()).toEqual(addresses.toSorted());
  for (const messages of arrived.values()) expect(messages).toHaveLength(1);
});

test('what the platform did not take in the evening does not go out at night', async () => {
  const addresses = await night('away', NIGHT.subtract({ hours: 3 }));
  const arrived: Arrived = new Map();
  const unheard = replica(arrived, jobs, true);
  await unheard.deliver();
  unheard.stop();
  const back = replica(arrived);
  clock.forward(Temporal.Duration.from({ hours: 3 }));
  for (let sweep = 0; sweep < 3; sweep++) await back.deliver();
  expect(arrived.size).toBe(0);
  clock.forward(Temporal.Duration.from({ hours: 9, minutes: 30 }));
  for (let sweep = 0; sweep < 3; sweep++) await back.deliver();
  back.stop();
  expect(arrived.size).toBe(addresses.length);
  for (const messages of arrived.values()) expect(messages).toHaveLength(1);
});
