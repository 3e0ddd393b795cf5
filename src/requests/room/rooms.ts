import type { Tx } from '../../../db/database.ts';
import type { Rules } from '../../settings/rules.ts';
import { clockMinutes, type Hours } from '../../time/hours.ts';
import type { Period } from '../spoken-times.ts';
import { openFaults } from './faults.ts';

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

/** Every room in use, smallest first. */
export async function allRooms(tx: Tx, rules: Rules): Promise<readonly Room[]> {
  const rooms = await tx
    .selectFrom('room')
    .select(['id', 'name', 'floor', 'capacity', 'equipment', 'needs_approval', 'aliases'])
    .where('active', '=', true)
    .orderBy('capacity')
    .orderBy('id')
    .execute();
  const faults = Map.groupBy(await openFaults(tx), ({ room_id }) => room_id);
  return rooms.map((room) => ({
    ...room,
    ...ruleOf(room.name, rules),
    faulty: (faults.get(room.id) ?? []).map(({ equipment }) => equipment),
  }));
}

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

/** Longest a booking can be: a bound that lets the index on the beginning find all that reach into a period. */
const LONGEST = { hours: 24 * 31 };

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
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.room_id', 'booking.request_id', 'booking.starts_at', 'booking.ends_at'])
    .select(['booking.blocked_until', 'booking.refused', 'room.name'])
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '<', to.add({ minutes: widest }))
    .where('booking.starts_at', '>', from.subtract(LONGEST))
    .where('booking.ends_at', '>', from.subtract({ minutes: widest }))
    .execute();
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
