/**
 * Fifty people tap at the same moment: exactly one decides where one suffices, exactly the set where all are needed; approving, withdrawing,
 * transferring and the clock race for one request, and one of them wins.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { callBack } from '../../../test/office/feishu-client.ts';
import type { Tapped } from '../../../test/feishu-platform/index.ts';
import { BOARD, JURY, ofDepartment } from '../company.ts';
import { always, type Scene } from '../scene.ts';
import { insists, isNotTaken } from '../wishes.ts';
import type { World } from '../world.ts';

const ROUNDS = { short: 1, usual: 6, long: 300 };

type Request = { readonly id: number; readonly version: number; readonly number: string };

export const scene: Scene = {
  name: 'races',
  promises: ['P11', 'P13'],
  faults: [
    'taps at one moment',
    'lost the race',
    'withdrawn meanwhile',
    'transferred meanwhile',
    'tick meanwhile',
  ],
  async play(world) {
    const { size, counts } = world;
    const broken: string[] = [];
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS[size]; round++) {
      const [anyOf, allOf, mixed] = [
        await asks(world, ofDepartment(0)[(2 * round) % 18] ?? ''),
        await asks(world, ofDepartment(1)[round % 18] ?? ''),
        await asks(world, ofDepartment(0)[(2 * round + 1) % 18] ?? ''),
      ];
      const [any, all, race] = await Promise.all([
        Promise.all(
          BOARD.map((id, place) =>
            decides(world, id, anyOf, place % 2 === 0 ? 'approve' : 'reject'),
          ),
        ),
        Promise.all([...JURY, ...JURY].map((id) => decides(world, id, allOf, 'approve'))),
        pullsAtIt(world, mixed, round % 2 === 0),
      ]);
      counts.add('taps at one moment', any.length + all.length + race.length);
      counts.add('tick meanwhile');
      broken.push(...(await one(world, anyOf, any)), ...(await everybody(world, allOf)));
      const outcome = await raced(world, mixed, broken);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      await world.settle();
    }
    broken.push(...(await entitled(world)));
    return {
      figures: {
        rounds: 3 * ROUNDS[size],
        ...Object.fromEntries([...outcomes].map(([what, times]) => [`ended ${what}`, times])),
      },
      broken: [...broken, ...(await always(world))],
    };
  },
};

/** Asks for a trip of a day, and has it submitted. */
async function asks(world: World, person: string): Promise<Request & { readonly person: string }> {
  await world.says(person, '下周二去上海出差一天，见客户');
  await world.redeliver();
  await world.button(person, 'submit');
  await insists(world, person, 'submit');
  await pause(500); // one that took longer than its answer
  const [row] = await world.sql<Request>(
    `select r.id::int, r.version::int, r.number from request r join address a on a.person_id = r.requester_id
      where a.external_id = $1 order by r.id desc limit 1`,
    [person],
  );
  if (!row) throw new Error('no request');
  return { ...row, person };
}

/** Taps, and taps again when they are told that nothing was recorded. */
async function decides(
  world: World,
  person: string,
  { id: r, version: n }: Request,
  act: string,
): Promise<Tapped> {
  const [other] = await world.sql<{ id: number }>(
    `select person_id::int as id from address where external_id = $1`,
    [BOARD.at(-1)],
  );
  for (let tries = 0; ; tries++) {
    const tapped = await callBack(world.feishu, {
      person,
      value: { v: 1, a: act, r, n, s: 'approval-1' },
      form: { comment: '理由', to: String(other?.id) },
    });
    if (!isNotTaken(tapped) || tries === 50) return tapped;
  }
}

const DECISIONS = `select act, actor, (select a.external_id from address a where 'person:' || a.person_id = actor) as person
  from audit where subject = 'request:' || $1::text and act in ('request.approve', 'request.reject', 'request.withdraw', 'request.transfer') order by seq`;
type Decision = { readonly act: string; readonly actor: string; readonly person: string };

/**
 * Part of the board agrees, part passes it on, its requester withdraws it, and the clock ticks, all at one moment; where it is passed on `first`, the
 * others tap what they saw until then.
 */
