/** What was promised in the year and what came of it. The oracle knows the rules as the office reads them, each written here once more. */
import { sql } from 'kysely';
import type { Db } from '../../../db/database.ts';
import { sendKey } from '../../../src/delivery/owe.ts';
import type { Rules } from '../../../src/settings/rules.ts';
import {
  count,
  type Rung,
  rungUnder,
  tally,
  type Tally,
  type Ticks,
  ticksOf,
  workingMinutesAfter,
} from './counting.ts';
import { ofMeetings } from './meetings.ts';
import { ofTheOffice } from './office.ts';

const isSooner = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  Temporal.Instant.compare(a, b) < 0;

/** An approval is reminded of every four working hours, a task when it is due and then so; three times at most, never when it is over. */
const REMIND_MINUTES = 4 * 60;
const MOST = 3;

async function reminders(db: Db, ticks: Ticks): Promise<Tally> {
  const sum = tally('reminders of approvals and tasks');
  const tasks = await db
    .selectFrom('task')
    .select(['id', 'request_id', 'person_id', 'sort', 'opened_at', 'closed_at', 'due_at'])
    .execute();
  const rung = await rungUnder(db, 'request:%:reminder:%', (parts) => `${parts[1]} ${parts[3]}`);
  for (const task of tasks) {
    const over = task.closed_at;
    const mine = (rung.get(`${task.request_id} p${task.person_id}`) ?? []).filter(
      (moment) => !isSooner(moment, task.opened_at) && (over === null || isSooner(moment, over)),
    );
    let due =
      task.sort === 'approval' ? workingMinutesAfter(task.opened_at, REMIND_MINUTES) : task.due_at;
    for (let each = 0; each < MOST && due !== null; each++) {
      const at = mine[each];
      count(sum, { due, over }, at ? [at] : [], ticks);
      due = at ? workingMinutesAfter(at, REMIND_MINUTES) : null;
    }
    sum.doubled += Math.max(0, mine.length - MOST);
  }
  return sum;
}

/** A draft that nobody touched for a day is closed. */
async function drafts(db: Db, ticks: Ticks): Promise<Tally> {
  const sum = tally('forgotten drafts closed');
  const rows = await db
    .selectFrom('draft')
    .select(['id', 'state', 'updated_at'])
    .where('state', 'in', ['open', 'expired'])
    .execute();
  const rung = await rungUnder(db, 'draft:%:expired', (parts) => parts[1] ?? '');
  for (const { id, state, updated_at: touched } of rows) {
    if (state === 'expired') {
      if (rung.has(String(id))) sum.once++;
      else sum.lost++;
    } else if (ticks.doneFrom(touched.add({ hours: 24, minutes: 1 }), false)) sum.lost++;
  }
  return sum;
}

/** Every message owed arrived once, or was dropped because it was over: what the platform was sent, beside what we owed. */
async function arrivals(db: Db): Promise<Tally> {
  const sum = tally('messages at the platform');
  const { rows } = await sql<{ key: string }>`select key from bench_platform`.execute(db);
  const there = new Set(rows.map(({ key }) => key));
  const owed = await db
    .selectFrom('delivery')
    .select(['id', 'generation', 'state', 'platform_message'])
    .execute();
  for (const { id, generation, state, platform_message: message } of owed) {
    const keys = Array.from({ length: generation + 1 }, (_, each) => sendKey(id, each));
    const arrived = keys.filter((each) => there.has(each)).length;
    if (arrived > 1) sum.doubled++;
    // An update in place has the message of an earlier one.
    else if (arrived === 1 || (state === 'sent' && message !== null && there.has(message)))
      sum.once++;
    else if (state === 'sent' || state === 'dead') sum.lost++;
  }
  return sum;
}

/** Prints how every promise was kept. False when one was lost, rung twice, or too early. */
export async function kept(
  db: Db,
  run: {
    readonly first: Temporal.PlainDate;
    readonly days: number;
    readonly rung: readonly Rung[];
  },
  rules: Rules,
  line: (text: string) => void,
): Promise<boolean> {
  const quiet = rules.reminders.quietHours;
  const isQuiet = (at: Temporal.Instant): boolean => {
    if (!quiet) return false;
    const clock = at.toZonedDateTimeISO(rules.timeZone).toPlainTime().toString().slice(0, 5);
    return quiet.to < quiet.from
      ? clock >= quiet.from || clock < quiet.to
      : clock >= quiet.from && clock < quiet.to;
  };
  const ticks = ticksOf(run.rung, isQuiet);
  const sums = [
    await reminders(db, ticks),
    ...(await ofMeetings(db, ticks)),
    ...(await ofTheOffice(db, { ...run, rules }, ticks)),
    await drafts(db, ticks),
    await arrivals(db),
  ];
  line(
    `${'promise'.padEnd(44)}${['once', 'late', 'lost', 'doubled', 'early'].map((each) => each.padStart(9)).join('')}`,
  );
  for (const { name, once, late, lost, doubled, early } of sums)
    line(
      `${name.padEnd(44)}${[once, late, lost, doubled, early].map((each) => String(each).padStart(9)).join('')}`,
    );
  for (const { name, broken } of sums)
    for (const each of broken.slice(0, 10)) line(`${name}: ${each}`);
  return sums.every(({ lost, doubled, early }) => lost + doubled + early === 0);
}
