/** A room at its door: what its code leads to, and whether it is free at this moment. */
import type { Tx } from '../../../db/database.ts';
import type { Rules } from '../../settings/rules.ts';
import { MEETING_ROOM } from '../../settings/space-rules.ts';
import { instantAt } from '../../time/local.ts';
import { wallMinutes } from '../../time/spans.ts';
import {
  type Busy,
  busyTimes,
  isOpenFor,
  type Room,
  type Space,
  spacesOf,
  takenBy,
} from './rooms.ts';

/** Where the page of a room is, on our server. */
export const DOOR_PATH = '/room/';

/** What may be such a word at all. */
export const DOOR = /^[0-9a-f]{32}$/;

/** What a person says at the door. Each is a sentence for the chat, where it is asked who says it. */
export type DoorSentences = {
  readonly checkIn: string;
  readonly fault: string;
  readonly take: string;
};

export const doorSentences = (
  name: string,
  { rooms }: Rules,
  sort: string = MEETING_ROOM,
): DoorSentences => ({
  checkIn: `签到 ${name}`,
  fault: `${name}的设备坏了`,
  // A desk is taken for the rest of the day, a booth for an hour.
  take: sort === MEETING_ROOM ? `现在用${name}${wallMinutes(rooms.takeNow)}分钟` : `现在用${name}`,
});

/** What a scan gives: with a public address a page of ours; without one the sentence that is said most at a door. */
export const doorLink = (
  publicUrl: string | null,
  room: { readonly name: string; readonly door: string },
  rules: Rules,
): string =>
  publicUrl === null
    ? doorSentences(room.name, rules).checkIn
    : `${publicUrl}${DOOR_PATH}${room.door}`;

/** The room in use that a word in an address is of. */
export async function roomAtDoor(tx: Tx, rules: Rules, door: string): Promise<Space | undefined> {
  const row = await tx.selectFrom('room').select('id').where('door', '=', door).executeTakeFirst();
  return row && (await spacesOf(tx, rules, null)).find(({ id }) => id === row.id);
}

/** How a room stands, until when; null: for the rest of the day. */
export type Standing = {
  readonly standing: 'free' | 'taken' | 'closed';
  readonly until: Temporal.Instant | null;
};

/** How a room stands at `now`, and for how much longer of the day. */
export async function standingAt(
  tx: Tx,
  rules: Rules,
  room: Room,
  now: Temporal.Instant,
): Promise<Standing> {
  const ends = endOfDay(now, rules.timeZone);
  const busy = await busyTimes(tx, rules, { from: now.toString(), to: ends.toString() });
  return standingOf(room, busy, now, rules.timeZone);
}

const endOfDay = (now: Temporal.Instant, zone: string): Temporal.Instant =>
  now.toZonedDateTimeISO(zone).startOfDay().add({ days: 1 }).toInstant();

/** The same of what is known to be in its way for the rest of the day. A room is free as long as it could be booked. */
export function standingOf(
  room: Room,
  busy: readonly Busy[],
  now: Temporal.Instant,
  zone: string,
): Standing {
  const standing = standsAt(room, busy, now, zone);
  const until = changesOf(room, busy, now, zone)
    .filter((at) => Temporal.Instant.compare(at, now) > 0)
    .sort((one, other) => Temporal.Instant.compare(one, other))
    .find((at) => (standsAt(room, busy, at, zone) === 'free') !== (standing === 'free'));
  return { standing, until: until ?? null };
}

/** When it may come to stand otherwise today: as a booking or a closure begins or ends, as it opens or closes. */
function changesOf(
  room: Room,
  busy: readonly Busy[],
  now: Temporal.Instant,
  zone: string,
): readonly Temporal.Instant[] {
  const ends = endOfDay(now, zone);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const hours = room.open === null ? [] : [room.open.from, room.open.to];
  return [
    ...busy.filter((each) => each.room === room.id).flatMap(({ from, to }) => [from, to]),
    ...hours.map((time) => instantAt(today, time, zone)),
  ].filter((at) => Temporal.Instant.compare(at, ends) < 0);
}

function standsAt(
  room: Room,
  busy: readonly Busy[],
  at: Temporal.Instant,
  zone: string,
): Standing['standing'] {
  const minute = { from: at.toString(), to: at.add({ minutes: 1 }).toString() };
  if (!isOpenFor(room, minute, zone)) return 'closed';
  const taken = takenBy(room.id, minute, busy);
  if (!taken) return 'free';
  return taken.closed === undefined ? 'taken' : 'closed';
}
