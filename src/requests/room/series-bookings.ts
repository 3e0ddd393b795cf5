/** The bookings of a series: all of its dates at once, or none. */
import { sql } from 'kysely';
import { dayText } from '../../../cards/times.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import type { Rules } from '../../settings/rules.ts';
import { gone as roomGone, shut } from './bookings.ts';
import { isOpenFor, type Room, ruleOf } from './rooms.ts';
import type { Occurrence } from './series.ts';

type Time = Pick<Occurrence, 'from' | 'to'>;

/**
 * For each room the places of those periods in which it is taken or closed. Bookings of the request `except` are in nobody's way, unless
 * the room refused them.
 */
export async function takenIn(
  tx: Tx,
  rooms: readonly Pick<Room, 'id' | 'buffer'>[],
  periods: readonly Time[],
  except?: number,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const taken = new Map<number, Set<number>>(rooms.map(({ id }) => [id, new Set()]));
  if (rooms.length === 0 || periods.length === 0) return taken;
  // Room by room and period by period, so that the index of the exclusion constraint answers, however many bookings there are.
  const { rows } = await sql<{ room: number; place: number }>`
    select r.room, p.place from unnest(${rooms.map(({ id }) => id)}::bigint[],
        ${rooms.map(({ buffer }) => buffer)}::int[]) as r (room, buffer)
      cross join unnest(${periods.map(({ from }) => from)}::timestamptz[],
        ${periods.map(({ to }) => to)}::timestamptz[]) with ordinality as p (begins, ends, place)
    where exists (select from booking b where b.room_id = r.room and b.state in ('held', 'booked')
      and tstzrange(b.starts_at, coalesce(b.blocked_until, b.ends_at)) && tstzrange(p.begins, p.ends + r.buffer * interval '1 minute')
      and (b.request_id is null or b.request_id is distinct from ${except ?? null}::bigint or b.refused is not null))
    or exists (select from room_closure c where c.state = 'in-force' and r.room = any(c.rooms)
      and c.starts_at < p.ends and c.ends_at > p.begins)`.execute(tx);
  for (const { room, place } of rows) taken.get(room)?.add(Number(place) - 1);
  return taken;
}

/**
 * Brings what a series holds in line with what it now shall hold. What has begun is never touched, what stays as it was keeps its row, the
 * rest is given back or taken in one statement, `as` held or booked. Throws the Refusal `room.taken` when somebody was quicker on one date: then none is kept.
 */
export async function holdOccurrences(
  work: Work,
  rules: Rules,
  request: number,
  occurrences: readonly Occurrence[],
  as: 'held' | 'booked' = 'held',
): Promise<void> {
  const today = work.now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
  const ids = await roomIds(work, occurrences);
  const wanted = occurrences
    .filter(({ from }) => Temporal.Instant.compare(from, work.now) > 0)
    .map((each) => ({ ...each, name: each.room, room: ids.get(each.room) ?? 0 }));
  const standing = await work.tx
    .selectFrom('booking')
    .select(['id', 'day', 'room_id', 'starts_at', 'ends_at', 'refused'])
    .where('request_id', '=', request)
    .where('state', 'in', ['held', 'booked'])
    .where('starts_at', '>', work.now)
    .execute();
  const stays = (row: (typeof standing)[number]): boolean =>
    row.refused === null &&
    wanted.some(
      (each) =>
        each.day === row.day?.toString() &&
        each.room === row.room_id &&
        each.from.equals(row.starts_at) &&
        each.to.equals(row.ends_at),
    );
  const [kept, gone] = [standing.filter(stays), standing.filter((row) => !stays(row))];
  if (gone.length > 0)
    await work.tx
      .updateTable('booking')
      .set({ state: 'released' })
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
  const fresh = wanted
    .filter(({ day }) => !kept.some((row) => row.day?.toString() === day))
    // Two series that want the same dates take them in the same order, so that neither waits for the other in a ring.
    .toSorted((a, b) => a.room - b.room || Temporal.Instant.compare(a.from, b.from));
  if (fresh.length === 0) return;
  refuseShut(rules, fresh);
  await refuseClosed(work, fresh, today);
  const { rows: held } = await sql<{ day: Temporal.PlainDate | null }>`
    insert into booking (request_id, state, day, room_id, starts_at, ends_at, blocked_until)
    select ${request}::bigint, ${as}::text, day, room, begins, ends, blocked
    from unnest(${fresh.map(({ day }) => day)}::date[], ${fresh.map(({ room }) => room)}::bigint[], ${fresh.map(({ from }) => from)}::timestamptz[],
      ${fresh.map(({ to }) => to)}::timestamptz[], ${fresh.map(({ name, to }) => blockedUntil(rules, name, to))}::timestamptz[])
      with ordinality as date (day, room, begins, ends, blocked, place)
    order by place on conflict do nothing returning day`.execute(work.tx);
  const had = new Set(held.map(({ day }) => day?.toString()));
  const missed = fresh
    .filter(({ day }) => !had.has(day))
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
  if (missed.length > 0)
    throw taken(
      missed.map(({ on }) => on),
      today,
    );
}

