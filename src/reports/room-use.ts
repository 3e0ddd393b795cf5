import { sql } from 'kysely';
import { MEETING_ROOM } from '../settings/space-rules.ts';
import type { Tx } from '../../db/database.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import { workingMinutesBetween } from '../time/working-time.ts';
import type { Period } from './period.ts';

/** A booking that was not given back; `used`: somebody checked in. */
export type Booked = { readonly room: string; readonly used: boolean } & Period;

/** A time when a room was closed for works or kept for something, so that nobody could book it. */
export type Closed = { readonly room: string } & Period;

/**
 * Minutes of a room while the office was open and the room was not closed: `open` in all, `booked`, and `used` of those, where somebody checked
 * in. `bookings` are those that begin in the period.
 */
export type RoomUse = {
  readonly room: string;
  readonly open: number;
  readonly booked: number;
  readonly used: number;
  readonly bookings: number;
};

/** Use of every room in the period, the most used first. What is booked at noon or at night is no use of opening hours. */
export function roomUse(
  rooms: readonly string[],
  booked: readonly Booked[],
  closed: readonly Closed[],
  period: Period,
  calendar: WorkingCalendar,
): readonly RoomUse[] {
  const bookedIn = Map.groupBy(booked, ({ room }) => room);
  const closedIn = Map.groupBy(closed, ({ room }) => room);
  const working = ({ from, to }: Period): number =>
    Temporal.Instant.compare(from, to) < 0 ? workingMinutesBetween(from, to, calendar) : 0;
  const whole = working(period);
  return rooms
    .map((room) => {
      const shut = merged(closedIn.get(room) ?? []);
      const minutes = (stretch: Period): number =>
        shut.reduce(
          (left, each) => left - working(common(stretch, each)),
          stretch === period ? whole : working(stretch),
        );
      const own = bookedIn.get(room) ?? [];
      const sum = (some: readonly Booked[]): number =>
        some.reduce((total, each) => total + minutes(common(each, period)), 0);
      return {
        room,
        open: minutes(period),
        booked: sum(own),
        used: sum(own.filter(({ used }) => used)),
        bookings: own.filter(({ from }) => Temporal.Instant.compare(from, period.from) >= 0).length,
      };
    })
    .toSorted((a, b) => b.booked - a.booked || a.room.localeCompare(b.room));
}

/** What two stretches share; ends before it begins where they share nothing. */
const common = (a: Period, b: Period): Period => ({
  from: later(a.from, b.from),
  to: earlier(a.to, b.to),
});

/** The same times without any of them twice. */
function merged(stretches: readonly Period[]): readonly Period[] {
  const all: Period[] = [];
  for (const each of stretches.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const last = all.at(-1);
    if (last && Temporal.Instant.compare(each.from, last.to) <= 0)
      all[all.length - 1] = { from: last.from, to: later(last.to, each.to) };
    else all.push({ from: each.from, to: each.to });
  }
  return all;
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? b : a;
const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;

/** Rooms in use by now, and their bookings that touch the period; what was given back is none. */
export async function readRoomUse(
  tx: Tx,
  period: Period,
  calendar: WorkingCalendar,
): Promise<readonly RoomUse[]> {
  const rooms = await tx
    .selectFrom('room')
    .select('name')
    .where('active', '=', true)
    .where('sort', '=', MEETING_ROOM)
    .execute();
  const booked = await tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .leftJoin('meeting', (join) =>
      join
        .onRef('meeting.request_id', '=', 'booking.request_id')
        .on(sql<boolean>`meeting.day is not distinct from booking.day`),
    )
    .select(['room.name as room', 'booking.starts_at as from', 'booking.ends_at as to'])
    .select((at) => at('meeting.checked_in_at', 'is not', null).as('used'))
    .where('booking.state', '=', 'booked')
    .where('room.sort', '=', MEETING_ROOM)
    .where('booking.starts_at', '<', period.to)
    .where('booking.ends_at', '>', period.from)
    .execute();
  return roomUse(
    rooms.map(({ name }) => name),
    booked.map((row) => ({ ...row, used: Boolean(row.used) })),
    await closedIn(tx, period),
    period,
    calendar,
  );
}

/** Closures that were in force, as far as they went: when one was reopened early is in the record. */
async function closedIn(tx: Tx, { from, to }: Period): Promise<readonly Closed[]> {
  const { rows } = await sql<{ room: string; from: Temporal.Instant; to: Temporal.Instant }>`
    select r.name as room, c.starts_at as from, c.ends_at as to
    from (select id, rooms, starts_at, case state when 'reopened' then least(ends_at, coalesce(
          (select max(a.at) from audit a where a.subject = 'closure:' || room_closure.id and a.act = 'room.reopened'),
          ends_at)) else ends_at end as ends_at
        from room_closure where state in ('in-force', 'over', 'reopened') and starts_at < ${to} and ends_at > ${from}) c
      join room r on r.id = any(c.rooms)
    where c.ends_at > c.starts_at`.execute(tx);
  return rows;
}
