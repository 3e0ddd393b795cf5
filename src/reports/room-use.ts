import type { Tx } from '../../db/database.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import { workingMinutesBetween } from '../time/working-time.ts';
import type { Period } from './period.ts';

export type Booked = { readonly room: string } & Period;

/** Minutes of a room booked while the office was open, and minutes the office was open. */
export type RoomUse = {
  readonly room: string;
  readonly booked: number;
  readonly open: number;
};

/** Use of every room in the period, the most used first. What is booked at noon or at night is no use of opening hours. */
export function roomUse(
  rooms: readonly string[],
  booked: readonly Booked[],
  period: Period,
  calendar: WorkingCalendar,
): readonly RoomUse[] {
  const open = workingMinutesBetween(period.from, period.to, calendar);
  const minutes = ({ from, to }: Booked): number => {
    const begins = later(from, period.from);
    const ends = earlier(to, period.to);
    return Temporal.Instant.compare(begins, ends) < 0
      ? workingMinutesBetween(begins, ends, calendar)
      : 0;
  };
  return rooms
    .map((room) => ({
      room,
      open,
      booked: booked
        .filter((each) => each.room === room)
        .reduce((sum, each) => sum + minutes(each), 0),
    }))
    .toSorted((a, b) => b.booked - a.booked || a.room.localeCompare(b.room));
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
  const rooms = await tx.selectFrom('room').select('name').where('active', '=', true).execute();
  const booked = await tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name as room', 'booking.starts_at as from', 'booking.ends_at as to'])
    .where('booking.state', '=', 'booked')
    .where('booking.starts_at', '<', period.to)
    .where('booking.ends_at', '>', period.from)
    .execute();
  return roomUse(
    rooms.map(({ name }) => name),
    booked,
    period,
    calendar,
  );
}
