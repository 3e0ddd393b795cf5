/** What a person holds or has booked, held against the office's limits. */
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { sortName } from '../../../cards/vocabulary.ts';
import type { Tx } from '../../../db/database.ts';
import type { BookingTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { holdersOf, type Organisation, readOrganisation } from '../../directory/organisation.ts';
import type { RoomLimits, Rules } from '../../settings/rules.ts';
import type { Period } from '../spoken-times.ts';
import { type Booked, exceeded, type Exceeded, exceededText } from './limits.ts';

type Asked = {
  readonly person: number;
  /** One time, or those of a series. */
  readonly periods: readonly Period[];
  readonly now: Temporal.ZonedDateTime;
  /** The request that is being changed: what it held does not count again. */
  readonly changes?: number | undefined;
  /** Of what is no meeting room: its sort, with limits of its own. */
  readonly space?: { readonly sort: string; readonly limits: Omit<RoomLimits, 'exempt'> };
};

/** The first limit that bookings would pass; undefined when they may be made. */
export async function limitPassed(
  tx: Tx,
  rules: Rules,
  asked: Asked,
  org?: Organisation,
): Promise<Exceeded | undefined> {
  const { person, periods, now, space } = asked;
  const limits = space?.limits ?? rules.rooms.limits;
  if (periods.length === 0) return undefined;
  const booked = await bookedBy(tx, asked);
  const [passed] = exceeded(limits, [], booked, periods, now);
  // Who is exempt is asked only when it matters: most people are far from any limit.
  if (!passed) return undefined;
  const known = org ?? (await readOrganisation(tx, rules.roles, now.toInstant()));
  const exempt = Object.entries(rules.rooms.limits.exempt).flatMap(([role, waived]) =>
    holdersOf(known, role).includes(person) ? waived : [],
  );
  return exceeded(limits, exempt, booked, periods, now)[0];
}

/** What may count: bookings from this week on, or from that of the first of `periods`. */
async function bookedBy(
  tx: Tx,
  { person, periods, now, changes, space }: Asked,
): Promise<readonly Booked[]> {
  const first = [now.toInstant(), ...periods.map(({ from }) => Temporal.Instant.from(from))]
    .reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))
    .toZonedDateTimeISO(now.timeZoneId)
    .startOfDay();
  const monday = first.subtract({ days: first.dayOfWeek - 1 }).toInstant();
  const kind = space ? 'space' : 'room';
  // By the person's own requests: what all others booked is not looked at.
  const { rows } = await sql<BookedRow>`
    select r.id, b.starts_at, b.ends_at, b.day, b.room_id
    from request r cross join lateral (select starts_at, ends_at, day, room_id from booking
      where request_id = r.id and starts_at >= ${monday} and state in ('held', 'booked') offset 0) b
    where r.requester_id = ${person} and r.kind = ${kind}`.execute(tx);
  if (space) {
    const ofSort = await tx
      .selectFrom('room')
      .select('id')
      .where('sort', '=', space.sort)
      .execute();
    const ids = new Set(ofSort.map(({ id }) => id));
    // A desk for a week is five bookings, not one series.
    return rows
      .filter(({ id, room_id: room }) => id !== changes && ids.has(room))
      .map(({ starts_at: from, ends_at: to }) => ({ from: from.toString(), to: to.toString() }));
  }
  return rows
    .filter(({ id }) => id !== changes)
    .map(({ id, day, starts_at: from, ends_at: to }) => ({
      from: from.toString(),
      to: to.toString(),
      ...(day === null ? {} : { series: id }),
    }));
}

type BookedRow = Pick<Selectable<BookingTable>, 'starts_at' | 'ends_at' | 'day' | 'room_id'> & {
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
  const { why, next } = exceededText(passed, asked.space && sortName(asked.space.sort));
  throw new Refusal('room.limit', why, next);
}
