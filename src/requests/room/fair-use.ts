/** What a person holds or has booked, held against the office's limits. */
import { Refusal } from '../../../cards/refusal.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { holdersOf, type Organisation, readOrganisation } from '../../directory/organisation.ts';
import type { Rules } from '../../settings/rules.ts';
import type { Period } from '../spoken-times.ts';
import { exceeded, type Exceeded, exceededText } from './limits.ts';

type Asked = {
  readonly person: number;
  readonly period: Period;
  readonly now: Temporal.ZonedDateTime;
  /** The request that is being changed: what it held does not count again. */
  readonly changes?: number | undefined;
};

/** The first limit that a booking would pass; undefined when it may be made. */
export async function limitPassed(
  tx: Tx,
  rules: Rules,
  { person, period, now, changes }: Asked,
  org?: Organisation,
): Promise<Exceeded | undefined> {
  const { limits } = rules.rooms;
  const booked = await bookedBy(tx, person, period, now, changes);
  const [passed] = exceeded(limits, [], booked, period, now);
  // Who is exempt is asked only when it matters: most people are far from any limit.
  if (!passed) return undefined;
  const known = org ?? (await readOrganisation(tx, rules.roles, now.toInstant()));
  const exempt = Object.entries(limits.exempt).flatMap(([role, waived]) =>
    holdersOf(known, role).includes(person) ? waived : [],
  );
  return exceeded(limits, exempt, booked, period, now)[0];
}

/** What counts: bookings of the week of `period`, and all that are still to begin. */
async function bookedBy(
  tx: Tx,
  person: number,
  period: Period,
  now: Temporal.ZonedDateTime,
  changes: number | undefined,
): Promise<readonly Period[]> {
  const day = Temporal.Instant.from(period.from).toZonedDateTimeISO(now.timeZoneId).startOfDay();
  const monday = day.subtract({ days: day.dayOfWeek - 1 }).toInstant();
  const sunday = day.add({ days: 8 - day.dayOfWeek }).toInstant();
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select(['booking.starts_at', 'booking.ends_at', 'request.id'])
    .where('request.requester_id', '=', person)
    .where('booking.state', 'in', ['held', 'booked'])
    .where((each) =>
      each.or([
        each('booking.starts_at', '>', now.toInstant()),
        each.and([each('booking.starts_at', '>=', monday), each('booking.starts_at', '<', sunday)]),
      ]),
    )
    .execute();
  return rows
    .filter(({ id }) => id !== changes)
    .map((each) => ({ from: each.starts_at.toString(), to: each.ends_at.toString() }));
}

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
