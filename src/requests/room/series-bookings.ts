/** The bookings of a series: all of its dates at once, or none. */
import { sql } from 'kysely';
import { dayText } from '../../../cards/times.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import type { Occurrence } from './series.ts';

type Time = Pick<Occurrence, 'from' | 'to'>;

/** For each room the places of those periods in which it is taken. Bookings of the request `except` are in nobody's way, unless the room refused them. */
export async function takenIn(
  tx: Tx,
  rooms: readonly number[],
  periods: readonly Time[],
  except?: number,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const taken = new Map<number, Set<number>>(rooms.map((room) => [room, new Set()]));
  if (rooms.length === 0 || periods.length === 0) return taken;
  // Room by room and period by period, so that the index of the exclusion constraint answers, however many bookings there are.
  const { rows } = await sql<{ room: number; place: number }>`
    select r.room, p.place from unnest(${[...rooms]}::bigint[]) as r (room)
      cross join unnest(${periods.map(({ from }) => from)}::timestamptz[],
        ${periods.map(({ to }) => to)}::timestamptz[]) with ordinality as p (begins, ends, place)
    where exists (select from booking b where b.room_id = r.room and b.state in ('held', 'booked')
      and tstzrange(b.starts_at, b.ends_at) && tstzrange(p.begins, p.ends)
      and (b.request_id is distinct from ${except ?? null}::bigint or b.refused is not null))`.execute(
    tx,
  );
  for (const { room, place } of rows) taken.get(room)?.add(Number(place) - 1);
  return taken;
}

/**
 * Brings what a series holds in line with what it now shall hold. What has begun is never touched, what stays as it was keeps its row, the
 * rest is given back or held in one statement. Throws the Refusal `room.taken` when somebody was quicker on one date: then none is kept.
 */
export async function holdOccurrences(
  work: Work,
  request: number,
  occurrences: readonly Occurrence[],
  today: Temporal.PlainDate,
): Promise<void> {
  const ids = await roomIds(work, occurrences);
  const wanted = occurrences
    .filter(({ from }) => Temporal.Instant.compare(from, work.now) > 0)
    .map((each) => ({ ...each, room: ids.get(each.room) ?? 0 }));
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
  const held = await work.tx
    .insertInto('booking')
    .values(
      fresh.map(({ day, room, from, to }) => ({
        request_id: request,
        room_id: room,
        starts_at: from,
        ends_at: to,
        state: 'held' as const,
        day: Temporal.PlainDate.from(day),
      })),
    )
    .onConflict((at) => at.doNothing())
    .returning('day')
    .execute();
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
    .execute();
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  const gone = names.find((name) => !ids.has(name));
  if (gone !== undefined)
    throw new Refusal(
      'room.gone',
      words(`会议室「${gone}」已停用`, `Room “${gone}” is no longer in use`),
      words('请选其他会议室', 'Please choose another room'),
    );
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
