/**
 * `npm run bench -- year [--days 365] [--requests 20000] [--seed 1]`: a year of an office of 300 people with two replicas, five of which are killed each week, now
 * and then both at once for hours; every reminder that was promised is counted, by an oracle that knows the rules but none of our code.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Db, openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { inWork } from '../../db/work.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { calendarOf } from '../../src/settings/index.ts';
import { chance } from './year/chance.ts';
import { company, furnish } from './year/company.ts';
import { asks, type Happening } from './year/people.ts';
import { createPlatform } from './year/platform.ts';
import type { Rung } from './year/counting.ts';
import { kept } from './year/promises.ts';
import { type Replica, startReplica } from './year/replicas.ts';
import { yearRules } from './year/rules.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    days: { type: 'string', default: '365' },
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const days = Number(values.days);
const wishes = Number(values.requests);
const seed = Number(values.seed);

const by = chance(seed);
const rules = await yearRules();
const calendar = calendarOf(rules);
const first = Temporal.PlainDate.from('2026-01-01');
const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** Ticks by day come every half hour of the year, at night every hour: no rule knows how often they come. */
const stepAfter = (at: Temporal.Instant): Temporal.Instant => {
  const { hour } = at.toZonedDateTimeISO(rules.timeZone);
  return at.add({ minutes: hour >= 8 && hour < 21 ? 30 : 60 });
};

/** The moments of a week at which a replica dies; every second week both at once, for hours. */
type Death = {
  readonly at: Temporal.Instant;
  readonly who: readonly number[];
  readonly back: Temporal.Instant;
};

const DEATHS_A_WEEK = 5;

function deaths(): readonly Death[] {
  const list: Death[] = [];
  const begin = first.toZonedDateTime(rules.timeZone).toInstant();
  for (let week = 0; week * 7 < days; week++)
    for (let each = 0; each < DEATHS_A_WEEK; each++) {
      const at = begin.add({ minutes: week * 7 * 1440 + by.under(7 * 1440) });
      const both = each === 0 && week % 2 === 1;
      const away = both ? 60 + by.under(30 * 60) : by.under(180);
      list.push({ at, who: both ? [0, 1] : [by.under(2)], back: at.add({ minutes: away }) });
    }
  return list.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}

async function fill(db: Db): Promise<void> {
  const start = first.toZonedDateTime(rules.timeZone).toInstant();
  await inWork({ db, clock: { now: () => start } }, { actor: 'system' }, async (work) => {
    await applySnapshot(work, 'simulator', company);
    await furnish(work);
  });
}

/** The wishes of a day, more on workdays, spread over the hours of work. */
function today(day: Temporal.PlainDate, count: number): readonly Happening[] {
  return Array.from({ length: count }, () =>
    asks(day, 9 * 60 + by.under(9 * 60), rules.timeZone, by),
  );
}

const isDue = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at, now) <= 0;

