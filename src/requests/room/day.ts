/** A day of the rooms, free and busy by half hours. Nobody's titles and names: only what is free, and what is the reader's own. */
import type { Card, StripCell } from '../../../cards/card.ts';
import { pageOf, type Wanted } from '../../../cards/pages.ts';
import { type ClockSpan, roomDayCard, ROOMS_A_PAGE } from '../../../cards/room-day.ts';
import { CELL_MINUTES } from '../../../cards/strip.ts';
import { dayText } from '../../../cards/times.ts';
import { sortName } from '../../../cards/vocabulary.ts';
import type { Rules } from '../../settings/rules.ts';
import { clockMinutes } from '../../time/hours.ts';
import { instantAt } from '../../time/local.ts';
import type { Asking } from '../kind.ts';
import { allRooms, type Busy, busyTimes, type Room, suitable } from './rooms.ts';
import { openSpaces } from './space/register.ts';

/** Which day of which rooms: one, or those of a floor that are large enough; without any of it all of them. */
export type DayAsked = Wanted & {
  readonly date: Temporal.PlainDate;
  readonly room?: number;
  readonly floor?: string;
  readonly people?: number;
  /** Other spaces than meeting rooms. */
  readonly sort?: string;
};

/** From one moment to another. */
type Stretch = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** Draws it for whoever asks, as it is now. */
export async function drawRoomDay(asked: DayAsked, asking: Asking): Promise<Card> {
  const { tx, rules, now } = asking;
  const { sort } = asked;
  const rooms = suitable(
    sort === undefined
      ? await allRooms(tx, rules)
      : await openSpaces(tx, rules, { sort, person: asking.person, day: asked.date.toString() }),
    { people: asked.people ?? 1, equipment: [] },
  ).filter(
    (room) =>
      (asked.room === undefined || room.id === asked.room) &&
      (asked.floor === undefined || room.floor === asked.floor),
  );
  const day = shownOf(rooms, asked.date, asking);
  const busy = Map.groupBy(
    await busyTimes(tx, rules, { from: day.from.toString(), to: day.to.toString() }),
    ({ room }) => room,
  );
  const own = Map.groupBy(await ownTimes(day, asking), ({ room }) => room);
  const all = rooms.map((room): RoomDay => {
    const taken = [...(busy.get(room.id) ?? []), ...shutTimes(room, asked.date, day, now)];
    return { room, taken, free: freeTimes(taken, later(day.from, now.toInstant()), day.to) };
  });
  const page = pageOf(asked, all.length, ROOMS_A_PAGE);
  const shown = all.slice(page.first, page.first + ROOMS_A_PAGE);
  const clocks = (stretches: readonly Stretch[]): readonly ClockSpan[] =>
    stretches.map((each) => clockSpan(within(each, day), now.timeZoneId));
  const today = now.toPlainDate();
  const ahead = today.until(asked.date, { largestUnit: 'days' }).days;
  return roomDayCard({
    day: dayText(asked.date, today),
    ...(sort === undefined ? {} : { sort: sortName(sort) }),
    from: minutesOf(day.from, asked.date, now.timeZoneId),
    rooms: shown.map(({ room, taken, free }) => {
      const mine = own.get(room.id) ?? [];
      return {
        ...room,
        cells: cellsOf(day, taken, mine, now.toInstant()),
        free: clocks(free),
        own: clocks(mine),
        closed: clocks(taken.filter((each) => 'closed' in each)),
        allDay: free.some(({ from, to }) => from.equals(day.from) && to.equals(day.to)),
      };
    }),
    page,
    withFree: all.filter(({ free }) => free.length > 0).length,
    bookable: ahead < 0 ? [] : bookable(shown, now, longestMinutes(sort, rules)),
    list: listOf(asked, asked.date),
    // What is past cannot be booked, so that nobody is led there.
    ...(ahead > 0 ? { before: listOf(asked, asked.date.subtract({ days: 1 })) } : {}),
    ...(ahead >= 0 && ahead < bookAheadDays(sort, rules)
      ? { after: listOf(asked, asked.date.add({ days: 1 })) }
      : {}),
  });
}

const bookAheadDays = (sort: string | undefined, { rooms, spaces }: Rules): number =>
  sort === undefined ? rooms.bookAheadDays : (spaces[sort]?.bookAheadDays ?? rooms.bookAheadDays);

/** What a button that books asks for at most: of a desk the whole day. */
const longestMinutes = (sort: string | undefined, { spaces }: Rules): number =>
  sort !== undefined && spaces[sort]?.by === 'day' ? DAY : LONGEST_MINUTES;

