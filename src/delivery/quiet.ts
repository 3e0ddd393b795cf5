/**
 * Quiet time. What may wait is marked when it is owed (`ask`); whether its person is to be disturbed is found out when it is due, by
 * what they wish then. It may `go`, or it `waits` until their quiet time ends; what has waited comes as one message, the bundle.
 */
import { sql } from 'kysely';
import { inWork, type Work } from '../../db/work.ts';
import { quietTimeOf, readPreference } from '../directory/preferences.ts';
import { afterQuietTime } from '../time/quiet-hours.ts';
import type { DelivererOptions } from './delivery.ts';
import { owe } from './owe.ts';

/** Lanes settled before messages go out again: answers do not wait for thousands of reminders to be sorted. */
const AT_ONCE = 50;
/** Who wrote to us this short a while ago is not disturbed by what comes next: minutes. */
const TALKING = 15;

/**
 * Decides about every message that may have to wait and is due: it goes out, it waits, or it goes into its person's bundle. Each
 * lane in a transaction of its own; another replica's lane is left to it. True: there are more.
 */
export async function settleQuiet(options: DelivererOptions): Promise<boolean> {
  const { office, quiet, log } = options;
  const now = office.clock.now();
  const usual = { hours: quiet.hours, daysOff: false };
  const byDay = afterQuietTime(now, usual, quiet.calendar).equals(now);
  if (!byDay) await recall(options, now);
  let lanes = await undecidedLanes(options, now);
  if (byDay && lanes.length > 0) {
    await releaseByDay(options, now);
    lanes = await undecidedLanes(options, now);
  }
  let settled = 0;
  for (const { lane, person_id } of lanes) {
    try {
      const by = { actor: 'system' } as const;
      if (await inWork(office, by, (work) => settleLane(work, options, lane, person_id)))
        settled += 1;
    } catch (error) {
      // One lane's trouble keeps nobody else's messages; it is looked at again with the next sweep.
      log('delivery.quiet', { lane, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
  return lanes.length === AT_ONCE && settled > 0;
}

/** Where something is due about which nothing is decided; after answers alone there is nothing. */
const undecidedLanes = ({ office }: DelivererOptions, now: Temporal.Instant) =>
  office.db
    .selectFrom('delivery')
    .select(['lane', 'person_id'])
    .distinct()
    .where('state', '=', 'waiting')
    .where(undecided)
    .where('due', '<=', now)
    .limit(AT_ONCE)
    .execute();

/** Written out, so that Postgres sees the condition of the index in it. */
const undecided = sql<boolean>`quiet in ('ask', 'waits')`;

/** By day, whoever wishes nothing particular and has nothing waiting gets everything at once: one statement for all of them. */
const releaseByDay = ({ office }: DelivererOptions, now: Temporal.Instant): Promise<unknown> =>
  sql`update delivery set quiet = 'go' where id in (
    select d.id from delivery d
    where d.state = 'waiting' and d.quiet = 'ask' and d.due <= ${now}
      and not exists (select 1 from preference p where p.person_id = d.person_id)
      and not exists (select 1 from delivery w
        where w.lane = d.lane and w.state = 'waiting' and w.quiet = 'waits' and w.due <= ${now})
    for update of d skip locked)`.execute(office.db);

/**
 * What might go by day and did not get out before the night (the platform was away, or too many went at once) is asked about again. What
 * may have arrived is not: it is settled under its key while that holds.
 */
const recall = ({ office }: DelivererOptions, now: Temporal.Instant): Promise<unknown> =>
  sql`update delivery set quiet = 'ask' where id in (
    select id from delivery
    where state = 'waiting' and quiet = 'go' and due <= ${now} and first_unknown is null
    for update skip locked)`.execute(office.db);

/** One person's messages in one channel. False: another replica is at it. */
async function settleLane(
  work: Work,
  options: DelivererOptions,
  lane: string,
  person: number | null,
): Promise<boolean> {
  if (!(await holdLane(work, lane))) return false;
  // Locked before the wish is read: who changes it afterwards finds these rows locked and has them decided again.
  const rows = await dueIn(work, lane);
  if (person === null) return release(work, rows);
  const awake = await awakeFrom(work, options.quiet, person);
  const fresh = rows.filter((row) => row.quiet === 'ask');
  if (!awake.equals(work.now)) {
    const atOnce = (await isTalking(work, person)) ? fresh : [];
    await release(work, atOnce);
    const waiting = rows.filter((row) => !atOnce.includes(row));
    await putOff(work, options, person, waiting, awake);
    return true;
  }
  const waited = rows.some((row) => row.quiet === 'waits');
  return waited && rows.length > 1 ? bundle(work, options, person, rows) : release(work, rows);
}

/** Until the end of the transaction: a lane is bundled by one process, so that what waits comes in one message. */
async function holdLane(work: Work, lane: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${`quiet:${lane}`})) as held`.execute(work.tx);
  return rows[0]?.held === true;
}

type Row = Awaited<ReturnType<typeof dueIn>>[number];

const dueIn = (work: Work, lane: string) =>
  work.tx
    .selectFrom('delivery')
    .select(['id', 'seq', 'what', 'view', 'channel', 'quiet', 'created_at'])
    .where('lane', '=', lane)
    .where('state', '=', 'waiting')
    .where(undecided)
    .where('due', '<=', work.now)
    .orderBy('seq')
    .forUpdate()
    .skipLocked()
    .execute();

async function release(work: Work, rows: readonly Row[]): Promise<boolean> {
  if (rows.length > 0) await set(work, rows, { quiet: 'go' });
  return true;
}

/** They wait; a card that shows the same already is brought up to date without a sound. */
async function putOff(
  work: Work,
  { jobs }: DelivererOptions,
  person: number,
  rows: readonly Row[],
  until: Temporal.Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await set(work, rows, { quiet: 'waits', due: until });
  for (const { what, view, channel, quiet } of rows) {
    // Only requests are shown on a card that lives on; the first time is enough.
    if (quiet === 'waits' || view.view !== 'request') continue;
    const silent = { what: `${what}:meanwhile`, view, attention: false, priority: 6 } as const;
    await owe(work, jobs, person, channel, silent);
  }
}

/**
 * One message in place of several, in their transaction: none is lost, none comes twice. A row is put into one bundle only, so the
 * first one's number makes the bundle's key its own.
 */
async function bundle(
  work: Work,
  { jobs, quiet }: DelivererOptions,
  person: number,
  rows: readonly Row[],
): Promise<boolean> {
  const [first] = rows;
  if (!first) return true;
  const day = work.now.toZonedDateTimeISO(quiet.calendar.zone).toPlainDate().toString();
  const owed = await owe(work, jobs, person, first.channel, {
    what: `bundle:${person}:${day}:${first.seq}`,
    view: { view: 'bundle', bundle: first.seq },
    attention: true,
    priority: 3,
    breaksQuiet: true,
  });
  // Nobody there any more: each goes its usual way, which tells the office.
  if (!owed) return release(work, rows);
  await set(work, rows, { state: 'dropped', last_error: 'bundled', bundle: first.seq });
  return true;
}

type Change = {
  readonly quiet?: 'waits' | 'go';
  readonly due?: Temporal.Instant;
  readonly state?: 'dropped';
  readonly last_error?: string;
  readonly bundle?: number;
};

const set = (work: Work, rows: readonly Row[], change: Change): Promise<unknown> =>
  work.tx
    .updateTable('delivery')
    .set(change)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();

/** When a person is next to be disturbed, by what they wish now; now itself outside their quiet time. */
async function awakeFrom(
  work: Work,
  { hours, calendar }: DelivererOptions['quiet'],
  person: number,
): Promise<Temporal.Instant> {
  const wish = quietTimeOf(await readPreference(work.tx, person), hours);
  return afterQuietTime(work.now, wish, calendar);
}

/** When something that may wait, and is owed to a person now, will reach them. */
export const reachedFrom = async (
  work: Work,
  quiet: DelivererOptions['quiet'],
  person: number,
): Promise<Temporal.Instant> =>
  (await isTalking(work, person)) ? work.now : awakeFrom(work, quiet, person);

async function isTalking(work: Work, person: number): Promise<boolean> {
  const said = await work.tx
    .selectFrom('last_said')
    .select('at')
    .where('person_id', '=', person)
    .where('at', '>', work.now.subtract({ minutes: TALKING }))
    .limit(1)
    .executeTakeFirst();
  return said !== undefined;
}

/** A person wishes otherwise now: whatever waits for them is decided about again, right after the commit. */
export async function decideAgain(work: Work, person: number): Promise<void> {
  await work.tx
    .updateTable('delivery')
    .set({ due: work.now })
    .where('person_id', '=', person)
    .where('state', '=', 'waiting')
    // What is being decided at this moment is found locked, and looked at again when it is: it may wait by then.
    .where((row) =>
      row.or([
        row('quiet', '=', 'waits'),
        row.and([row('quiet', '=', 'ask'), row('due', '<=', work.now)]),
      ]),
    )
    .execute();
}
