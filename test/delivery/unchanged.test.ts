/** A card that would look to its reader as it does already is not sent: each update is a call of the month's quota. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { words } from '../../cards/words.ts';
import { type Channel, DeliveryFault } from '../../src/channels/channel.ts';
import { createDeliverer, type Deliverer } from '../../src/delivery/deliver.ts';
import type { Jobs } from '../../src/delivery/jobs.ts';
import { oweTo } from '../../src/delivery/owe.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { systemClock } from '../../src/time/clock.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

const clock = systemClock();
const jobs: Jobs = {
  wakeAfter: () => Promise.resolve(),
  ready: () => true,
  stop: () => Promise.resolve(),
};

let database: FreshDatabase;
let db: Db;
let person: number;
let deliverer: Deliverer;
/** What the matter is like now, and the faults that the next updates meet. */
let state = 'new';
let faults: DeliveryFault[] = [];
/** What it becomes while an update fails. */
let meanwhile: string | undefined;
/** Every update that was tried, by what it would show. */
let updates: string[] = [];

const channel: Channel = {
  name: 'feishu',
  send: () => Promise.resolve({ message: 'om_1' }),
  update: (_message, { title }) => {
    updates.push(typeof title === 'string' ? title : title.zh);
    const fault = faults.shift();
    if (!fault) return Promise.resolve();
    state = meanwhile ?? state;
    return Promise.reject(fault);
  },
  directory: () => Promise.resolve({ people: [], departments: [] }),
  fetchFile: () => Promise.reject(new Error('no files here')),
};

beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
  const reader = { id: 'ou_1', name: '陈晨', departments: [], active: true };
  await inWork({ db, clock }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'feishu', { people: [reader], departments: [] }),
  );
  ({ id: person } = await db.selectFrom('person').select('id').executeTakeFirstOrThrow());
  deliverer = createDeliverer({
    office: { db, clock },
    jobs,
    quiet: { hours: null, calendar: calendarOf(defaultRules) },
    realTime: clock,
    channels: new Map([['feishu', channel]]),
    draw: () =>
      Promise.resolve({
        send: {
          card: {
            title: words(state, state),
            color: 'blue',
            preview: words(state, state),
            blocks: [],
          },
        },
        language: 'zh',
        subject: 'request:1',
        version: 1,
      }),
    drawStanding: () => Promise.reject(new Error('everything is sent here')),
    undeliverable: () => Promise.resolve(),
    moved: () => Promise.resolve(),
    random: () => 0,
    log: () => undefined,
  });
});
afterAll(async () => {
  deliverer.stop();
  await db.destroy();
  await database.drop();
});

let owed = 0;

/** The matter has become this; its reader is to see it. Resolves when no message waits any more. */
async function becomes(what: string, attention = false): Promise<void> {
  state = what;
  await inWork({ db, clock }, { actor: 'system' }, (work) =>
    oweTo(
      work,
      jobs,
      { address: { channel: 'feishu', id: 'ou_1' }, person },
      {
        what: `change:${owed++}`,
        view: { view: 'request', request: 1 },
        attention,
        priority: 0,
      },
    ),
  );
  await deliverer.deliver();
}

beforeEach(async () => {
  faults = [];
  meanwhile = undefined;
  await becomes('new', true);
  updates = [];
});

test('a change that its reader sees is one update; what they do not see is none', async () => {
  await becomes('approved');
  await becomes('approved');
  expect(updates).toEqual(['approved']);
});

test('back to what it was is a change, too', async () => {
  await becomes('approved');
  await becomes('new');
  expect(updates).toEqual(['approved', 'new']);
});

test('what may have arrived is not taken for what the card shows', async () => {
  faults = [new DeliveryFault('ambiguous', 'time-out', 'perhaps', 0)];
  // It comes back to what was seen before, so the second try has to show that.
  meanwhile = 'new';
  await becomes('approved');
  await expect.poll(() => updates).toEqual(['approved', 'new']);
});

test('an update that was given up leaves nothing behind that would spare the next', async () => {
  faults = [new DeliveryFault('never', '230099', 'refused', 0)];
  await becomes('approved');
  await becomes('new');
  expect(updates).toEqual(['approved', 'new']);
});
