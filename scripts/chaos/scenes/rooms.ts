/**
 * Two hundred people want twenty rooms at the same few hours, change their minds, and programs are killed meanwhile: no two have one room,
 * and what they were told fits one order of events that respects the time in which they were told it.
 */
import { askers, ROOMS } from '../company.ts';
import { bookings } from '../checker/bookings.ts';
import { atOnce } from '../crowd.ts';
import { killing } from '../killing.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import { insists, takesBack } from '../wishes.ts';

const WISHES = { short: 24, usual: 400, long: 5_000 };
const KILLS = { short: 1, usual: 4, long: 10 };
const HOURS = [
  '上午9点到10点',
  '上午9点到11点',
  '上午10点到11点',
  '下午2点到4点',
  '下午3点到4点',
] as const;
/** Of those who have a room, so many give it back. */
const GIVE_BACK = 0.5;
const AT_ONCE = 8;

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
    const rooms = ROOMS.slice(0, size === 'short' ? 2 : ROOMS.length);
    // Everybody wishes again and again: what was given back is wanted by others.
    const people = askers.slice(0, Math.min(askers.length, Math.ceil(total / 3)));
    for (let from = 0; from < total; from += people.length) {
      const wanted = people.map(({ id }) => ({
        id,
        text: `3月${4 + Math.floor(from / people.length / 4)}日${by.oneOf(HOURS)}订${rooms[by.under(rooms.length)] ?? ''}`,
        gives: by.next() < GIVE_BACK,
      }));
      await world.sql(`update draft set state = 'cancelled' where state = 'open'`);
      await atOnce(AT_ONCE, wanted, async ({ id, text }) => void (await world.says(id, text)));
      await world.settle();
      await atOnce(AT_ONCE, wanted, async ({ id, gives }) => {
        kills.step();
        const told = await insists(world, id, 'submit', tapMs);
        if (told.startsWith('已提交') && gives && (await takesBack(world, id)))
          world.counts.add('given back');
        if (/死锁|deadlock|没有办成/.test(told)) broken.push(`${id} was told 「${told}」`);
      });
      await world.settle();
    }
    await kills.over();
    await world.settle();
    if (at(tapMs, 0.99) > onThisMachine(1_000))
      broken.push('one tap in a hundred took longer than 1 s');
    const [row] = await world.sql<{ booked: number; released: number }>(
      `select count(*) filter (where state = 'booked')::int as booked, count(*) filter (where state = 'released')::int as released from booking`,
    );
    return {
      figures: {
        'kills at step/program': kills.plan,
        wishes: total,
        booked: row?.booked ?? 0,
        'given back': row?.released ?? 0,
        'tap p99 ms': at(tapMs, 0.99),
      },
      broken: [...broken, ...(await bookings(world)), ...(await always(world))],
    };
  },
};
