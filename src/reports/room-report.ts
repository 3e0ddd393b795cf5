/** How rooms were used in a month, who did not come, and what was called off late: for the office. */
import { sql } from 'kysely';
import type { Card } from '../../cards/card.ts';
import { hoursOf } from '../../cards/monthly-report.ts';
import { percentOf } from '../../cards/percent.ts';
import { roomUseCard } from '../../cards/room-use.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById, type Person } from '../directory/people.ts';
import type { ExportColumn, ExportRow } from '../exports/table.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { releasedNoShows } from './meetings.ts';
import { monthPeriod, passed, type Period } from './period.ts';
import { readRoomUse, type RoomUse } from './room-use.ts';

/** A room's month: its use, how often it was released because nobody came, and how often it was called off late. */
export type RoomLine = RoomUse & { readonly noShows: number; readonly lateCancels: number };

/** A host's month: how often nobody came to what they had booked, and of how many bookings; `odd`: more often than the rules bear. */
export type HostLine = {
  readonly person: number;
  readonly who: string;
  readonly noShows: number;
  readonly lateCancels: number;
  readonly bookings: number;
  readonly odd: boolean;
};

export type RoomReport = {
  readonly month: Temporal.PlainYearMonth;
  /** The month is not over: what is known by now. */
  readonly soFar: boolean;
  /** Whether people check in at all; if not, nobody knows what was used. */
  readonly checksIn: boolean;
  /** Those where it was out of the ordinary first, then by use. */
  readonly rooms: readonly RoomLine[];
  /** Only those who did not come or called off late, the most often first. */
  readonly hosts: readonly HostLine[];
};

/** The month as it is known at `now`. */
async function roomReport(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<RoomReport> {
  const whole = monthPeriod(month, rules.timeZone);
  const period = passed(whole, now);
  const use = await readRoomUse(tx, period, calendarOf(rules));
  const missed = await releasedNoShows(tx, period);
  const late = await lateCancels(tx, period, rules.rooms.use.lateCancel);
  const count = <T>(all: readonly T[], is: (each: T) => boolean): number => all.filter(is).length;
  const rooms = use.map((each) => ({
    ...each,
    noShows: count(missed, ({ room }) => room === each.room),
    lateCancels: count(late, ({ room }) => room === each.room),
  }));
  const hosts = new Set([...missed, ...late].map(({ person }) => person));
  const people = await peopleById(tx, [...hosts]);
  const held = await bookingsBy(tx, period, [...hosts]);
  const lines = [...hosts].map((person): HostLine => {
    const noShows = count(missed, (each) => each.person === person);
    const found = people.get(person);
    return {
      person,
      who: found ? whoOf(found) : '',
      noShows,
      lateCancels: count(late, (each) => each.person === person),
      bookings: (held.get(person) ?? 0) + noShows,
      odd: noShows >= rules.rooms.use.noShows,
    };
  });
  return {
    month,
    soFar: Temporal.Instant.compare(now, whole.to) < 0,
    checksIn: rules.rooms.checkIn !== null,
    rooms: rooms.toSorted(
      (a, b) => b.noShows - a.noShows || b.lateCancels - a.lateCancels || b.booked - a.booked,
    ),
    hosts: lines.toSorted(
      (a, b) =>
        b.noShows - a.noShows || b.lateCancels - a.lateCancels || a.who.localeCompare(b.who),
    ),
  };
}

/** With the department, since two may have one name. */
const whoOf = ({ name, department }: Person): string =>
  department === null ? name : `${name}（${department}）`;

/** Bookings of these people that begin in the period and stand, by person. */
async function bookingsBy(
  tx: Tx,
  { from, to }: Period,
  people: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (people.length === 0) return new Map();
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select((at) => ['request.requester_id as person', at.fn.countAll<number>().as('count')])
    .where('request.requester_id', 'in', people)
    .where('request.kind', '=', 'room')
    .where('booking.state', '=', 'booked')
    .where('booking.starts_at', '>=', from)
    .where('booking.starts_at', '<', to)
    .groupBy('request.requester_id')
    .execute();
  return new Map(rows.map(({ person, count }) => [person, count]));
}

type LateCancel = { readonly room: string; readonly person: number };

/**
 * Bookings that begin in the period and were called off later than so many minutes before: with their whole request (its end is when), or a
 * date of a series by itself (when is in the record). One that was moved was not called off: only where it stood last counts.
 */
async function lateCancels(
  tx: Tx,
  { from, to }: Period,
  minutes: number,
): Promise<readonly LateCancel[]> {
  const { rows } = await sql<LateCancel>`
    with last as (
      select distinct on (b.request_id, b.day) b.*, q.requester_id, q.state as outcome, q.closed_at
      from booking b join request q on q.id = b.request_id
      where b.starts_at >= ${from.subtract({ hours: 24 * 366 })} and q.kind = 'room'
      order by b.request_id, b.day, b.id desc)
    select r.name as room, l.requester_id as person
    from last l join room r on r.id = l.room_id
      cross join lateral (select case
        when l.outcome = 'cancelled' then l.closed_at
        when l.day is not null then (select max(a.at) from audit a
          where a.act = 'series.dates-dropped' and a.subject = 'request:' || l.request_id
            and a.at > l.starts_at - ${minutes} * interval '1 minute' and a.at < l.ends_at
            and a.after->'days' ? l.day::text) end as at) off
    where l.state = 'released' and l.starts_at >= ${from} and l.starts_at < ${to}
      and off.at > l.starts_at - ${minutes} * interval '1 minute' and off.at < l.ends_at`.execute(
    tx,
  );
  return rows;
}

/** The month on a card. */
export async function drawRoomReport(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<Card> {
  const report = await roomReport(tx, rules, month, now);
  return roomUseCard({
    ...report,
    month: words(`${month.year}年${month.month}月`, month.toString()),
    lateCancel: rules.rooms.use.lateCancel,
    command: `npm run office -- export room-use ${month.toString()} --format xlsx --out ${month.toString()}.xlsx`,
  });
}

const COLUMNS = [
  '月份',
  '类别',
  '名称',
  '可订小时',
  '订出小时',
  '使用率%',
  '签到小时',
  '签到率%',
  '预订',
  '无人到场释放',
  '临时取消',
] as const;

/** The month as a table: a line a room, then a line for each host who did not come or called off late. */
export async function roomUseTable(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<{ readonly columns: readonly ExportColumn[]; readonly rows: readonly ExportRow[] }> {
  const { rooms, hosts, checksIn } = await roomReport(tx, rules, month, now);
  const of = month.toString();
  const rows: readonly ExportRow[] = [
    ...rooms.map((each) => ({
      月份: of,
      类别: '会议室',
      名称: each.room,
      可订小时: hoursOf(each.open),
      订出小时: hoursOf(each.booked),
      '使用率%': percentOf({ of: each.booked, counted: each.open }) ?? null,
      签到小时: checksIn ? hoursOf(each.used) : null,
      '签到率%': checksIn ? (percentOf({ of: each.used, counted: each.booked }) ?? null) : null,
      预订: each.bookings,
      无人到场释放: each.noShows,
      临时取消: each.lateCancels,
    })),
    ...hosts.map((each) => ({
      月份: of,
      类别: '主持人',
      名称: each.who,
      预订: each.bookings,
      无人到场释放: each.noShows,
      临时取消: each.lateCancels,
    })),
  ];
  return { columns: COLUMNS.map((title) => ({ key: title, title })), rows };
}
