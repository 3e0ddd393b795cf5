/** What a person holds or has booked, held against the office's limits. */
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import type { Tx } from '../../../db/database.ts';
import type { BookingTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { holdersOf, type Organisation, readOrganisation } from '../../directory/organisation.ts';
import type { Rules } from '../../settings/rules.ts';
import type { Period } from '../spoken-times.ts';
import { type Booked, exceeded, type Exceeded, exceededText } from './limits.ts';

type Asked = {
  readonly person: number;
  /** One time, or those of a series. */
  readonly periods: readonly Period[];
  readonly now: Temporal.ZonedDateTime;
  /** The request that is being changed: what it held does not count again. */
  readonly changes?: number | undefined;
};

/** The first limit that bookings would pass; undefined when they may be made. */
export async function limitPassed(
  tx: Tx,
  rules: Rules,
  { person, periods, now, changes }: Asked,
  org?: Organisation,
): Promise<Exceeded | undefined> {
  const { limits } = rules.rooms;
  if (periods.length === 0) return undefined;
  const booked = await bookedBy(tx, person, periods, now, changes);
  const [passed] = exceeded(limits, [], booked, periods, now);
  // Who is exempt is asked only when it matters: most people are far from any limit.
  if (!passed) return undefined;
  const known = org ?? (await readOrganisation(tx, rules.roles, now.toInstant()));
  const exempt = Object.entries(limits.exempt).flatMap(([role, waived]) =>
    holdersOf(known, role).includes(person) ? waived : [],
  );
  return exceeded(limits, exempt, booked, periods, now)[0];
}

/** What may count: bookings from this week on, or from that of the first of `periods`. */
async function bookedBy(
  tx: Tx,
  person: number,
  periods: readonly Period[],
  now: Temporal.ZonedDateTime,
  changes: number | undefined,
): Promise<readonly Booked[]> {
  const first = [now.toInstant(), ...periods.map(({ from }) => Temporal.Instant.from(from))]
    .reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))
    .toZonedDateTimeISO(now.timeZoneId)
    .startOfDay();
  const monday = first.subtract({ days: first.dayOfWeek - 1 }).toInstant();
  // By the person's own requests: what all others booked is not looked at.
  const { rows } = await sql<BookedRow>`
    select r.id, b.starts_at, b.ends_at, b.day
    from request r cross join lateral (select starts_at, ends_at, day from booking
      where request_id = r.id and starts_at >= ${monday} and state in ('held', 'booked') offset 0) b
    where r.requester_id = ${person} and r.kind = 'room'`.execute(tx);
  return rows
    .filter(({ id }) => id !== changes)
    .map(({ id, day, starts_at: from, ends_at: to }) => ({
      from: from.toString(),
      to: to.toString(),
      ...(day === null ? {} : { series: id }),
    }));
}

type BookedRow = Pick<Selectable<BookingTable>, 'starts_at' | 'ends_at' | 'day'> & {
  readonly id: number;
};

/** The same in the transaction of submitting, one booking of a person after another. Throws Refusal `room.limit`. */
export async function keepWithinLimits(
  work: Work,
  rules: Rules,
  org: Organisation,
  asked: Omit<Asked, 'now'>,
): Promise<void> {
  // Two drafts at once: the second counts what the first one booked.
  await work.tx
    .selectFrom('person')
    .select('id')
    .where('id', '=', asked.person)
    .forNoKeyUpdate()
    .execute();
  const now = work.now.toZonedDateTimeISO(rules.timeZone);
  const passed = await limitPassed(work.tx, rules, { ...asked, now }, org);
  if (!passed) return;
  const { why, next } = exceededText(passed);
  throw new Refusal('room.limit', why, next);
}
