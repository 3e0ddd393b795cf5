/**
 * Two hundred people want twenty rooms at the same few hours, change their minds, and programs are killed meanwhile: no two have one room,
 * and what they were told fits one order of events that respects the time in which they were told it.
 */
import { askers, ROOMS } from '../company.ts';
import { bookings } from '../checker/bookings.ts';
import { atOnce } from '../crowd.ts';
import { killing } from '../killing.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import { isNotTaken } from '../wishes.ts';
import { newestWith } from '../../bench/day/people.ts';
import type { World } from '../world.ts';

const WISHES = { short: 50, usual: 400, long: 5_000 };
const KILLS = { short: 1, usual: 4, long: 10 };
const HOURS = [9, 10, 14, 15, 16] as const;
/** Of those who have a room, so many give it back. */
const GIVE_BACK = 0.3;
const AT_ONCE = 12;

export const scene: Scene = {
  name: 'rooms',
  promises: ['P16', 'P18'],
  faults: ['kill -9', 'taken by another', 'given back', 'room booked again after that'],
  async play(world) {
    const { size, by } = world;
    const total = WISHES[size];
    const kills = killing(world, KILLS[size], total);
    const tapMs: number[] = [];
    const broken: string[] = [];
    const rooms = ROOMS.slice(0, size === 'short' ? 3 : ROOMS.length);
    for (let from = 0; from < total; from += askers.length) {
      const people = askers.slice(0, Math.min(askers.length, total - from));
      const wanted = people.map(({ id }) => ({
        id,
        text: `3月${4 + Math.floor(from / askers.length / 2)}日${by.oneOf(HOURS)}点到${17 + by.under(2)}点订${rooms[by.under(rooms.length)] ?? ''}`,
        gives: by.next() < GIVE_BACK,
      }));
      await world.sql(`update draft set state = 'cancelled' where state = 'open'`);
      await atOnce(AT_ONCE, wanted, async ({ id, text }) => void (await world.says(id, text)));
      await world.settle();
      await atOnce(AT_ONCE, wanted, async ({ id, gives }) => {
        kills.step();
        const told = await insists(world, id, 'submit', tapMs);
        if (told.includes('已提交') && gives) await givesBack(world, id, tapMs);
        if (/死锁|deadlock|没有办成/.test(told)) broken.push(`${id} was told 「${told}」`);
      });
      await world.settle();
    }
    await kills.over();
    await world.settle();
    if (at(tapMs, 0.99) > onThisMachine(1_000)) broken.push('one tap in a hundred took longer than 1 s');
    const [row] = await world.sql<{ booked: number; released: number }>(
      `select count(*) filter (where state = 'booked')::int as booked, count(*) filter (where state = 'released')::int as released from booking`,
    );
    return {
      figures: { wishes: total, booked: row?.booked ?? 0, 'given back': row?.released ?? 0, 'tap p99 ms': at(tapMs, 0.99) },
      broken: [...broken, ...(await bookings(world)), ...(await always(world))],
    };
  },
};

/** Taps until there is an answer that says what came of it. */
async function insists(world: World, person: string, act: string, tapMs: number[]): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const card = newestWith(world.feishu, person, act);
    if (!card) return 'no card';
    const tapped = await world.taps(person, card.message, card.value, act);
    if (!isNotTaken(tapped)) {
      tapMs.push(tapped.ms);
      return tapped.toast?.content ?? '';
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return 'never answered';
}

async function givesBack(world: World, person: string, tapMs: number[]): Promise<void> {
  for (const act of ['cancel', 'withdraw'])
    if (newestWith(world.feishu, person, act)) {
      const told = await insists(world, person, act, tapMs);
      if (told !== 'no card') world.counts.add('given back');
      return;
    }
}