type RoomDay = {
  readonly room: Room;
  readonly taken: readonly (Stretch | Busy)[];
  /** Stretches of at least half an hour, from now on. */
  readonly free: readonly Stretch[];
};

/**
 * What of the day is drawn: from when the first of these rooms opens to when the last closes; rooms without hours of their own are taken to
 * open with the office. Late in the evening, what is left of the day.
 */
function shownOf(
  rooms: readonly Room[],
  date: Temporal.PlainDate,
  { now, rules }: Asking,
): Stretch {
  const usual = {
    from: rules.workingHours.hours[0]?.from ?? '09:00',
    to: rules.workingHours.hours.at(-1)?.to ?? '18:00',
  };
  const hours = rooms.map(({ open }) => (open && open.from < open.to ? open : usual));
  const from = Math.min(
    ...(hours.length > 0 ? hours : [usual]).map((each) => clockMinutes(each.from)),
  );
  const to = Math.max(...(hours.length > 0 ? hours : [usual]).map((each) => clockMinutes(each.to)));
  const at = (minutes: number): Temporal.Instant =>
    instantAt(date, clockOf(minutes), now.timeZoneId);
  const down = (minutes: number): number => minutes - (minutes % CELL_MINUTES);
  const up = (minutes: number): number => Math.min(DAY, down(minutes + CELL_MINUTES - 1));
  const evening = date.equals(now.toPlainDate()) && now.hour * 60 + now.minute >= to;
  return evening
    ? { from: at(down(now.hour * 60 + now.minute)), to: at(DAY) }
    : { from: at(down(from)), to: at(up(to)) };
}

/** Minutes. */
const DAY = 24 * 60;

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What the clocks show, in minutes after midnight. */
function minutesOf(at: Temporal.Instant, date: Temporal.PlainDate, zone: string): number {
  const local = at.toZonedDateTimeISO(zone);
  return local.toPlainDate().equals(date) ? local.hour * 60 + local.minute : DAY;
}

/** Before a room opens and after it closes; one that is open over midnight is told by its bookings alone. */
function shutTimes(
  { open }: Room,
  date: Temporal.PlainDate,
  day: Stretch,
  now: Temporal.ZonedDateTime,
): readonly Stretch[] {
  if (open === null || open.to <= open.from) return [];
  const at = (time: string): Temporal.Instant => instantAt(date, time, now.timeZoneId);
  return [
    { from: day.from, to: at(open.from) },
    { from: at(open.to), to: day.to },
  ].filter(({ from, to }) => Temporal.Instant.compare(from, to) < 0);
}

/** Free stretches of at least half an hour. */
function freeTimes(
  taken: readonly Stretch[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): readonly Stretch[] {
  const sorted = taken.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
  const free: Stretch[] = [];
  let cursor = from;
  for (const each of [...sorted, { from: to, to }]) {
    const until = earlier(each.from, to);
    if (cursor.until(until).total('minutes') >= CELL_MINUTES)
      free.push({ from: cursor, to: until });
    cursor = later(cursor, each.to);
  }
  return free;
}

/** A cell is taken when any of it is: a room that is free for ten minutes is not free for a meeting. */
function cellsOf(
  day: Stretch,
  taken: readonly Stretch[],
  own: readonly Stretch[],
  now: Temporal.Instant,
): readonly StripCell[] {
  const cells: StripCell[] = [];
  for (let from = day.from; Temporal.Instant.compare(from, day.to) < 0;) {
    const to = from.add({ minutes: CELL_MINUTES });
    const touches = (each: Stretch): boolean =>
      Temporal.Instant.compare(each.from, to) < 0 && Temporal.Instant.compare(each.to, from) > 0;
    if (own.some(touches)) cells.push('mine');
    else if (taken.some(touches)) cells.push('taken');
    else cells.push(Temporal.Instant.compare(to, now) <= 0 ? 'past' : 'free');
    from = to;
  }
  return cells;
}

/** What the person who asks has booked or asked for on that day, in the order of time. */
async function ownTimes(
  day: Stretch,
  { tx, person }: Asking,
): Promise<readonly (Stretch & { readonly room: number })[]> {
  return tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select(['booking.room_id as room', 'booking.starts_at as from', 'booking.ends_at as to'])
    .where('request.requester_id', '=', person)
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '<', day.to)
    .where('booking.ends_at', '>', day.from)
    .orderBy('booking.starts_at')
    .execute();
}

