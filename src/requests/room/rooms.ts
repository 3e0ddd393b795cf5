import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../../db/database.ts';
import type { BookingTable } from '../../../db/tables.ts';
import type { Rules } from '../../settings/rules.ts';
import { MEETING_ROOM } from '../../settings/space-rules.ts';
import { clockMinutes, type Hours } from '../../time/hours.ts';
import type { Period } from '../spoken-times.ts';

export type Room = {
  readonly id: number;
  readonly name: string;
  readonly floor: string;
  readonly capacity: number;
  readonly equipment: readonly string[];
  readonly needs_approval: boolean;
  readonly aliases: readonly string[];
  /** What of its equipment does not work now, in the words of the form. */
  readonly faulty: readonly string[];
  /** Minutes that it stays empty after each booking. */
  readonly buffer: number;
  /** When it may be used; null: at any hour. */
  readonly open: Hours | null;
};

/** What a meeting needs of a room. `equipment` in the words of the form. */
export type Needs = { readonly people: number; readonly equipment: readonly string[] };

/** Words of the form → words under which a room's equipment may be listed. What is not here (茶水, 录音, 同传) is brought along, not built in. */
const BUILT_IN: { readonly [wish: string]: readonly string[] } = {
  投影: ['投影'],
  视频: ['视频'],
  白板: ['白板'],
  电话: ['电话'],
  大屏: ['大屏', '电视'],
  麦克风: ['麦克风', '话筒', '音响'],
};

const has = (room: Pick<Room, 'equipment'>, wish: string): boolean =>
  !(wish in BUILT_IN) ||
  (BUILT_IN[wish] ?? []).some((name) => room.equipment.some((each) => each.includes(name)));

const works = (room: Room, wish: string): boolean => has(room, wish) && !room.faulty.includes(wish);

/** Whether rooms have it built in, so that another room may have it. */
export const isBuiltIn = (wish: string): boolean => wish in BUILT_IN;

/** What is built into a room, in the words of the form. */
export const builtIn = (room: Pick<Room, 'equipment'>): readonly string[] =>
  Object.keys(BUILT_IN).filter((wish) => has(room, wish));

/** Whether a room suits: enough seats, and everything built in that was asked for. */
export const fits = (room: Room, needs: Needs): boolean =>
  room.capacity >= needs.people && needs.equipment.every((wish) => works(room, wish));

/** What asked-for equipment a room has, but does not work. */
export const broken = (room: Room, needs: Needs): readonly string[] =>
  needs.equipment.filter((wish) => has(room, wish) && !works(room, wish));

/** What asked-for equipment a room lacks. */
export const lacks = (room: Room, needs: Needs): readonly string[] =>
  needs.equipment.filter((wish) => !has(room, wish));

/**
 * Rooms that suit, best first: the smallest, then those that need no approval, then the one with the least equipment that
 * nobody asked for.
 */
export const suitable = (rooms: readonly Room[], needs: Needs): readonly Room[] =>
  rooms
    .filter((room) => fits(room, needs))
    .sort(
      (a, b) =>
        a.capacity - b.capacity ||
        Number(a.needs_approval) - Number(b.needs_approval) ||
        a.equipment.length - b.equipment.length ||
        a.id - b.id,
    );

/** What is booked by the same means as a room: a room of a `sort`. `holder`: whose fixed desk it is, while they work here. */
export type Space = Room & { readonly sort: string; readonly holder: number | null };

/** Every meeting room in use, smallest first. Desks and booths are none. */
export const allRooms = (tx: Tx, rules: Rules): Promise<readonly Room[]> =>
  spacesOf(tx, rules, MEETING_ROOM);

/** The spaces in use of one sort, or of all. */
export async function spacesOf(
  tx: Tx,
  rules: Rules,
  sort: string | null,
): Promise<readonly Space[]> {
  const { rows } = await sql<SpaceRow>`
    select room.id, room.name, floor, capacity, room.equipment, needs_approval, aliases, coalesce(faults.equipment, '{}') as faulty,
      sort, person.id as holder
    from room left join (select room_id, array_agg(equipment order by equipment_fault.id) as equipment
      from equipment_fault join request on request.id = repair_id where closed_at is null group by room_id) faults on room_id = room.id
      left join person on person.id = room.holder_id and person.active
    where room.active and (${sort}::text is null or sort = ${sort}) order by capacity, room.id`.execute(
    tx,
  );
  return rows.map((room) => ({ ...room, ...ruleOf(room.name, rules) }));
}

type SpaceRow = Omit<Space, 'buffer' | 'open'>;

/** What the office's rules say of a room. */
export function ruleOf(name: string, { rooms }: Rules): Pick<Room, 'buffer' | 'open'> {
  const own = Object.hasOwn(rooms.perRoom, name) ? rooms.perRoom[name] : undefined;
  return {
    buffer: own?.buffer ?? rooms.buffer,
    open: own?.open === undefined ? rooms.open : own.open,
  };
}

/** Whether a room is open for the whole of a period; hours over midnight reach into the next day. */
export function isOpenFor({ open }: Pick<Room, 'open'>, period: Period, zone: string): boolean {
  if (open === null) return true;
  const from = Temporal.Instant.from(period.from).toZonedDateTimeISO(zone);
  const length = from.until(Temporal.Instant.from(period.to).toZonedDateTimeISO(zone), {
    largestUnit: 'minutes',
  }).minutes;
  const opens = clockMinutes(open.from);
  const closes = clockMinutes(open.to) + (clockMinutes(open.to) <= opens ? DAY : 0);
  const begins = from.hour * 60 + from.minute;
  const within = (at: number): boolean => at >= opens && at + length <= closes;
  return within(begins) || within(begins + DAY);
}

