/**
 * Each step of a message, of taps, of their deliveries and of a tick is once the last one of a program (`kill -9`), and once the last of its
 * connection. Then the program starts again on the same database, the platform repeats, people tap again, and everything is there once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { valuesOf } from '../../../test/office/feishu-client.ts';
import { ledAskers } from '../company.ts';
import { nameOf, passAll, type Point, pointsOf, reach } from '../points.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import type { World } from '../world.ts';

/** Every so many-th point is struck; those of ticks, which mostly look for what there is not, more rarely unless it is the long run. */
const EVERY = { short: [16, 40], usual: [1, 6], long: [1, 1] } as const;
/** Programs stand still at so many points at once before the one kill. */
const TOGETHER = 6;
/** A point that is not reached by then is not on the way this time. */
const REACHED_MS = 4_000;
const TRIES = 3;

/** Something that happens for one person. */
type Flow = {
  readonly name: string;
  readonly prepare: (person: string) => Promise<void>;
  readonly begin: (person: string) => Promise<unknown>;
  /** What platform and people do after a fault. */
  readonly again: (person: string) => Promise<void>;
};

export const scene: Scene = {
  name: 'kill-points',
  promises: ['P19'],
  faults: ['kill -9 at a point', 'connection cut at a point'],
  replicas: 1,
  async play(world) {
    const figures: Record<string, number | string> = {};
    const broken: string[] = [];
    const readyMs: number[] = [];
    let person = 0;
    const next = (): string => ledAskers[person++ % ledAskers.length]?.id ?? '';
    for (const flow of [message(world), submission(world), decision(world), tick(world)]) {
      const points = await learned(world, flow, next);
      const [most, ticks] = EVERY[world.size];
      const every = flow.name === 'tick' ? ticks : most;
      const chosen = points.filter((_, place) => place % every === 0);
      figures[`${flow.name}: points`] = points.length;
      for (const sort of ['hold', 'cut'] as const) {
        const missed = await strikeAll(world, flow, chosen, sort, next, readyMs);
        const what = sort === 'hold' ? 'killed' : 'cut';
        figures[`${flow.name}: ${what}`] = `${chosen.length - missed.length} of ${chosen.length}`;
        for (const point of missed)
          world.history.note({
            process: 'chaos',
            op: 'missed',
            id: nameOf(point),
            type: 'info',
            value: what,
          });
        const [first] = missed;
        // What a passing sweep brought into the list does not come again; more than that is a hole in the proof.
        if (first && missed.length > Math.max(2, chosen.length * 0.1))
          broken.push(
            `${flow.name}: ${missed.length} points were never ${what}, such as ${nameOf(first)}`,
          );
      }
    }
    figures['ready again p50 ms'] = at(readyMs, 0.5);
    figures['ready again most ms'] = at(readyMs, 1);
    if (at(readyMs, 0.5) > onThisMachine(5_000))
      broken.push('half the starts took longer than 5 s');
    await world.settle();
    return { figures, broken: [...broken, ...(await reminders(world)), ...(await always(world))] };
  },
};

/** The points of a flow, as they come when everything is warm. */
async function learned(world: World, flow: Flow, next: () => string): Promise<readonly Point[]> {
  let points: readonly Point[] = [];
  for (let time = 0; time < 2; time++) {
    const person = next();
    await flow.prepare(person);
    await delivered(world);
    await betweenSweeps();
    points = await pointsOf(world, async () => {
      await flow.begin(person);
      await delivered(world);
    });
    await flow.again(person);
    await world.settle();
  }
  return points;
}

/** Sweeps come at every fifth second of the machine's clock. */
async function betweenSweeps(): Promise<void> {
  await pause((5_400 - (Date.now() % 5_000)) % 5_000);
}

/** All that was owed and due has gone out. */
async function delivered({ sql, clock }: World): Promise<void> {
  for (let calm = 0; calm < 3;) {
    const rows = await sql(
      `select 1 from delivery where state = 'sending' or (state = 'waiting' and due <= $1 and (quiet is null or quiet <> 'waits'))`,
      [new Date(clock.ms())],
    );
    calm = rows.length === 0 ? calm + 1 : 0;
    await pause(50);
  }
}

/** Strikes at each point; those that were not reached in the end. */
async function strikeAll(
  world: World,
  flow: Flow,
  points: readonly Point[],
  sort: 'hold' | 'cut',
  next: () => string,
  readyMs: number[],
): Promise<readonly Point[]> {
  let left = points;
  for (let time = 0; time < TRIES && left.length > 0; time++) {
    const missed: Point[] = [];
    // What is held keeps locks: what waits for them in vain is struck alone the next time.
    const together = flow.name === 'tick' || time > 0 ? 1 : TOGETHER;
    for (let from = 0; from < left.length; from += together)
      missed.push(
        ...(await strike(world, flow, left.slice(from, from + together), sort, next, readyMs)),
      );
    left = missed;
  }
  return left;
}

