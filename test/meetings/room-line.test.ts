/** The waiting line for rooms, whatever happens in whatever order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offersIn, placeIn, type Wish } from '../../src/requests/room/line.ts';
import { type Busy, canHave, type Room, suitable } from '../../src/requests/room/rooms.ts';

const ZONE = 'Asia/Shanghai';
const DAY = Temporal.Instant.from('2026-03-04T00:00:00Z');
const at = (hour: number): Temporal.Instant => DAY.add({ hours: hour });

const room = (id: number, capacity: number, buffer: number): Room => ({
  id,
  name: `${id}`,
  floor: '3',
  capacity,
  equipment: [],
  needs_approval: false,
  aliases: [],
  faulty: [],
  buffer,
  open: null,
});

type Held = { readonly room: Room; readonly from: number; readonly to: number };
type Waiter = Wish & { readonly from: number; readonly to: number };

/** An office as the database keeps it: bookings of others, who waits, who was offered what. */
type Hall = { bookings: Held[]; line: Waiter[]; held: Map<number, Held> };

const busyOf = ({ bookings, held }: Hall): readonly Busy[] =>
  [...bookings, ...held.values()].map((each) => ({
    room: each.room.id,
    from: at(each.from).subtract({ minutes: each.room.buffer }),
    to: at(each.to).add({ minutes: each.room.buffer }),
    refused: false,
  }));

/** What `feedLine` does with what the pure line answers. */
function feed(hall: Hall, rooms: readonly Room[]): void {
  const waiting = hall.line.filter(({ id }) => !hall.held.has(id));
  const offers = offersIn(waiting, rooms, busyOf(hall), ZONE);
  for (const { wish } of offers)
    if (!waiting.some(({ id }) => id === wish)) throw new Error('offered to who does not wait');
  // Order kept: whoever got nothing could have had nothing when it was their turn, after those before them.
  for (const wish of waiting) {
    const offer = offers.find((each) => each.wish === wish.id);
    if (offer) hall.held.set(wish.id, { room: offer.room, from: wish.from, to: wish.to });
    else
      for (const each of rooms)
        expect(wants(wish, each) && canHave(each, wish.period, busyOf(hall), ZONE)).toBe(false);
  }
  // Everything that is free is offered while somebody fits.
  const busy = busyOf(hall);
  for (const wish of hall.line.filter(({ id }) => !hall.held.has(id)))
    for (const each of rooms)
      expect(wants(wish, each) && canHave(each, wish.period, busy, ZONE)).toBe(false);
}

const wants = (wish: Wish, each: Room): boolean =>
  wish.room === null ? suitable([each], wish.needs).length > 0 : wish.room === each.id;

/** Never two holders: no two of bookings and holds of one room overlap, nor come nearer than the room stays empty. */
function nobodyTwice({ bookings, held }: Hall): void {
  const all = [...bookings, ...held.values()];
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      if (one.room !== other.room) continue;
      const gap = { minutes: one.room.buffer };
      const apart =
        Temporal.Instant.compare(at(one.to).add(gap), at(other.from)) <= 0 ||
        Temporal.Instant.compare(at(other.to).add(gap), at(one.from)) <= 0;
      expect(apart).toBe(true);
    }
}

type Step =
  | {
      readonly does: 'join';
      readonly room: number | null;
      readonly people: number;
      readonly from: number;
      readonly hours: number;
    }
  | { readonly does: 'book'; readonly room: number; readonly from: number; readonly hours: number }
  | { readonly does: 'release' | 'leave' | 'take' | 'lapse'; readonly which: number };

const step = fc.oneof(
  fc.record({
    does: fc.constant('join' as const),
    room: fc.option(fc.nat(2)),
    people: fc.integer({ min: 1, max: 12 }),
    from: fc.nat(8),
    hours: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    does: fc.constant('book' as const),
    room: fc.nat(2),
    from: fc.nat(8),
    hours: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    does: fc.constantFrom('release' as const, 'leave' as const, 'take' as const, 'lapse' as const),
    which: fc.nat(20),
  }),
);

function carryOut(hall: Hall, rooms: readonly Room[], id: number, act: Step): void {
  const period = (from: number, hours: number) => ({
    from: at(from).toString(),
    to: at(from + hours).toString(),
  });
  switch (act.does) {
    case 'join': {
      const { from, hours, people } = act;
      const wish = {
        id,
        room: act.room,
        needs: { people, equipment: [] },
        period: period(from, hours),
      };
      hall.line.push({ ...wish, from, to: from + hours });
      break;
    }
    case 'book': {
      const wanted = rooms[act.room];
      if (wanted && canHave(wanted, period(act.from, act.hours), busyOf(hall), ZONE))
        hall.bookings.push({ room: wanted, from: act.from, to: act.from + act.hours });
      break;
    }
    case 'release':
      hall.bookings.splice(act.which % Math.max(1, hall.bookings.length), 1);
      break;
    case 'leave':
    case 'take':
    case 'lapse': {
      const offered = [...hall.held.keys()];
      const among = act.does === 'leave' ? hall.line.map((each) => each.id) : offered;
      const chosen = among[act.which % Math.max(1, among.length)];
      if (chosen === undefined) break;
      const held = hall.held.get(chosen);
      hall.held.delete(chosen);
      hall.line = hall.line.filter((each) => each.id !== chosen);
      if (act.does === 'take' && held) hall.bookings.push(held);
      break;
    }
    default:
      act satisfies never;
  }
}

test('order is kept, nobody holds what another has, what is free is offered, who left is not asked', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 12, maxLength: 40, size: 'max' }),
      fc.constantFrom(0, 15, 60),
      (steps, buffer) => {
        const rooms = [room(0, 4, buffer), room(1, 8, buffer), room(2, 12, 0)];
        const hall: Hall = { bookings: [], line: [], held: new Map() };
        const gone = new Set<number>();
        for (const [id, act] of steps.entries()) {
          const before = hall.line.map((each) => each.id);
          carryOut(hall, rooms, id, act);
          for (const each of before)
            if (!hall.line.some((wish) => wish.id === each)) gone.add(each);
          feed(hall, rooms);
          nobodyTwice(hall);
          for (const holder of hall.held.keys()) expect(gone.has(holder)).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the place counts those before who may take it', () => {
  const wish = (id: number, wanted: number | null, from: number): Wish => ({
    id,
    room: wanted,
    needs: { people: 1, equipment: [] },
    period: { from: at(from).toString(), to: at(from + 1).toString() },
  });
  const line = [wish(1, 0, 1), wish(2, 1, 1), wish(3, null, 1), wish(4, 0, 3), wish(5, 0, 1)];
  expect(line.map((each) => placeIn(line, each))).toEqual([1, 1, 3, 1, 3]);
});
