import { instantAt } from '../../time/local.ts';
import type { Period } from '../spoken-times.ts';
import { type Busy, canHave, type Needs, type Room, suitable, fits } from './rooms.ts';

/** Another room at the same time, or the same room at another time. */
export type Alternative = { readonly room: Room; readonly period: Period };

/** Other times are looked for in steps of this many minutes. */
const STEP = 30;

/** When the office's day begins and ends, `HH:MM`. */
export type OpenHours = { readonly from: string; readonly to: string };

/**
 * The nearest `most` alternatives to a room that cannot be had: first other rooms at that time, the most alike first; but when a
 * certain room was wished for, one place is kept for that room at the nearest other time of the day. `busy` must cover the
 * whole day. Times before `now` are never offered. For what has begun, rooms that nobody has to approve come first.
 */
export function alternatives(
  wish: { readonly period: Period; readonly needs: Needs; readonly room: Room | undefined },
  rooms: readonly Room[],
  busy: readonly Busy[],
  day: { readonly now: Temporal.ZonedDateTime; readonly open: OpenHours },
  most = 3,
): readonly Alternative[] {
  const begun =
    Temporal.Instant.compare(Temporal.Instant.from(wish.period.from), day.now.toInstant()) <= 0;
  const otherRooms = alikeFirst(suitable(rooms, wish.needs), wish.room)
    .toSorted((a, b) => (begun ? Number(a.needs_approval) - Number(b.needs_approval) : 0))
    .filter(
      (room) => room.id !== wish.room?.id && canHave(room, wish.period, busy, day.now.timeZoneId),
    )
    .map((room) => ({ room, period: wish.period }));
  const sameRoom =
    wish.room && fits(wish.room, wish.needs)
      ? otherTimes(wish.period, wish.room, busy, day).map((period) => ({ room: wish.room, period }))
      : [];
  const elsewhere = sameRoom.flatMap(({ room, period }) => (room ? [{ room, period }] : []));
  const kept = Math.min(elsewhere.length, Math.max(1, most - otherRooms.length));
  const chosen = [...otherRooms.slice(0, most - kept), ...elsewhere.slice(0, kept)];
  return chosen.length > 0 ? chosen : anyRoomOtherTimes(wish, rooms, busy, day).slice(0, most);
}

/** Who wished for a certain room wants one like it: large enough first, then the nearest in size. */
export function alikeFirst(rooms: readonly Room[], wished: Room | undefined): readonly Room[] {
  if (!wished) return rooms;
  const unlike = (room: Room): number =>
    room.capacity >= wished.capacity
      ? room.capacity - wished.capacity
      : 1_000 + wished.capacity - room.capacity;
  return rooms.toSorted((a, b) => unlike(a) - unlike(b));
}

/** Nothing at that time at all and no room was wished for: any suitable room at the nearest other times. */
function anyRoomOtherTimes(
  wish: { readonly period: Period; readonly needs: Needs },
  rooms: readonly Room[],
  busy: readonly Busy[],
  day: { readonly now: Temporal.ZonedDateTime; readonly open: OpenHours },
): readonly Alternative[] {
  return suitable(rooms, wish.needs)
    .flatMap((room) =>
      otherTimes(wish.period, room, busy, day)
        .slice(0, 3)
        .map((period) => ({ room, period })),
    )
    .sort((a, b) => distance(a.period, wish.period) - distance(b.period, wish.period));
}

/** Free periods of the same length in that room on the same day, nearest first. */
function otherTimes(
  wish: Period,
  room: Room,
  busy: readonly Busy[],
  { now, open }: { readonly now: Temporal.ZonedDateTime; readonly open: OpenHours },
): readonly Period[] {
  const from = Temporal.Instant.from(wish.from);
  const length = from.until(Temporal.Instant.from(wish.to));
  const day = from.toZonedDateTimeISO(now.timeZoneId).toPlainDate();
  const closes = instantAt(day, open.to, now.timeZoneId);
  const found: Period[] = [];
  let begin = instantAt(day, open.from, now.timeZoneId);
  while (Temporal.Instant.compare(begin.add(length), closes) <= 0) {
    const period = { from: begin.toString(), to: begin.add(length).toString() };
    const past = Temporal.Instant.compare(begin, now.toInstant()) < 0;
    if (!past && canHave(room, period, busy, now.timeZoneId)) found.push(period);
    begin = begin.add({ minutes: STEP });
  }
  return found.sort((a, b) => distance(a, wish) - distance(b, wish));
}

/** How far two periods begin from each other, in milliseconds. */
const distance = (a: Period, b: Period): number =>
  Math.abs(
    Temporal.Instant.from(a.from).epochMilliseconds -
      Temporal.Instant.from(b.from).epochMilliseconds,
  );
