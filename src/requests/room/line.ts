/**
 * 排队: the waiting line for rooms. First come, first served: whoever waits longest and fits what came free is offered it. Pure;
 * `meetings/sharing/waiting.ts` keeps the line in the database.
 */
import { type Busy, canHave, type Needs, type Room, suitable } from './rooms.ts';
import type { Period } from '../spoken-times.ts';

/** Somebody in line: for a certain room, or for any that suits. */
export type Wish = {
  readonly id: number;
  readonly room: number | null;
  readonly needs: Needs;
  readonly period: Period;
};

/** A room for whoever is first in line for it. */
export type LineOffer = { readonly wish: number; readonly room: Room };

/**
 * What can be offered now. `line` are those who wait, in their order, without whom is offered something already; `busy` is all that is
 * held or booked. Each gets the first room that suits, and what one gets is not there for the next.
 */
export function offersIn(
  line: readonly Wish[],
  rooms: readonly Room[],
  busy: readonly Busy[],
  zone: string,
): readonly LineOffer[] {
  const taken = [...busy];
  return line.flatMap((wish): readonly LineOffer[] => {
    const room = roomsFor(wish, rooms).find((each) => canHave(each, wish.period, taken, zone));
    if (!room) return [];
    const from = Temporal.Instant.from(wish.period.from).subtract({ minutes: room.buffer });
    const to = Temporal.Instant.from(wish.period.to).add({ minutes: room.buffer });
    taken.push({ room: room.id, from, to, refused: false });
    return [{ wish: wish.id, room }];
  });
}

/** The rooms that would do, best first. */
const roomsFor = ({ room, needs }: Wish, rooms: readonly Room[]): readonly Room[] =>
  room === null ? suitable(rooms, needs) : rooms.filter(({ id }) => id === room);

/** Whether two in line may be in each other's way: at one time, for one room or for any. */
const compete = (a: Wish, b: Wish): boolean =>
  (a.room === null || b.room === null || a.room === b.room) &&
  Temporal.Instant.compare(a.period.from, b.period.to) < 0 &&
  Temporal.Instant.compare(b.period.from, a.period.to) < 0;

/** How many stand before this one and may take what it waits for, plus one. `line` in its order, with whom is offered something. */
export const placeIn = (line: readonly Wish[], wish: Wish): number =>
  1 +
  line
    .slice(
      0,
      line.findIndex(({ id }) => id === wish.id),
    )
    .filter((each) => compete(each, wish)).length;