async function strike(
  world: World,
  flow: Flow,
  points: readonly Point[],
  sort: 'hold' | 'cut',
  next: () => string,
  readyMs: number[],
): Promise<readonly Point[]> {
  const people = points.map(next);
  for (const person of people) await flow.prepare(person);
  await delivered(world);
  const missed: Point[] = [];
  const begun: Promise<unknown>[] = [];
  for (const [place, point] of points.entries()) {
    const person = people[place] ?? '';
    const { reached } = reach(world, point, sort, REACHED_MS);
    world.history.note({
      process: person,
      op: flow.name,
      id: nameOf(point),
      type: 'invoke',
      value: sort,
    });
    const going = flow.begin(person).catch(() => undefined);
    begun.push(going);
    const ended = going.then(() => delivered(world)).then(() => false);
    if (!(await Promise.race([reached, ended]))) missed.push(point);
    else world.counts.add(sort === 'hold' ? 'kill -9 at a point' : 'connection cut at a point');
  }
  passAll(world);
  if (sort === 'hold') {
    await world.kill(0);
    readyMs.push(await world.start(0));
  }
  await Promise.all(begun);
  await world.settle();
  for (const person of people) await flow.again(person);
  await delivered(world);
  return missed;
}

/** Drafts of earlier turns are put away: each message begins one of its own. */
const putAway = ({ sql }: World, person: string): Promise<unknown> =>
  sql(
    `update draft set state = 'cancelled' where state = 'open'
      and person_id = (select person_id from address where external_id = $1)`,
    [person],
  );

function message(world: World): Flow {
  const waiting = new Map<string, () => Promise<unknown>>();
  return {
    name: 'message',
    prepare: async (person) => {
      await putAway(world, person);
      const { envelope } = await world.writes(person, '领3个笔记本');
      waiting.set(person, () => world.feishu.pushes({ envelope }));
    },
    begin: (person) => waiting.get(person)?.() ?? Promise.resolve(),
    // The platform comes again whatever was answered: we took the answer for it.
    again: () => world.redeliver(),
  };
}

const WISH = '下周二去上海出差一天，见客户';

function submission(world: World): Flow {
  const submit = async (person: string): Promise<void> => {
    const { message: card, value } = await world.button(person, 'submit');
    await world.taps(person, card, value, 'submit');
  };
  return {
    name: 'submission',
    prepare: async (person) => {
      await putAway(world, person);
      await world.says(person, WISH);
      await world.redeliver();
      await delivered(world);
      await world.button(person, 'submit');
    },
    begin: submit,
    again: async (person) => {
      const [open] = await world.sql(
        `select 1 from draft where state = 'open' and person_id = (select person_id from address where external_id = $1)`,
        [person],
      );
      // The card still asks: its person taps again. Else it was done, and they see it.
      if (open) await submit(person);
    },
  };
}

function decision(world: World): Flow {
  const first = submission(world);
  const request = async (
    person: string,
  ): Promise<
    { readonly id: number; readonly open: boolean; readonly leader: string } | undefined
  > => {
    const [row] = await world.sql<{ id: number; open: boolean; leader: string }>(
      `select r.id::int, r.state = 'pending' as open, l.external_id as leader from request r join address a on a.person_id = r.requester_id
        join person p on p.id = r.requester_id join address l on l.person_id = p.leader_id
        where a.external_id = $1 order by r.id desc limit 1`,
      [person],
    );
    return row;
  };
  const decide = async (person: string): Promise<void> => {
    const found = await request(person);
    if (!found?.open) return;
    const { message: card, value } = await world.feishu.waitFor(
      () =>
        world.feishu
          .cards(found.leader)
          .toReversed()
          .flatMap(({ messageId, card: drawn }) =>
            valuesOf(drawn).flatMap((each) =>
              each['a'] === 'approve' && each['r'] === found.id
                ? [{ message: messageId, value: each }]
                : [],
            ),
          )
          .at(0),
      20_000,
    );
    await world.taps(found.leader, card, value, 'approve');
  };
  return {
    name: 'decision',
    prepare: async (person) => {
      await first.prepare(person);
      await first.begin(person);
      await first.again(person);
      await delivered(world);
    },
    begin: decide,
    again: decide,
  };
}

function tick(world: World): Flow {
  return {
    name: 'tick',
    prepare: async (person) => {
      await putAway(world, person);
      await world.says(person, WISH);
      await world.redeliver();
      await delivered(world);
      // Nobody touched the draft for a day, and nobody answered a request for hours.
      const now = world.clock.ms();
      await world.sql(
        `update draft set updated_at = $2 where state = 'open' and person_id = (select person_id from address where external_id = $1)`,
        [person, new Date(now - 25 * 3_600_000)],
      );
      await world.sql(
        `update task set next_reminder_at = $1 where id = (select id from task where state = 'open' and reminders = 0 and next_reminder_at > $1 order by id limit 1)`,
        [new Date(now)],
      );
    },
    begin: () => world.replicas[0]?.order('tick') ?? Promise.resolve(),
    again: async () => {
      await world.replicas[0]?.order('tick');
    },
  };
}

/** Each draft that was forgotten is closed and told once, each reminder came once. */
async function reminders({ sql }: World): Promise<readonly string[]> {
  const rows = await sql<{ what: string }>(
    `select 'a forgotten draft is still open: ' || d.id as what from draft d where d.state = 'open' and d.updated_at < (select max(updated_at) from draft) - interval '24 hours'
     union all select 'a draft was closed and its person not told: ' || d.id from draft d where d.state = 'expired'
       and not exists (select 1 from delivery where what like 'draft:' || d.id || ':expired%')
     union all select 'reminded ' || t.reminders || ' times, told ' || count(v.id) || ' times: task ' || t.id from task t
       left join delivery v on v.what like 'request:' || t.request_id || ':v%:reminder:%' and v.person_id = t.person_id
       where t.reminders > 0 group by t.id having count(v.id) <> t.reminders`,
  );

  return rows.map(({ what }) => what);
}
