/**
 * Every event comes three times, in any order, to two programs, over the seven hours in which the platform repeats; programs are
 * killed in between.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../../test/feishu-platform/ids.ts';
import { shuffled } from '../../../test/feishu-platform/push.ts';
import { askers } from '../company.ts';
import { atOnce } from '../crowd.ts';
import { killing } from '../killing.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import type { World } from '../world.ts';

const EVENTS = { short: 40, usual: 800, long: 10_000 };
const KILLS = { short: 2, usual: 6, long: 20 };
/** From the first time to the last that the platform comes with an event. */
const LADDER = { hours: 7, minutes: 10 };
/** Events on their way at once. */
const AT_ONCE = 12;

/** One push of an event; what was answered when it was taken, undefined when the platform has to come again. */
type Push = () => Promise<string | undefined>;

export const scene: Scene = {
  name: 'repeats',
  promises: ['P1', 'P18'],
  faults: ['second copy of an event', 'copy after seven hours', 'kill -9'],
  async play(world) {
    const { size, clock, counts } = world;
    const half = EVENTS[size] / 2;
    const kills = killing(world, KILLS[size], EVENTS[size] * 2);
    const broken: string[] = [];
    const answers = new Map<Push, string>();
    const push = async (event: Push): Promise<void> => {
      for (let tries = 0; tries < 100; tries++) {
        kills.step();
        const answer = await event();
        if (answer === undefined) {
          await pause(100);
          continue;
        }
        const before = answers.get(event);
        if (before !== undefined && before !== answer)
          broken.push(`two answers to one event: ${before} and ${answer}`);
        answers.set(event, answer);
        return;
      }
      broken.push('an event was never taken');
    };
    const twice = async (events: readonly Push[]): Promise<void> => {
      counts.add('second copy of an event', events.length);
      await atOnce(AT_ONCE, shuffled([...events, ...events], world.by.next), push);
      await world.settle();
    };
    let submitted = 0;
    for (let from = 0; from < half; from += askers.length) {
      const people = askers.slice(0, Math.min(askers.length, half - from));
      const told: Push[] = [];
      for (const [place, { id }] of people.entries())
        told.push(await message(world, id, from + place));
      await twice(told);
      const taps = await Promise.all(people.map(({ id }) => submit(world, id)));
      await twice(taps);
      submitted += taps.length;
      clock.forward(LADDER);
      counts.add('copy after seven hours', told.length + taps.length);
      await atOnce(AT_ONCE, shuffled([...told, ...taps], world.by.next), push);
      await world.settle();
      clock.forward({ minutes: 1 });
    }
    const readyMs = await kills.over();
    await world.settle();
    const [row] = await world.sql<{ requests: number }>(
      `select count(*)::int as requests from request`,
    );
    if (row?.requests !== submitted)
      broken.push(`${submitted} requests were submitted, there are ${row?.requests}`);
    if (at(readyMs, 1) > onThisMachine(5_000))
      broken.push('a program took longer than 5 s to be ready again');
    return {
      figures: {
        'kills at step/program': kills.plan,
        events: 2 * submitted,
        pushes: 6 * submitted,
        requests: row?.requests ?? 0,
        'ready again, most ms': at(readyMs, 1),
      },
      broken: [...broken, ...(await always(world))],
    };
  },
};

async function message({ writes, feishu }: World, person: string, place: number): Promise<Push> {
  const { envelope } = await writes(person, `领${1 + (place % 9)}个笔记本`);
  return async () => {
    const [outcome] = await feishu.pushes({ envelope });
    return outcome?.got === 'answer' && outcome.status === 200 ? outcome.body : undefined;
  };
}

async function submit(world: World, person: string): Promise<Push> {
  const { message: card, value } = await world.button(person, 'submit');
  const seen =
    (world.feishu.cards(person).find(({ messageId }) => messageId === card)?.states ?? 1) - 1;
  const eventId = newId('');
  return async () => {
    const note = (type: 'invoke' | 'ok' | 'info', told: unknown): void =>
      world.history.note({ process: person, op: 'submit', id: eventId, type, value: told });
    note('invoke', value);
    const tapped = await world.feishu.taps(person, card, { button: { value } }, { seen, eventId });
    const told = tapped.toast?.content ?? '';
    const taken = tapped.error === undefined && !/没有记下|记下了没有|还在办/.test(told);
    note(taken ? 'ok' : 'info', told || tapped.why);
    return taken ? told : undefined;
  };
}