/** Most buttons that book, and the longest that they ask for. */
const MOST_BOOKABLE = 2;
const LONGEST_MINUTES = 60;

/** The soonest free stretches, in different rooms: from the next half hour on, an hour where there is one. */
function bookable(
  days: readonly RoomDay[],
  now: Temporal.ZonedDateTime,
  longest: number,
): Parameters<typeof roomDayCard>[0]['bookable'] {
  return days
    .flatMap(({ room, free }) => {
      const [soonest] = free.flatMap(({ from, to }): readonly Stretch[] => {
        const begins = nextHalf(from, now.timeZoneId);
        const ends = earlier(to, begins.add({ minutes: longest }));
        return begins.until(ends).total('minutes') >= CELL_MINUTES
          ? [{ from: begins, to: ends }]
          : [];
      });
      return soonest ? [{ room, ...soonest }] : [];
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))
    .slice(0, MOST_BOOKABLE)
    .map(({ room, from, to }) => ({
      room: room.name,
      span: clockSpan({ from, to }, now.timeZoneId),
      key: `${room.id}/${from.epochMilliseconds / MINUTE_MS}/${to.epochMilliseconds / MINUTE_MS}`,
    }));
}

const MINUTE_MS = 60_000;

/** The next full or half hour, or this moment when it is one. */
function nextHalf(at: Temporal.Instant, zone: string): Temporal.Instant {
  return at
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: 'minute', roundingIncrement: CELL_MINUTES, roundingMode: 'ceil' })
    .toInstant();
}

/** What a button that books carries: the form of its draft; undefined when it is none of ours. Whether it can be had is asked there. */
export async function bookedByKey(
  { tx }: Pick<Asking, 'tx'>,
  key: string,
): Promise<
  | {
      readonly room: string;
      readonly sort: string;
      readonly when: { readonly from: string; readonly to: string };
    }
  | undefined
> {
  const [, id, from, to] = /^(\d{1,12})\/(\d{1,9})\/(\d{1,9})$/.exec(key) ?? [];
  if (id === undefined || Number(from) >= Number(to)) return undefined;
  const room = await tx
    .selectFrom('room')
    .select(['name', 'sort'])
    .where('id', '=', Number(id))
    .where('active', '=', true)
    .executeTakeFirst();
  const moment = (minutes: string | undefined): string =>
    Temporal.Instant.fromEpochMilliseconds(Number(minutes) * MINUTE_MS).toString();
  return room && { room: room.name, sort: room.sort, when: { from: moment(from), to: moment(to) } };
}

/** How a list of them is named in buttons: `room-day:2026-03-04:r12`, `room-day:2026-03-04:f3,p10`, `…:f3,s工位`. */
const listOf = ({ room, floor, people, sort }: DayAsked, date: Temporal.PlainDate): string => {
  const narrowed =
    room === undefined
      ? [
          ...(floor === undefined ? [] : [`f${floor.slice(0, 8)}`]),
          ...(people === undefined ? [] : [`p${people}`]),
          ...(sort === undefined ? [] : [`s${sort}`]),
        ]
      : [`r${room}`];
  return `${ROOM_DAY}:${date.toString()}:${narrowed.join(',')}`;
};

/** The list's name, before its first colon. */
export const ROOM_DAY = 'room-day';

/** The same read back; undefined when it is none of ours. */
export function dayListed(
  date: string,
  narrowed: string,
): Omit<DayAsked, 'first' | 'seen'> | undefined {
  const parts =
    /^(?:r(\d{1,12})|(?:f([\w.-]{1,8}))?,?(?:p(\d{1,4}))?,?(?:s([\p{L}\p{N}]{1,10}))?)$/u.exec(
      narrowed,
    );
  if (!parts || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const [, room, floor, people, sort] = parts;
  try {
    return {
      date: Temporal.PlainDate.from(date),
      ...(room === undefined ? {} : { room: Number(room) }),
      ...(floor === undefined ? {} : { floor }),
      ...(people === undefined ? {} : { people: Number(people) }),
      ...(sort === undefined ? {} : { sort }),
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;
const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? b : a;

const within = ({ from, to }: Stretch, day: Stretch): Stretch => ({
  from: later(from, day.from),
  to: earlier(to, day.to),
});

/** Clock times; the end of a day is 24:00. */
function clockSpan({ from, to }: Stretch, zone: string): ClockSpan {
  const clock = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
  const end = clock(to);
  return { from: clock(from), to: end === '00:00' ? '24:00' : end };
}
