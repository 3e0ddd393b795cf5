/** How a room stands at a moment, by what is in its way: bookings with their pauses, closures, opening hours. */
import { describe, expect, test } from 'vitest';
import { standingOf } from '../../src/requests/room/door.ts';
import type { Busy, Room } from '../../src/requests/room/rooms.ts';

const at = (clock: string): Temporal.Instant => Temporal.Instant.from(`2026-03-03T${clock}+08:00`);
const taken = (from: string, to: string, closed?: string): Busy => ({
  room: 1,
  from: at(from),
  to: at(to),
  refused: false,
  ...(closed === undefined ? {} : { closed }),
});
const room: Room = {
  id: 1,
  name: '珠峰',
  floor: '3',
  capacity: 10,
  equipment: [],
  needs_approval: false,
  aliases: [],
  faulty: [],
  buffer: 0,
  open: null,
};

const told = (clock: string, busy: readonly Busy[], open: Room['open'] = null) => {
  const { standing, until } = standingOf({ ...room, open }, busy, at(clock), 'Asia/Shanghai');
  const local = until?.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString().slice(0, 5);
  return [standing, local ?? 'for today'];
};

describe('how a room stands', () => {
  test('with nothing in its way it is free for the day; another room’s bookings are not its own', () => {
    expect(told('10:00', [])).toEqual(['free', 'for today']);
    expect(told('10:00', [{ ...taken('10:00', '11:00'), room: 2 }])).toEqual(['free', 'for today']);
  });

  test('free until the next booking, taken until the last of those that follow one another', () => {
    const busy = [taken('11:00', '12:00'), taken('12:00', '13:00'), taken('14:00', '15:00')];
    expect(told('10:00', busy)).toEqual(['free', '11:00']);
    expect(told('11:30', busy)).toEqual(['taken', '13:00']);
    expect(told('13:00', busy)).toEqual(['free', '14:00']);
    expect(told('15:00', busy)).toEqual(['free', 'for today']);
  });

  test('closed stays closed through what follows at once', () => {
    const busy = [taken('09:00', '12:00', '装修'), taken('12:00', '12:30')];
    expect(told('10:00', busy)).toEqual(['closed', '12:30']);
  });

  test('it opens and closes', () => {
    const open = { from: '08:00', to: '20:00' } as const;
    expect(told('07:00', [], open)).toEqual(['closed', '08:00']);
    expect(told('10:00', [], open)).toEqual(['free', '20:00']);
    expect(told('21:00', [], open)).toEqual(['closed', 'for today']);
    expect(told('19:00', [taken('19:00', '20:00')], open)).toEqual(['taken', 'for today']);
  });

  test('booked until after midnight is booked for the day', () => {
    const night = { ...taken('22:00', '23:00'), to: at('23:00').add({ hours: 3 }) };
    expect(told('22:30', [night])).toEqual(['taken', 'for today']);
  });
});
