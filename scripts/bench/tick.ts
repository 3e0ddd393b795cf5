/**
 * `npm run bench -- tick`: what a tick costs while a million things lie ahead (half of them open tasks with a reminder, half messages owed
 * later, every second of those waiting out quiet time), beside the same office with nothing ahead; and how it grows with what is due. The
 * tick is the program's own, every duty of it.
 */
import { sql } from 'kysely';
import type { App } from '../../src/app.ts';
import type { Rules } from '../../src/settings/rules.ts';
import { withOffice } from './demo-office.ts';
import { ms, say as line, share, tell, times } from './line.ts';

const AHEAD = 500_000;
const ROUNDS = 30;

async function ticked(app: App, rounds: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await app.tick();
    took.push(performance.now() - began);
  }
  return took.toSorted((a, b) => a - b);
}

/** With nothing due a tick must stay below this, ms; single ones that do not are told apart from a middle that does not. */
const MOST_MS = 50;

const told = (name: string, took: readonly number[]): void =>
  line(
    `${name.padEnd(44)} p50 ${share(took, 0.5).toFixed(1)} ms  worst ${(took.at(-1) ?? 0).toFixed(1)} ms  ${took.filter((each) => each >= MOST_MS).length} of ${took.length} at ${MOST_MS} ms or more`,
  );

/** A trip that waits for its approver, by way of a message and 提交. */
async function submitTrip(app: App): Promise<void> {
  for (const [index, text] of ['下周二到周四去上海出差，坐高铁，见客户', '提交'].entries())
    await app.desk.message({
      key: `bench:${index}`,
      from: { channel: 'simulator', id: 'ou_rd_1' },
      chat: 'private',
      group: false,
      message: `bench_${index}`,
      text,
      files: [],
      sentAt: Temporal.Now.instant(),
    });
}

/** So many rows go in at once: no statement of the program may take long. */
const AT_ONCE = 25_000;

/** The open task and the newest message again and again, a year of minutes ahead. */
async function fill({ db }: App): Promise<void> {
  const task = await db
    .selectFrom('task')
    .select('id')
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const message = await db.selectFrom('delivery').select('id').limit(1).executeTakeFirstOrThrow();
  for (let from = 1; from <= AHEAD; from += AT_ONCE) {
    const to = Math.min(AHEAD, from + AT_ONCE - 1);
    await sql`insert into task (request_id, step_id, person_id, sort, state, opened_at, due_at, next_reminder_at)
      select t.request_id, t.step_id || '-' || n, t.person_id, t.sort, 'open', t.opened_at,
        now() + interval '1 day' + n * interval '1 minute', now() + interval '1 day' + n * interval '1 minute'
      from task t, generate_series(${from}::int, ${to}::int) n where t.id = ${task.id}`.execute(db);
    await sql`insert into delivery (id, what, lane, person_id, channel, address, view, attention, priority, due, created_at, quiet)
      select gen_random_uuid(), 'bench-' || n, 'bench-' || n % 300, d.person_id, d.channel, d.address, d.view, d.attention,
        1 + n % 6, now() + interval '1 day' + n * interval '1 minute', now(), case when n % 2 = 0 then 'waits' end
      from delivery d, generate_series(${from}::int, ${to}::int) n where d.id = ${message.id}`.execute(
      db,
    );
  }
  await sql`analyze task, delivery`.execute(db);
}

/** So many of those tasks become due now. */
const makeDue = ({ db }: App, count: number): Promise<unknown> =>
  sql`update task set next_reminder_at = now() - interval '1 minute' where id in
    (select id from task where state = 'open' and next_reminder_at > now() + interval '1 hour' limit ${count})`.execute(
    db,
  );

/** So many are due at once, for the promise of each. */
const DUE = 1_000;

/** Those tasks read by the index of what is due, each by a statement of its own; ms each. */
async function reading({ db }: App): Promise<number> {
  const began = performance.now();
  for (let row = 0; row < DUE; row++)
    await sql`select * from task where state = 'open' and next_reminder_at > now() + ${row}::int * interval '1 minute' order by next_reminder_at limit 1`.execute(
      db,
    );
  return (performance.now() - began) / DUE;
}

async function stillDue({ db }: App): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from task where state = 'open' and next_reminder_at <= now()`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

// Reminders are not put off until the morning, whenever this runs.
const awake = (rules: Rules): Rules => ({
  ...rules,
  reminders: { ...rules.reminders, quietHours: null },
});

await withOffice(async (app) => {
  await submitTrip(app);
  await ticked(app, ROUNDS);
  told('nothing ahead', await ticked(app, ROUNDS));
  await fill(app);
  await ticked(app, 3);
  told(`${(2 * AHEAD).toLocaleString('en-US')} ahead, nothing due`, await ticked(app, ROUNDS));
  const nothing = await ticked(app, ROUNDS);
  for (const count of [1, 10, 100]) {
    await makeDue(app, count);
    told(`${count} due`, await ticked(app, 1));
    await ticked(app, 2);
  }
  const floor = await reading(app);
  await makeDue(app, DUE);
  const [all = 0] = await ticked(app, 1);
  // A tick does so many of a sort; the rest comes with the next.
  const left = await stillDue(app);
  const each = (all - share(nothing, 0.5)) / (DUE - left);
  tell({
    what: `tick, ${DUE.toLocaleString('en-US')} of ${(2 * AHEAD).toLocaleString('en-US')} due, each`,
    beside: `one of ${DUE.toLocaleString('en-US')} rows read by index, one by one ${ms(floor)}`,
    ours: `${ms(each)}, ${DUE - left} in one tick`,
    ratio: times(each / floor),
    must: '≤ 3',
    kept: each / floor <= 3,
  });
  tell({
    what: 'tick, nothing due, p50',
    beside: 'the same office with nothing ahead',
    ours: ms(share(nothing, 0.5)),
    ratio: '—',
    must: `≤ ${MOST_MS} ms`,
    kept: share(nothing, 0.5) <= MOST_MS,
  });
}, awake);