async function run(db: Db, connection: string): Promise<readonly Rung[]> {
  const start = first.toZonedDateTime(rules.timeZone).toInstant();
  const end = first.add({ days }).toZonedDateTime(rules.timeZone).toInstant();
  const replicas: (Replica | undefined)[] = [
    await startReplica(connection, start),
    await startReplica(connection, start),
  ];
  const dying = [...deaths()];
  const returning: { readonly at: Temporal.Instant; readonly who: number }[] = [];
  const agenda: Happening[] = [];
  const rung: Rung[] = [];
  let left = wishes;
  let midday = first;
  let killed = 0;
  let downSteps = 0;
  for (let now = start; Temporal.Instant.compare(now, end) < 0; now = stepAfter(now)) {
    const date = now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
    if (Temporal.PlainDate.compare(date, midday) >= 0) {
      const works = calendar.isWorkday(date);
      const share = works ? left / Math.max(1, workdaysFrom(date)) : 3;
      const count = Math.min(left, Math.round(share));
      left -= count;
      agenda.push(...today(date, count));
      midday = date.add({ days: 1 });
      if (date.day === 1) process.stderr.write(`${date.toString()} `);
    }
    for (const each of returning.filter(({ at }) => isDue(at, now)))
      replicas[each.who] ??= await startReplica(connection, now);
    returning.splice(0, returning.length, ...returning.filter(({ at }) => !isDue(at, now)));
    const [death] = dying;
    const dies = death && isDue(death.at, now) ? dying.shift() : undefined;
    const acted = act(db, replicas, agenda, now);
    const ticked = acted.then(() => tick(replicas, now));
    if (dies) {
      await new Promise((resolve) => setTimeout(resolve, by.under(40)));
      for (const who of dies.who) {
        await replicas[who]?.kill();
        if (replicas[who]) killed++;
        replicas[who] = undefined;
        returning.push({ at: dies.back, who });
      }
    }
    const done = await ticked;
    if (!done) downSteps++;
    // What the dying one held is free for the other from the next tick on.
    rung.push({ at: now, done: done && !dies });
  }
  for (const replica of replicas) await replica?.kill();
  line(`${killed} kills; ${downSteps} of ${rung.length} ticks with nobody there to tick`);
  return rung;
}

/** Workdays from a date to the end of the run. */
function workdaysFrom(date: Temporal.PlainDate): number {
  let count = 0;
  for (let day = date; day.since(first).days < days; day = day.add({ days: 1 }))
    if (calendar.isWorkday(day)) count++;
  return count;
}

/** Everything that people do by now, at whichever replica is there; what is not answered comes again, as the platform does it. */
async function act(
  db: Db,
  replicas: readonly (Replica | undefined)[],
  agenda: Happening[],
  now: Temporal.Instant,
): Promise<void> {
  for (;;) {
    const due = agenda
      .filter(({ at }) => isDue(at, now))
      .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
    if (due.length === 0 || replicas.every((replica) => !replica)) return;
    agenda.splice(0, agenda.length, ...agenda.filter(({ at }) => !isDue(at, now)));
    const lanes = [0, 1].map((lane) => due.filter((_, place) => place % 2 === lane));
    const again: Happening[] = [];
    await Promise.all(
      lanes.map(async (lane, place) => {
        for (const happening of lane) {
          const replica = replicas[place] ?? replicas[1 - place];
          const done = (await replica?.order(now, happening.deed)) ?? false;
          if (done) agenda.push(...((await happening.follows?.(db)) ?? []));
          else again.push(happening);
        }
      }),
    );
    agenda.push(...again.map((each) => ({ ...each, at: now.add({ minutes: 1 }) })));
  }
}

/** Both tick at one moment. True when one of them got to the end. */
async function tick(
  replicas: readonly (Replica | undefined)[],
  now: Temporal.Instant,
): Promise<boolean> {
  const done = await Promise.all(
    replicas.map(async (each) => each?.order(now, { do: 'tick' }) ?? Promise.resolve(false)),
  );
  return done.some(Boolean);
}

const folder = mkdtempSync(join(tmpdir(), 'office-year-'));
// It is programs that die in this year, never the machine: nothing need reach the disk.
const embedded = await startEmbedded(folder, { durable: false });
const db = await openDatabase({
  connectionString: embedded.connectionString,
  onConnectionError: () => undefined,
});
try {
  await migrate(db);
  await createPlatform(db);
  await fill(db);
  const began = performance.now();
  const rung = await run(db, embedded.connectionString.reveal());
  const took = (performance.now() - began) / 60_000;
  const { count } = await db
    .selectFrom('request')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  line(
    `seed ${seed}: ${days} days, ${company.people.length} people, ${count} requests, in ${took.toFixed(1)} minutes`,
  );
  if (!(await kept(db, { first, days, rung }, rules, line))) process.exitCode = 1;
} finally {
  await db.destroy();
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
