/**
 * One program of the simulated year, a process that is killed without warning. The parts are the program's own, joined as in app.ts, but for the platform and the
 * clock: the hour is what the parent said last. It does what it is told, one thing at a time, and says when it is done.
 */
import { openDatabase } from '../../../db/database.ts';
import type { Office } from '../../../db/work.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import { createDesk } from '../../../src/conversation/desk.ts';
import { createNames } from '../../../src/conversation/names.ts';
import { drawStanding, drawView } from '../../../src/conversation/views.ts';
import { createDeliverer } from '../../../src/delivery/deliver.ts';
import { startJobs } from '../../../src/delivery/jobs.ts';
import { oweMoved } from '../../../src/delivery/moved.ts';
import type { Setup } from '../../../src/filing/move.ts';
import { tellUndeliverable } from '../../../src/filing/undeliverable.ts';
import { followBooking } from '../../../src/meetings/follow.ts';
import { followRequest } from '../../../src/responses/follow.ts';
import { duties } from '../../../src/scheduler/duties.ts';
import { processName } from '../../../src/scheduler/lease.ts';
import { Secret } from '../../../src/secret.ts';
import { calendarOf } from '../../../src/settings/index.ts';
import { platform } from './platform.ts';
import { yearRules } from './rules.ts';
import type { Answer, Order } from './replicas.ts';

let now = Temporal.Instant.from(process.argv[3] ?? '');
const clock = { now: () => now };
const failed = (what: string, error: unknown): void =>
  void process.stderr.write(`${what}: ${error instanceof Error ? error.message : String(error)}\n`);

const connectionString = new Secret(process.argv[2] ?? '');
const db = await openDatabase({ connectionString, onConnectionError: () => undefined });
const rules = await yearRules();
const office: Office = { db, clock };
const channels = new Map<string, Channel>([['simulator', platform(db, () => now)]]);
const jobs = await startJobs({
  connectionString: connectionString.reveal(),
  deliver: () => deliverer.deliver(),
  failed: (message) => failed('job', message),
});
const setup: Setup = {
  rules,
  calendar: calendarOf(rules),
  jobs,
  followers: [followRequest, followBooking],
};
const deliverer = createDeliverer({
  office,
  realTime: clock,
  channels,
  jobs,
  quiet: { hours: rules.reminders.quietHours, calendar: setup.calendar },
  draw: (tx, view, person, at) => drawView(tx, view, person, rules, at),
  drawStanding: (tx, view, person, at) => drawStanding(tx, view, person, rules, at),
  undeliverable: (work, delivery, why) => tellUndeliverable(work, setup, delivery, why),
  moved: (work, delivery, subject, message) => oweMoved(work, jobs, delivery, subject, message),
  random: Math.random,
  log: (what, about) => failed(what, JSON.stringify(about)),
});
const desk = createDesk({
  office,
  setup,
  names: createNames(),
  committed: () => undefined,
  log: (what, about) => failed(what, JSON.stringify(about)),
});
const list = duties({
  storeCalls: async () => undefined,
  backUp: async () => undefined,
  office,
  setup,
  channels,
  deliver: () => deliverer.deliver(),
  desk,
  connected: () => true,
  log: (what, about) => failed(what, JSON.stringify(about)),
  keep: () => Promise.resolve(),
  auditKey: new Secret('00'.repeat(32)),
  holder: processName(),
  realTime: clock,
});

/** The nightly verification reads the whole record each time and promises nothing to anybody here: `npm run bench -- record` has its cost. */
const ticked = [...list.minutely, ...list.often].filter(({ name }) => name !== 'record');

async function carryOut(order: Order): Promise<void> {
  switch (order.do) {
    case 'tick':
      // One duty that fails does not keep the others from their turn, as in tick.ts.
      for (const duty of ticked)
        await duty.run().catch((error: unknown) => failed(duty.name, error));
      return;
    case 'message':
      await desk.message({
        key: order.key,
        from: { channel: 'simulator', id: order.person },
        chat: 'private',
        group: false,
        message: order.key,
        text: order.text,
        files: [],
        sentAt: now,
      });
      return;
    case 'tap':
      await desk.tap({
        key: order.key,
        from: { channel: 'simulator', id: order.person },
        value: order.value,
        answers: order.answers,
      });
      return;
    default:
      order satisfies never;
  }
}

// It does not outlive the run.
process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  now = Temporal.Instant.from(order.at);
  const answer = (done: boolean): void => void process.send?.({ id: order.id, done } as Answer);
  carryOut(order).then(
    () => answer(true),
    (error: unknown) => {
      failed(order.do, error);
      answer(false);
    },
  );
});
process.send?.({ id: 0, done: true } as Answer);
