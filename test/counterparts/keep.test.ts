/** What stands on a platform for something of ours: brought in line, once, whatever fails on the way. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import {
  type Channel,
  DeliveryFault,
  type Kept,
  type Keeping,
} from '../../src/channels/channel.ts';
import { keepAgain, untrue } from '../../src/counterparts/dead.ts';
import { keepCounterparts, type KeepingOptions } from '../../src/counterparts/keep.ts';
import { counterpartOf, type Which, want } from '../../src/counterparts/want.ts';
import { noteThrough } from '../../src/delivery/through.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';
import { runningFrom } from '../office/feishu-office.ts';
import { TUESDAY } from '../office/office.ts';

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
beforeEach(async () => {
  await db.deleteFrom('counterpart').execute();
});

const clock = runningFrom(TUESDAY);
const office = () => ({ db, clock });
const which: Which = { channel: 'feishu', sort: 'event', about: { kind: 'request', id: 7 } };

const wants = (title: string | null): Promise<void> =>
  inWork(office(), { actor: 'system' }, (work) =>
    want(work, { ...which, wanted: title === null ? null : { title } }),
  );
const stands = () => db.transaction().execute((tx) => counterpartOf(tx, which));

const titled = z.object({ title: z.string() });
type Standing = { readonly key: string; readonly title: string };

/** A calendar that creates a thing once a key, tells its title, and does to each call what the test says it does. */
function calendar(
  spoil: (call: string, nth: number) => DeliveryFault | undefined = () => undefined,
) {
  const standing = new Map<string, Standing>();
  const calls: string[] = [];
  const acts = (call: string, effect: () => void): void => {
    calls.push(call);
    const fault = spoil(call, calls.length);
    if (fault?.outcome !== 'not-sent') effect();
    if (fault) throw fault;
  };
  const keep = async ({ key, wanted, known, tried }: Keeping): Promise<Kept> => {
    if (known.id === null && tried !== null) {
      const [found] = [...standing].find(([, each]) => each.key === key) ?? [];
      calls.push(`looked: ${found === undefined ? 'nothing' : 'there'}`);
      if (found !== undefined) return { id: found, facts: null, unfinished: true };
    }
    if (wanted === null) {
      if (known.id !== null) acts('deletes', () => standing.delete(known.id ?? ''));
      return { id: null, facts: null };
    }
    const id = known.id ?? randomUUID();
    const { title } = titled.parse(wanted);
    if (standing.get(id)?.title === title) return { id, facts: { title } };
    acts(`${known.id === null ? 'creates' : 'changes to'} ${title}`, () =>
      standing.set(id, { key, title }),
    );
    return { id, facts: { title } };
  };
  const channel: Channel = {
    name: 'feishu',
    send: () => Promise.reject(new Error('no messages here')),
    update: () => Promise.reject(new Error('no messages here')),
    directory: () => Promise.resolve({ people: [], departments: [] }),
    fetchFile: () => Promise.reject(new Error('no files here')),
    counterparts: { event: { keep } },
  };
  return { channel, standing, calls };
}

const options = (channel: Channel, more: Partial<KeepingOptions> = {}): KeepingOptions => ({
  office: office(),
  realTime: clock,
  channels: new Map([['feishu', channel]]),
  watchers: {},
  random: () => 0.5,
  log: () => undefined,
  ...more,
});

const titles = (standing: ReadonlyMap<string, Standing>): readonly string[] =>
  [...standing.values()].map(({ title }) => title);

test('what is wanted is created, changed and deleted with it; the same again is no call', async () => {
  const { channel, standing, calls } = calendar();
  const keep = () => keepCounterparts(options(channel));
  await wants('周会');
  await wants('周会');
  await keep();
  await keep();
  expect(titles(standing)).toEqual(['周会']);
  await wants('月会');
  await keep();
  expect(titles(standing)).toEqual(['月会']);
  await wants(null);
  await keep();
  await keep();
  expect(titles(standing)).toEqual([]);
  expect(calls).toEqual(['creates 周会', 'changes to 月会', 'deletes']);
  expect(await stands()).toMatchObject({ external_id: null, kept_revision: 3, generation: 1 });
});

test('what was given up before it was ever created costs no call', async () => {
  const { channel, calls } = calendar();
  await wants('周会');
  await wants(null);
  await keepCounterparts(options(channel));
  expect(calls).toEqual([]);
  expect(await stands()).toMatchObject({ kept_revision: 2, due_at: null });
});

test('what is to be looked at again after two seconds is, counted from the look, however long the answer took', async () => {
  const lookAgainMs = 2_000;
  let looks = 0;
  const keep = async (): Promise<Kept> => {
    looks += 1;
    clock.forward({ seconds: 3 });
    return { id: 'x', facts: null, ...(looks === 1 && { lookAgainMs }) };
  };
  const { channel } = calendar();
  const slow = options({ ...channel, counterparts: { event: { keep } } });
  await wants('周会');
  await keepCounterparts(slow);
  expect(looks).toBe(2);
});