/** A room is not booked outside its hours. Throws the Refusal `room.shut`. */
function refuseShut(rules: Rules, dates: readonly (Time & { readonly name: string })[]): void {
  for (const { name, from, to } of dates) {
    const { open } = ruleOf(name, rules);
    if (!isOpenFor({ open }, { from: from.toString(), to: to.toString() }, rules.timeZone))
      throw shut(name, open);
  }
}

/** Nor while the office has closed it: like a date that somebody has just taken. */
async function refuseClosed(
  work: Work,
  dates: readonly (Time & { readonly room: number; readonly on: string })[],
  today: Temporal.PlainDate,
): Promise<void> {
  const closures = await work.tx
    .selectFrom('room_closure')
    .select(['rooms', 'starts_at', 'ends_at'])
    .where('state', '=', 'in-force')
    .where('ends_at', '>', work.now)
    .execute();
  const shutOn = dates.filter(({ room, from, to }) =>
    closures.some(
      (each) =>
        each.rooms.includes(room) &&
        Temporal.Instant.compare(each.starts_at, to) < 0 &&
        Temporal.Instant.compare(each.ends_at, from) > 0,
    ),
  );
  if (shutOn.length > 0)
    throw taken(
      shutOn.map(({ on }) => on),
      today,
    );
}

const blockedUntil = (
  rules: Rules,
  room: string,
  ends: Temporal.Instant,
): Temporal.Instant | null => {
  const { buffer } = ruleOf(room, rules);
  return buffer === 0 ? null : ends.add({ minutes: buffer });
};

/** The rooms by name, locked against being closed meanwhile. */
async function roomIds(
  work: Work,
  occurrences: readonly Occurrence[],
): Promise<ReadonlyMap<string, number>> {
  const names = [...new Set(occurrences.map(({ room }) => room))];
  const rows = await work.tx
    .selectFrom('room')
    .select(['id', 'name'])
    .where('name', 'in', names)
    .where('active', '=', true)
    .orderBy('id')
    .forShare()
    .execute();
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  const gone = names.find((name) => !ids.has(name));
  if (gone !== undefined) throw roomGone(gone);
  return ids;
}

/** More dates than this do not fit in a line. */
const MOST_TOLD = 4;

function taken(days: readonly string[], today: Temporal.PlainDate): Refusal {
  const told = days.slice(0, MOST_TOLD).map((day) => dayText(day, today));
  const more = days.length > MOST_TOLD;
  return new Refusal(
    'room.taken',
    words(
      `${told.map(({ zh }) => zh).join('、')}${more ? `等 ${days.length} 次` : ''}刚刚被别人订走了，一次都没有订`,
      `Somebody has just taken ${told.map(({ en }) => en).join(', ')}${more ? ` and ${days.length - MOST_TOLD} more` : ''}; nothing was booked`,
    ),
    words(
      '可以只给这几次换会议室，或跳过',
      'You may take another room for these dates, or leave them out',
    ),
  );
}

/** Gives back what lies ahead; what has begun was used, or has been released by itself. */
export async function releaseAhead(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'released' })
    .where('request_id', '=', request)
    .where('state', 'in', ['held', 'booked'])
    .where('starts_at', '>', work.now)
    .execute();
}
