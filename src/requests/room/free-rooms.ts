import type { Card } from '../../../cards/card.ts';
import { freeRoomsCard, type FreeRoomsModel } from '../../../cards/free-rooms.ts';
import { dayText, periodText } from '../../../cards/times.ts';
import type { Reading } from '../../language/meaning.ts';
import { instantAt } from '../../time/local.ts';
import { periodOf } from '../spoken-times.ts';
import type { Asking } from '../kind.ts';
import { allRooms, type Busy, busyTimes, canHave, type Room, suitable } from './rooms.ts';

/** 「今天哪些会议室有空」: for an hour that was named the rooms free then, otherwise each room's free times of that day. */
export async function freeRooms(reading: Reading, asking: Asking): Promise<Card> {
  const asked = periodOf(reading.slots, asking.now);
  const hourNamed = asked !== undefined && !asked.guessed;
  const day = dayOf(asked?.from, asking);
  const busy = await busyTimes(asking.tx, asking.rules, {
    from: day.from.toInstant().toString(),
    to: day.to.toInstant().toString(),
  });
  const people = reading.slots['people'];
  const needs = { people: typeof people === 'number' ? people : 1, equipment: [] };
  const zone = asking.now.timeZoneId;
  const rooms = suitable(await allRooms(asking.tx, asking.rules), needs);
  const free = rooms
    .map((room) => ({ ...room, free: hourNamed ? [] : freeTimes(room, busy, day) }))
    .filter((room) => (hourNamed ? canHave(room, asked, busy, zone) : room.free.length > 0));
  const when = hourNamed
    ? periodText(Temporal.Instant.from(asked.from), Temporal.Instant.from(asked.to), asking)
    : dayText(day.from.toPlainDate(), asking.now.toPlainDate());
  return freeRoomsCard({ when, hourNamed, rooms: free });
}

type Day = { readonly from: Temporal.ZonedDateTime; readonly to: Temporal.ZonedDateTime };

/** The office hours of the day asked about; of today, what is left of them. */
function dayOf(from: string | undefined, { now, rules }: Asking): Day {
  const day = from ? Temporal.Instant.from(from).toZonedDateTimeISO(now.timeZoneId) : now;
  const at = (time: string): Temporal.ZonedDateTime =>
    instantAt(day.toPlainDate(), time, now.timeZoneId).toZonedDateTimeISO(now.timeZoneId);
  const opens = at(rules.workingHours.hours[0]?.from ?? '09:00');
  const closes = at(rules.workingHours.hours.at(-1)?.to ?? '18:00');
  const begins =
    Temporal.ZonedDateTime.compare(now, opens) > 0 && isSameDay(now, day) ? now : opens;
  return Temporal.ZonedDateTime.compare(begins, closes) < 0
    ? { from: begins, to: closes }
    : { from: begins, to: begins.startOfDay().add({ days: 1 }) };
}

const isSameDay = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean =>
  a.toPlainDate().equals(b.toPlainDate());

type Free = FreeRoomsModel['rooms'][number]['free'][number];

/** Free stretches of at least half an hour: 09:00–10:30 and 13:00–18:00. */
function freeTimes(room: Room, busy: readonly Busy[], day: Day): readonly Free[] {
  const taken = busy
    .filter((each) => each.room === room.id)
    .map((each) => ({ from: inZone(each.from, day), to: inZone(each.to, day) }))
    .concat(shutTimes(room, day))
    .filter(({ from }) => Temporal.ZonedDateTime.compare(from, day.to) < 0)
    .sort((a, b) => Temporal.ZonedDateTime.compare(a.from, b.from));
  const free: Free[] = [];
  let cursor = day.from;
  for (const { from, to } of [...taken, { from: day.to, to: day.to }]) {
    if (cursor.until(from).total('minutes') >= 30)
      free.push({ from: clock(cursor), to: clock(from) });
    if (Temporal.ZonedDateTime.compare(to, cursor) > 0) cursor = to;
  }
  return free;
}

/** Before a room opens and after it closes; one that is open over midnight is told by its bookings alone. */
function shutTimes({ open }: Room, day: Day): readonly Day[] {
  if (open === null || open.to <= open.from) return [];
  const at = (time: string): Temporal.ZonedDateTime =>
    inZone(instantAt(day.from.toPlainDate(), time, day.from.timeZoneId), day);
  const midnight = day.from.startOfDay();
  return [
    { from: midnight, to: at(open.from) },
    { from: at(open.to), to: midnight.add({ days: 1 }) },
  ];
}

const inZone = (instant: Temporal.Instant, day: Day): Temporal.ZonedDateTime =>
  instant.toZonedDateTimeISO(day.from.timeZoneId);

const clock = (at: Temporal.ZonedDateTime): string =>
  at.toPlainTime().toString({ smallestUnit: 'minute' });