test('refused for a moment it waits and is done; nobody knowing whether it was done, the platform is asked first', async () => {
  const faults = [
    new DeliveryFault('not-sent', '190005', 'too many', 2_000),
    new DeliveryFault('ambiguous', 'time-out', 'perhaps'),
  ];
  const { channel, standing, calls } = calendar((call) =>
    call.startsWith('creates') ? faults.shift() : undefined,
  );
  const keep = () => keepCounterparts(options(channel));
  await wants('周会');
  await keep();
  await keep();
  expect(calls, 'the second look comes too early').toEqual(['creates 周会']);
  clock.forward({ seconds: 3 });
  await keep();
  await wants('月会');
  clock.forward({ seconds: 61 });
  await keep();
  expect(calls).toEqual(['creates 周会', 'creates 周会', 'looked: there', 'changes to 月会']);
  expect(titles(standing)).toEqual(['月会']);
});

test('a program that hangs or dies with it in the air leaves one thing, not two, and overrules nobody when it wakes', async () => {
  const { channel, standing, calls } = calendar();
  const woken = Promise.withResolvers<void>();
  let asked = 0;
  const hanging: Channel = {
    ...channel,
    counterparts: {
      event: {
        keep: async (keeping) => {
          asked += 1;
          const kept = await channel.counterparts?.event?.keep(keeping);
          await woken.promise;
          return kept ?? NOTHING;
        },
      },
    },
  };
  await wants('周会');
  const asleep = keepCounterparts(options(hanging));
  await expect.poll(() => calls).toEqual(['creates 周会']);
  await keepCounterparts(options(channel));
  expect(calls, 'it is in the hands of the first one').toEqual(['creates 周会']);
  clock.forward({ seconds: 61 });
  await wants('月会');
  await keepCounterparts(options(channel));
  expect(calls).toEqual(['creates 周会', 'looked: there', 'changes to 月会']);
  woken.resolve();
  await asleep;
  expect(asked, 'what it found is not written over what was found since').toBe(1);
  expect(titles(standing)).toEqual(['月会']);
  expect(await stands()).toMatchObject({
    kept_revision: 2,
    external: { title: '月会' },
    due_at: null,
  });
});

const NOTHING = { id: null, facts: null };

test('six programs at once do each once', async () => {
  const { channel, calls } = calendar();
  const titled = Array.from({ length: 12 }, (_, index) => `第${index + 1}场`);
  await inWork(office(), { actor: 'system' }, async (work) => {
    for (const [id, title] of titled.entries())
      await want(work, { ...which, about: { kind: 'request', id }, wanted: { title } });
  });
  // Connections are open, so that they begin in the same moment.
  await Promise.all(Array.from({ length: 6 }, () => sql`select pg_sleep(0.05)`.execute(db)));
  await Promise.all(Array.from({ length: 6 }, () => keepCounterparts(options(channel))));
  expect(calls.toSorted()).toEqual(titled.map((title) => `creates ${title}`).toSorted());
});

test('changed while it was in the air, it is brought in line once more', async () => {
  const { channel, standing } = calendar();
  const event = channel.counterparts?.event;
  let first = true;
  const slow: Channel = {
    ...channel,
    counterparts: {
      event: {
        keep: async (keeping) => {
          if (first) await wants('月会');
          first = false;
          return event?.keep(keeping) ?? NOTHING;
        },
      },
    },
  };
  await wants('周会');
  await keepCounterparts(options(slow));
  expect(titles(standing)).toEqual(['月会']);
});

test('what will not heal is given up, seen by the administrator, told, and done again on their word', async () => {
  let refused = true;
  const { channel, standing } = calendar(() =>
    refused ? new DeliveryFault('never', '193002', 'no') : undefined,
  );
  const told: string[] = [];
  const watched = options(channel, {
    watchers: {
      event: async (_work, before, kept) => {
        told.push(kept === null ? `given up: ${before.trouble}` : 'kept');
      },
    },
  });
  await wants('周会');
  await keepCounterparts(watched);
  await keepCounterparts(watched);
  expect(told).toEqual(['given up: 193002']);
  const [dead] = await untrue(db, 'dead');
  expect(dead).toMatchObject({ sort: 'event', about: 'request 7', code: '193002' });
  refused = false;
  const again = await inWork(office(), { actor: 'system' }, (work) =>
    keepAgain(work, [dead?.id ?? 0]),
  );
  expect(again).toEqual([dead?.id]);
  standing.clear();
  await keepCounterparts(watched);
  expect(told.at(-1)).toBe('kept');
  expect(await untrue(db)).toEqual([]);
});

test('failing by itself, while others are brought in line, it is tried for a day; while the calendar is away altogether the day does not run', async () => {
  let fault = new DeliveryFault('not-sent', '503', 'away');
  const { channel } = calendar(() => fault);
  const keep = () => keepCounterparts(options(channel));
  const hours = async (count: number, others = false) => {
    for (let hour = 0; hour < count; hour++) {
      await keep();
      if (others)
        await inWork(office(), { actor: 'system' }, (work) => noteThrough(work, 'feishu:event'));
      clock.forward({ hours: 1 });
    }
  };
  await wants('周会');
  await hours(30);
  expect(await untrue(db, 'dead')).toEqual([]);
  fault = new DeliveryFault('not-sent', '190005', 'too many');
  await hours(26, true);
  expect(await untrue(db, 'dead')).toMatchObject([{ code: '190005' }]);
});

test('a sort that no channel keeps is left alone', async () => {
  const { channel } = calendar();
  await wants('周会');
  await keepCounterparts(options({ ...channel, counterparts: {} }));
  expect(await stands()).toMatchObject({ tries: 0, kept_revision: 0 });
});
