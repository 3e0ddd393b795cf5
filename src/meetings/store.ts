/** Meetings as they are stored, and what their booking says of them. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { AttendanceTable, MaterialTable, MeetingTable } from '../../db/tables.ts';
import type { Request } from '../filing/store.ts';
import type { Rules } from '../settings/rules.ts';
import { wallMinutes } from '../time/spans.ts';

export type Meeting = Selectable<MeetingTable>;
export type Attendance = Selectable<AttendanceTable>;
export type Material = Selectable<MaterialTable>;

export const readMeeting = (tx: Tx, id: number): Promise<Meeting | undefined> =>
  tx.selectFrom('meeting').selectAll().where('id', '=', id).executeTakeFirst();

/** Whether a request is a room booked again and again. */
export const isSeries = (request: Pick<Request, 'kind' | 'form'>): boolean =>
  request.kind === 'room' && typeof request.form['series'] === 'object';

/** The meeting of a booking; of a series the next that is planned, else the one held last. */
export const meetingOf = (tx: Tx, request: number): Promise<Meeting | undefined> =>
  tx
    .selectFrom('meeting')
    .selectAll()
    .where('request_id', '=', request)
    .orderBy((each) => each('state', '!=', 'planned'))
    .orderBy(sql`case when state = 'planned' then starts_at end`)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The meeting, locked until the end of the transaction. Whoever changes its request too locks that first. */
export const lockMeeting = (tx: Tx, id: number): Promise<Meeting | undefined> =>
  tx.selectFrom('meeting').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Everybody invited, in the order of their ids. */
export const attendanceOf = (tx: Tx, meeting: number): Promise<Attendance[]> =>
  tx
    .selectFrom('attendance')
    .selectAll()
    .where('meeting_id', '=', meeting)
    .orderBy('person_id')
    .execute();

export const materialsOf = (tx: Tx, request: number): Promise<Material[]> =>
  tx.selectFrom('material').selectAll().where('request_id', '=', request).orderBy('id').execute();

/** What a booking's form says for a meeting. */
export type Plan = {
  readonly title: string | null;
  readonly attendees: readonly number[];
  readonly agenda: string | null;
  readonly equipment: readonly string[];
  readonly layout: string | null;
};

const words = z.string().nullable().catch(null).default(null);
const plan = z.object({
  title: words,
  attendees: z.array(z.unknown()).catch([]).default([]),
  agenda: words,
  equipment: z.array(z.string()).catch([]).default([]),
  layout: words,
});

/** Who takes part on one date of a series, where that was said for it alone. */
const odd = z
  .object({ odd: z.record(z.string(), z.object({ attendees: z.array(z.number()).optional() })) })
  .catch({ odd: {} });

/** The host is no attendee, also when their leader booked and named them. `day`: of that date of a series. */
export function planOf(
  request: Pick<Request, 'form' | 'requester_id'>,
  day: Temporal.PlainDate | null = null,
): Plan {
  const read = plan.parse(request.form);
  const own = day && odd.parse(request.form['series']).odd[day.toString()]?.attendees;
  const ids = (own ?? read.attendees).filter((each) => typeof each === 'number');
  return { ...read, attendees: [...new Set(ids)].filter((id) => id !== request.requester_id) };
}

/**
 * The first meeting of a person's, as host or invited, that is open for check-in and nobody has checked in to; rather one that it is asked
 * of, else one that needs none. `place`: only in that room.
 */
export async function checkInWaiting(
  tx: Tx,
  person: number,
  now: Temporal.Instant,
  rules: Rules,
  place?: string,
): Promise<number | undefined> {
  const { checkIn } = rules.rooms;
  if (!checkIn) return undefined;
  const row = await unattended(tx, person, now)
    .$if(place !== undefined, (query) => query.where('meeting.place', '=', place ?? ''))
    .where('meeting.starts_at', '<=', now.add({ minutes: wallMinutes(checkIn.from) }))
    .orderBy((each) => each('meeting.release_at', 'is', null))
    .orderBy('meeting.starts_at')
    .executeTakeFirst();
  return row?.id;
}

/** The next meeting of a person's that check-in will be asked of, and when; undefined without one in the next 24 hours. */
export async function checkInAhead(
  tx: Tx,
  person: number,
  now: Temporal.Instant,
  rules: Rules,
): Promise<{ readonly place: string; readonly opens: Temporal.Instant } | undefined> {
  const { checkIn } = rules.rooms;
  if (!checkIn) return undefined;
  const row = await unattended(tx, person, now)
    .where('meeting.starts_at', '<=', now.add({ hours: 24 }))
    .where('meeting.release_at', 'is not', null)
    .orderBy('meeting.starts_at')
    .executeTakeFirst();
  return (
    row && {
      place: row.place,
      opens: row.starts_at.subtract({ minutes: wallMinutes(checkIn.from) }),
    }
  );
}

/**
 * The meeting of a person's, as host or invited, in that room: the one going on, else the next within 24 hours; also one whose room was
 * released, while its time lasts.
 */
export const meetingIn = (
  tx: Tx,
  person: number,
  room: string,
  now: Temporal.Instant,
): Promise<Meeting | undefined> =>
  ofPerson(tx, person, now)
    .selectAll('meeting')
    .where('meeting.place', '=', room)
    .where('meeting.state', 'in', ['planned', 'released'])
    .where('meeting.starts_at', '<=', now.add({ hours: 24 }))
    .orderBy('meeting.starts_at')
    .limit(1)
    .executeTakeFirst();

/** Meetings of a person's, as host or invited, that are planned, not over, and nobody has checked in to. */
const unattended = (tx: Tx, person: number, now: Temporal.Instant) =>
  ofPerson(tx, person, now)
    .select(['meeting.id', 'meeting.place', 'meeting.starts_at'])
    .where('meeting.state', '=', 'planned')
    .where('meeting.checked_in_at', 'is', null);

/** Meetings of a person's, as host or invited, whose time is not over. */
const ofPerson = (tx: Tx, person: number, now: Temporal.Instant) =>
  tx
    .selectFrom('meeting')
    .leftJoin('attendance', (join) =>
      join
        .onRef('attendance.meeting_id', '=', 'meeting.id')
        .on('attendance.person_id', '=', person),
    )
    .where('meeting.ends_at', '>', now)
    .where((each) =>
      each.or([each('meeting.host_id', '=', person), each('attendance.person_id', 'is not', null)]),
    );
