/** What may happen in one step of a simulation: people, the clock, the platform, the database, death; all of it by the seed. */
import type { JsonObject } from '../../../test/feishu-platform/json.ts';
import { valuesOf } from '../../../test/office/feishu-client.ts';
import { wish } from '../../bench/year/people.ts';
import { company } from '../company.ts';
import type { World } from '../world.ts';

/** Who plays: few, so that they meet. Whoever is asked by them plays as well. */
const ACTORS = 12;
const people = company.people.map(({ id }) => id);
const actors = people.slice(20, 20 + ACTORS);

const TALK = ['我的申请', '待我审批', '签字笔还有多少', '谢谢', '提交', '撤回', '取消'] as const;

export type Deed = {
  readonly what: string;
  /** How often beside the others. */
  readonly weight: number;
  readonly act: (world: World) => Promise<void>;
};

export const deeds: readonly Deed[] = [
  { what: 'somebody wants something', weight: 22, act: (world) => writes(world, wishIn(world)) },
  { what: 'somebody talks', weight: 6, act: (world) => writes(world, world.by.oneOf(TALK)) },
  { what: 'somebody taps', weight: 34, act: taps },
  { what: 'several at once', weight: 6, act: together },
  { what: 'two tap the same', weight: 6, act: race },
  { what: 'an event comes late', weight: 4, act: late },
  { what: 'an event comes again', weight: 5, act: again },
  { what: 'time passes', weight: 6, act: passes },
  { what: 'a COMMIT loses its answer', weight: 3, act: losesCommit },
  { what: 'a statement is cut', weight: 2, act: cutsStatement },
  {
    what: 'a sent message loses its answer',
    weight: 3,
    act: (world) => strikes(world, { cut: 'after' }, 'a sent message loses its answer'),
  },
  {
    what: 'the platform fails',
    weight: 3,
    act: (world) => strikes(world, { answer: 502 }, 'the platform fails'),
  },
  {
    what: 'the platform is asked too much',
    weight: 2,
    act: (world) => strikes(world, { answer: 429 }, 'the platform is asked too much'),
  },
  { what: 'a program dies', weight: 3, act: dies },
];

/** The faults of a simulation: each must have happened in a run. */
export const FAULTS = [
  'an event comes late',
  'an event comes again',
  'two tap the same',
  'time passes',
  'a COMMIT loses its answer',
  'a statement is cut',
  'a sent message loses its answer',
  'the platform fails',
  'the platform is asked too much',
  'a program dies',
] as const;

const actor = ({ by }: World): string => actors[by.under(actors.length)] ?? '';

const wishIn = (world: World): string =>
  wish(world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate(), world.by);

async function writes(world: World, text: string): Promise<void> {
  await world.says(actor(world), text);
}

type Choice = { readonly person: string; readonly message: string; readonly value: JsonObject };

/** Every button that is on somebody's screen. */
const buttons = ({ feishu }: World): readonly Choice[] =>
  people.flatMap((person) =>
    feishu
      .cards(person)
      .slice(-SHOWN)
      .flatMap(({ messageId: message, card }) =>
        valuesOf(card).map((value) => ({ person, message, value })),
      ),
  );

/** A person scrolls back so many cards. */
const SHOWN = 4;

/** What moves matters on is tapped more often than what opens a list. */
const MOVES: ReadonlySet<unknown> = new Set([
  'submit',
  'approve',
  'take',
  'done',
  'receive',
  'accept',
  'withdraw',
]);

function choose(world: World): Choice | undefined {
  const all = buttons(world);
  const moving = all.filter(({ value }) => MOVES.has(value['a']));
  const among = moving.length > 0 && world.by.next() < 0.8 ? moving : all;
  return among[world.by.under(among.length)];
}

async function taps(world: World): Promise<void> {
  const found = choose(world);
  if (found) await tap(world, found);
}

async function tap(world: World, { person, message, value }: Choice): Promise<void> {
  await world.taps(person, message, value, value['a'] === 'submit' ? 'submit' : 'tap');
}

async function together(world: World): Promise<void> {
  const found = [choose(world), choose(world), choose(world)].filter((each) => each !== undefined);
  const text = wishIn(world);
  await Promise.all([...found.map((each) => tap(world, each)), writes(world, text)]);
}

/** The same button twice in one moment: an impatient finger. */
async function race(world: World): Promise<void> {
  const found = choose(world);
  if (!found) return;
  world.counts.add('two tap the same');
  await Promise.all([tap(world, found), tap(world, found)]);
}

async function late(world: World): Promise<void> {
  world.counts.add('an event comes late');
  await world.writes(actor(world), wishIn(world));
}

/** What was acknowledged comes once more. */
async function again(world: World): Promise<void> {
  const { envelope } = await world.writes(actor(world), wishIn(world));
  world.counts.add('an event comes again');
  await world.redeliver();
  await world.feishu.pushes({ envelope });
}

async function passes(world: World): Promise<void> {
  const { clock, by, counts, replicas } = world;
  counts.add('time passes');
  await tries(world);
  clock.forward({ minutes: 1 + by.under(by.next() < 0.2 ? 26 * 60 : 90) });
  await Promise.all(replicas.map(async (each) => each?.order('tick')));
}

/** Minutes do not pass without the tries that fall into them, while platform and programs are there. */
async function tries({ clock, replicas, sql }: World): Promise<void> {
  for (let round = 0; round < MOST_TRIES; round++) {
    await Promise.all(replicas.map(async (each) => each?.order('deliver')));
    const [row] = await sql<{ unsure: number }>(
      `select count(*)::int as unsure from delivery where state in ('waiting', 'sending') and first_unknown is not null`,
    );
    if (row?.unsure === 0) return;
    clock.forward({ seconds: 20 });
  }
}

/** Of twenty seconds each: far from the platform's hour in which a key is good. */
const MOST_TRIES = 20;

const isCommit = (text: string): boolean => /^commit/i.test(text);

/** With the next of the program's own: its queue repeats for itself. */
async function losesCommit(world: World): Promise<void> {
  const { database, counts } = world;
  database.decide = ({ text, by }) => {
    if (by !== 'banshi' || !isCommit(text)) return 'pass';
    database.decide = () => 'pass';
    counts.add('a COMMIT loses its answer');
    return { cut: 'after' };
  };
  await taps(world);
}

async function cutsStatement(world: World): Promise<void> {
  const { database, counts } = world;
  let left = world.by.under(30);
  database.decide = ({ by }) => {
    if (by !== 'banshi' || left-- > 0) return 'pass';
    database.decide = () => 'pass';
    counts.add('a statement is cut');
    return { cut: 'before' };
  };
  await taps(world);
}

const SENDS = /^\/open-apis\/im\/v1\/messages/;

async function strikes(
  world: World,
  fate: { readonly cut: 'after' } | { readonly answer: number },
  what: string,
): Promise<void> {
  const { platform, counts } = world;
  platform.decide = ({ method, path }) => {
    if (method !== 'POST' || !SENDS.test(path)) return 'pass';
    platform.decide = () => 'pass';
    counts.add(what);
    return fate;
  };
  await taps(world);
}

async function dies(world: World): Promise<void> {
  const place = world.by.under(world.replicas.length);
  world.counts.add('a program dies');
  await Promise.all([taps(world), world.kill(place)]);
  await world.start(place);
}