async function pullsAtIt(
  world: World,
  request: Request & { readonly person: string },
  first: boolean,
): Promise<readonly unknown[]> {
  const passedOn = decides(world, BOARD[0] ?? '', request, 'transfer');
  const then = async (person: string, act: string): Promise<Tapped> => {
    if (first) await passedOn;
    return decides(world, person, request, act);
  };
  return Promise.all([
    passedOn,
    ...BOARD.slice(1, 6).map((id, place) => then(id, place % 2 === 0 ? 'approve' : 'transfer')),
    then(request.person, 'withdraw'),
    ...world.replicas.map(async (each) => each?.order('tick')),
  ]);
}

/** One of the board decided; the others were told so. */
async function one(
  { sql, counts }: World,
  { id, number }: Request,
  taps: readonly Tapped[],
): Promise<readonly string[]> {
  const made = await sql<Decision>(DECISIONS, [id]);
  const broken = made.length === 1 ? [] : [`${number} was decided ${made.length} times`];
  const [row] = await sql<{ name: string }>(
    `select p.name from person p join address a on a.person_id = p.id where a.external_id = $1`,
    [made[0]?.person],
  );
  const told = taps.filter((each) =>
    JSON.stringify([each.toast, each.card]).includes(row?.name ?? '?'),
  ).length;
  counts.add('lost the race', taps.length - 1);
  if (told < taps.length - 1)
    broken.push(`${taps.length - told} of ${taps.length} were not told who decided ${number}`);
  return broken;
}

/** Each of the jury decided once, and only then it went on. */
async function everybody({ sql }: World, { id, number }: Request): Promise<readonly string[]> {
  const made = await sql<Decision>(DECISIONS, [id]);
  const who = new Set(made.map(({ person }) => person));
  const exact = made.length === JURY.length && JURY.every((each) => who.has(each));
  return exact
    ? []
    : [
        `${number} was to be decided by five, and was by ${made.map(({ person }) => person).join(', ')}`,
      ];
}

/** What came of approving, transferring and withdrawing at once. */
async function raced(
  { sql, counts }: World,
  { id, number }: Request,
  broken: string[],
): Promise<string> {
  const acts = (await sql<Decision>(DECISIONS, [id])).map(({ act }) =>
    act.slice('request.'.length),
  );
  if (acts.includes('transfer')) counts.add('transferred meanwhile');
  if (acts.includes('withdraw')) counts.add('withdrawn meanwhile');
  const deciding = acts.filter((act) => act !== 'transfer').join(' ');
  // What was approved may still be taken back until it is booked; after that nothing decides any more.
  if (!['approve', 'withdraw', 'approve withdraw', ''].includes(deciding))
    broken.push(`${number}: ${deciding}`);
  const [row] = await sql<{ state: string }>(`select state from request where id = $1`, [id]);
  const last = deciding.split(' ').at(-1) ?? '';
  const states: { readonly [act: string]: string } = {
    approve: 'working',
    withdraw: 'withdrawn',
    '': 'pending',
  };
  if (row?.state !== states[last]) broken.push(`${number} is ${row?.state} after: ${deciding}`);
  return deciding || 'open';
}

/** Who decided was entitled: of the board or the jury as the requester's department has it, and never the requester. Told by the company as we know it. */
async function entitled({ sql }: World): Promise<readonly string[]> {
  const rows = await sql<{ requester: string; person: string; number: string }>(
    `select q.external_id as requester, d.external_id as person, r.number from audit a
      join request r on a.subject = 'request:' || r.id join address q on q.person_id = r.requester_id
      join address d on 'person:' || d.person_id = a.actor where a.act in ('request.approve', 'request.reject', 'request.transfer')`,
  );
  return rows
    .filter(({ requester, person }) => {
      const board = ofDepartment(0).includes(requester) ? BOARD : JURY;
      return requester === person || !board.includes(person);
    })
    .map(({ person, number }) => `${person} decided ${number} and was not entitled`);
}
