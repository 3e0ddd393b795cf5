/**
 * `npm run bench -- month [--seed 1] [--days 31] [--share 1] [--transport websocket]`: an ordinary month of a company of 300, March 2026, on a platform that works. How many
 * calls it makes of those that count against the month's quota, counted by the stand-in and by our own counter; both must say the same.
 * `--share 2` doubles what people ask for.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { inWork } from '../../db/work.ts';
import { callsThisMonth, isFree } from '../../src/channels/feishu/calls.ts';
import { type DayOffice, openDay } from './day/office.ts';
import { type Matter, preparations, rounds, type Scene, sorts } from './month/matters.ts';
import { createPeople } from './month/people.ts';
import { chance } from './year/chance.ts';
import { staff } from './year/company.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '31' },
    share: { type: 'string', default: '1' },
    transport: { type: 'string', default: 'websocket' },
  },
});

const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** A Sunday. The month has 22 working days and no holiday. */
const FIRST = Temporal.ZonedDateTime.from('2026-03-01T00:00:00[Asia/Shanghai]');
/** Minutes between two looks at the clock, while people are there and at night. */
const STEP = { day: 5, night: 60 };
/** Calls a month that an office of 300 may use. */
const MOST = 6_000;

type Waiting = { readonly at: Temporal.Instant; readonly matter: Matter };

const isPresent = (at: Temporal.ZonedDateTime): boolean =>
  at.dayOfWeek < 6 && at.hour >= 8 && at.hour < 20;

/** What begins on a working day, each at a time of its own from nine to five; and what the office has to do at fixed hours. */
function dayOf(scene: Scene, at: Temporal.ZonedDateTime): readonly Waiting[] {
  const nine = at.startOfDay().add({ hours: 9 });
  const after = (minutes: number): Temporal.Instant => nine.add({ minutes }).toInstant();
  const matters = Object.entries(sorts).flatMap(([name, { perDay, begin }]) => {
    const times = Math.round(perDay * Number(values.share));
    begun.set(name, (begun.get(name) ?? 0) + times);
    return Array.from({ length: times }, () => ({
      at: after(scene.by.under(8 * 60)),
      matter: begin(scene),
    }));
  });
  const hourly = Array.from({ length: 9 }, (_, hour) => ({
    at: after(hour * 60),
    matter: preparations(scene),
  }));
  return [...matters, ...hourly, { at: after(60), matter: rounds(scene) }];
}
const begun = new Map<string, number>();

/** All that is owed now is sent, or waits for its time. */
async function quiet({ apps: [app] }: DayOffice): Promise<void> {
  for (let before = -1; ;) {
    await app.deliver();
    const { tries } = await app.db
      .selectFrom('delivery')
      .select((select) => select.fn.sum<string>('attempts').as('tries'))
      .executeTakeFirstOrThrow();
    if (Number(tries) === before) return;
    before = Number(tries);
  }
}

/** Lives the month; returns when its last night is over. */
async function live(office: DayOffice, scene: Scene): Promise<void> {
  const waiting: Waiting[] = [];
  const goOn = async (matter: Matter): Promise<void> => {
    const { done, value } = await matter.next();
    if (!done) waiting.push({ at: office.now().add({ minutes: Math.max(0, value) }), matter });
    await quiet(office);
  };
  const end = FIRST.add({ days: Number(values.days) });
  for (let at = FIRST; Temporal.ZonedDateTime.compare(at, end) < 0;) {
    office.until(at.toInstant());
    if (at.hour === 8 && at.minute < STEP.day && isPresent(at)) waiting.push(...dayOf(scene, at));
    const due = waiting.filter((each) => Temporal.Instant.compare(each.at, at.toInstant()) <= 0);
    waiting.splice(0, waiting.length, ...waiting.filter((each) => !due.includes(each)));
    // Nobody taps at night: what came due waits for the morning.
    if (isPresent(at)) for (const { matter } of due) await goOn(matter);
    else waiting.push(...due);
    await Promise.all(office.apps.map((app) => app.tick()));
    await quiet(office);
    const next = at.add({ minutes: isPresent(at) ? STEP.day : STEP.night });
    if (next.day !== at.day) process.stderr.write(`${at.day} `);
    at = next;
  }
  process.stderr.write('\n');
}

/** Everybody has met the bot before this month. */
const greet = ({ apps: [{ db }], now }: DayOffice): Promise<unknown> =>
  inWork({ db, clock: { now } }, { actor: 'system' }, (work) =>
    work.tx.updateTable('person').set({ greeted_at: work.now }).execute(),
  );

type Counted = ReadonlyMap<string, number>;