/** Minutes. */
const DAY = 24 * 60;

/** Times when a room cannot be had: `from` and `to` with what stays empty around a booking. */
export type Busy = {
  readonly room: number;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** It is nobody's: the room refused it. */
  readonly refused: boolean;
  /** Why the office closed it, or what for it is kept. */
  readonly closed?: string;
};

/**
 * The first of these rooms, in their order, that nobody has for any of a period and that is not closed. Room after room, each by the
 * index that keeps bookings apart: however many bookings there are, and only as far as needed. Bookings of the request `except` are in
 * nobody's way, unless the room refused them.
 */
export async function firstFree<R extends Pick<Room, 'id' | 'buffer'>>(
  tx: Tx,
  rooms: readonly R[],
  period: Period,
  except?: number,
): Promise<R | undefined> {
  for (let at = 0; at < rooms.length; at += LOOKED_AT) {
    const some = rooms.slice(at, at + LOOKED_AT);
    const id = await firstFreeOf(tx, some, period, except);
    if (id !== undefined) return some.find((room) => room.id === id);
  }
  return undefined;
}

/** So many rooms are asked about at once: mostly one of the first is free. */
const LOOKED_AT = 25;

async function firstFreeOf(
  tx: Tx,
  rooms: readonly Pick<Room, 'id' | 'buffer'>[],
  period: Period,
  except?: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select r.id from unnest(${rooms.map(({ id }) => id)}::bigint[], ${rooms.map(({ buffer }) => buffer)}::int[])
        with ordinality as r (id, buffer, place)
      left join lateral (select true as is_taken from booking b
        where b.room_id = r.id and b.state in ('held', 'booked')
          and tstzrange(b.starts_at, coalesce(b.blocked_until, b.ends_at))
            && tstzrange(${period.from}::timestamptz, ${period.to}::timestamptz + r.buffer * interval '1 minute')
          and (b.request_id is null or b.request_id is distinct from ${except ?? null}::bigint or b.refused is not null)
        limit 1) as taken on true
    where taken.is_taken is null and not exists (select from room_closure c
      where c.state = 'in-force' and r.id = any(c.rooms)
        and c.starts_at < ${period.to}::timestamptz and c.ends_at > ${period.from}::timestamptz)
    order by r.place limit 1`.execute(tx);
  return rows[0]?.id;
}

/**
 * Held and booked times that touch `period`, and closures; those of the request `except` are left out, unless the room refused them.
 */
export async function busyTimes(
  tx: Tx,
  rules: Rules,
  period: Period,
  except?: number,
): Promise<readonly Busy[]> {
  const from = Temporal.Instant.from(period.from);
  const to = Temporal.Instant.from(period.to);
  // What is empty around a booking at the edge counts, too.
  const widest = Math.max(
    rules.rooms.buffer,
    ...Object.values(rules.rooms.perRoom).map(({ buffer }) => buffer ?? 0),
  );
  // Room by room, so that the index that keeps bookings apart answers, however many bookings there are.
  const { rows } = await sql<BusyRow>`
    select b.room_id, b.request_id, b.starts_at, b.ends_at, b.blocked_until, b.refused, r.name
    from room r cross join lateral (select * from booking
      where room_id = r.id and state in ('held', 'booked')
        and tstzrange(starts_at, coalesce(blocked_until, ends_at))
          && tstzrange(${from.subtract({ minutes: widest })}, ${to.add({ minutes: widest })})
      offset 0) b`.execute(tx);
  const booked = rows
    .filter((row) => row.request_id !== (except ?? -1) || row.refused !== null)
    .map((row) => ({
      room: row.room_id,
      from: row.starts_at.subtract({ minutes: ruleOf(row.name, rules).buffer }),
      to: row.blocked_until ?? row.ends_at,
      refused: row.refused !== null,
    }));
  return [...booked, ...(await closedTimes(tx, from, to))];
}

type BusyRow = Pick<
  Selectable<BookingTable>,
  'room_id' | 'request_id' | 'starts_at' | 'ends_at' | 'blocked_until' | 'refused'
> & { readonly name: string };

/** Closures in force that touch a period, one entry a room. */
async function closedTimes(
  tx: Tx,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly Busy[]> {
  const rows = await tx
    .selectFrom('room_closure')
    .select(['rooms', 'starts_at', 'ends_at', 'reason'])
    .where('state', '=', 'in-force')
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .execute();
  return rows.flatMap((row) =>
    row.rooms.map((room) => ({
      room: Number(room),
      from: row.starts_at,
      to: row.ends_at,
      refused: false,
      closed: row.reason,
    })),
  );
}

/** Whether a room is free for the whole of a period; ends and beginnings may touch. */
const isFree = (room: number, period: Period, busy: readonly Busy[]): boolean =>
  takenBy(room, period, busy) === undefined;

/** Whether a room is open and free for the whole of a period. */
export const canHave = (room: Room, period: Period, busy: readonly Busy[], zone: string): boolean =>
  isOpenFor(room, period, zone) && isFree(room.id, period, busy);

/** What is in its way, if anything. */
export const takenBy = (room: number, period: Period, busy: readonly Busy[]): Busy | undefined =>
  busy.find(
    (each) =>
      each.room === room &&
      Temporal.Instant.compare(each.from, Temporal.Instant.from(period.to)) < 0 &&
      Temporal.Instant.compare(each.to, Temporal.Instant.from(period.from)) > 0,
  );