/** By route; ids in it are called as our own counter calls them. */
const atThePlatform = ({ feishu }: DayOffice): Counted =>
  tally(
    feishu.calls.map(
      ({ method, route }) => [`${method} ${route.replaceAll(/:\w+/g, ':id')}`, 1] as const,
    ),
  );

async function byOurCounter({ apps: [app], now }: DayOffice): Promise<Counted> {
  const stored = await callsThisMonth(app.db, now());
  return tally(stored.map(({ route, count }) => [route, count] as const));
}

function tally(counts: readonly (readonly [string, number])[]): Counted {
  const sum = new Map<string, number>();
  for (const [route, count] of counts) {
    if (!isFree(route)) sum.set(route, (sum.get(route) ?? 0) + count);
  }
  return sum;
}

const total = (counted: Counted): number =>
  [...counted.values()].reduce((all, one) => all + one, 0);

const named = z.object({ view: z.string(), subject: z.string().optional() });

/** What our deliveries were for, by the sort of view and whether it was new to its person. */
async function purposes({ apps: [app] }: DayOffice): Promise<void> {
  const rows = await app.db
    .selectFrom('delivery')
    .select((select) => ['view', 'attention', 'state', select.fn.countAll<number>().as('count')])
    .groupBy(['view', 'attention', 'state'])
    .execute();
  const sums = new Map<string, { new: number; change: number; spared: number }>();
  for (const { view, attention, state, count } of rows) {
    const { view: sort, subject } = named.parse(view);
    const name = sort === 'moved' ? `older ${subject?.split(':')[0]}` : sort;
    const sum = sums.get(name) ?? { new: 0, change: 0, spared: 0 };
    if (state === 'dropped') sum.spared += Number(count);
    else if (state === 'sent') sum[attention ? 'new' : 'change'] += Number(count);
    sums.set(name, sum);
  }
  line(
    `${'deliveries'.padEnd(24)}${'new'.padStart(8)}${'changed'.padStart(9)}${'spared'.padStart(8)}`,
  );
  for (const [name, sum] of [...sums].toSorted(
    ([, a], [, b]) => b.new + b.change - a.new - a.change,
  ))
    line(
      `${name.padEnd(24)}${String(sum.new).padStart(8)}${String(sum.change).padStart(9)}${String(sum.spared).padStart(8)}`,
    );
}

/** The clock jumps, and nobody would renew a token in time that ran out meanwhile; in life it is renewed before. Seconds. */
const TOKEN = 40 * 86_400;

const transport = values.transport === 'webhook' ? 'webhook' : 'websocket';
const office = await openDay(FIRST.toInstant(), transport, { tokenSeconds: TOKEN });
try {
  const members = staff.slice(0, 40).map(({ id }) => id);
  const people = createPeople(office);
  const scene: Scene = {
    people,
    db: office.apps[0].db,
    by: chance(Number(values.seed)),
    now: office.now,
    group: { id: office.feishu.addGroup('行政服务群', members), members },
  };
  await greet(office);
  const began = performance.now();
  await live(office, scene);
  line(
    `seed ${values.seed}: ${values.days} days from ${FIRST.toPlainDate().toString()} in ${((performance.now() - began) / 60_000).toFixed(1)} minutes, ${people.said} messages written`,
  );
  for (const [name, count] of begun) line(`${String(count).padStart(6)} ${name}`);
  line(
    [...people.taps]
      .map(
        ([label, { tapped, missed }]) =>
          `${label} ${tapped}${missed > 0 ? ` (${missed} in vain)` : ''}`,
      )
      .join(', '),
  );
  await purposes(office);
  const [platform, ours] = [atThePlatform(office), await byOurCounter(office)];
  line(`${'calls that count'.padEnd(58)}${'platform'.padStart(10)}${'ours'.padStart(8)}`);
  for (const route of new Set([...platform.keys(), ...ours.keys()]))
    line(
      `${route.padEnd(58)}${String(platform.get(route) ?? 0).padStart(10)}${String(ours.get(route) ?? 0).padStart(8)}`,
    );
  line(
    `${'together'.padEnd(58)}${String(total(platform)).padStart(10)}${String(total(ours)).padStart(8)}`,
  );
  const refused = office.feishu.calls.filter(({ code }) => code !== 0);
  line(
    `refused: ${[...Map.groupBy(refused, ({ code }) => code)].map(([code, each]) => `${code} ${each.length}`).join(', ') || 'none'}`,
  );
  if (total(platform) !== total(ours) || total(platform) > MOST) process.exitCode = 1;
} finally {
  await office.stop();
}
