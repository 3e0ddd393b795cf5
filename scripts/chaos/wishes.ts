/** People who want something while something fails: they write, the platform repeats, they tap, and tap again when they were told to. */
import type { Tapped } from '../../test/feishu-platform/index.ts';
import { callBack } from '../../test/office/feishu-client.ts';
import { newestWith } from '../bench/day/people.ts';
import { askers } from './company.ts';
import { atOnce } from './crowd.ts';
import type { World } from './world.ts';

/** Was told that nothing is recorded, or nothing at all. */
export const isNotTaken = (tapped: Tapped): boolean =>
  tapped.error !== undefined || /没有记下|记下了没有|还在办/.test(tapped.toast?.content ?? '');

/** Was told that nothing is recorded. */
const saysNothing = (tapped: Tapped): boolean => /没有记下/.test(tapped.toast?.content ?? '');

export type Trouble = {
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
};

export type Wished = {
  /** Ms of each event that was not taken and of each that was; of each tap. */
  readonly refusedMs: readonly number[];
  readonly takenMs: readonly number[];
  readonly tapMs: readonly number[];
  readonly broken: readonly string[];
};

const STATE = `select state from draft d join address a on a.person_id = d.person_id where a.external_id = $1 order by d.id desc limit 1`;

/** So many people, from `first` on, get a thing each from the store while there is trouble; without it each would have one request. */
export async function wishes(
  world: World,
  {
    first,
    count,
    together = 6,
  }: { readonly first: number; readonly count: number; readonly together?: number },
  trouble: Trouble,
): Promise<Wished> {
  const { sql, feishu } = world;
  const people = Array.from(
    { length: count },
    (_, place) => askers[(first + place) % askers.length]?.id ?? '',
  );
  const before = await filed(world);
  const [refusedMs, takenMs, tapMs, broken]: [number[], number[], number[], string[]] = [
    [],
    [],
    [],
    [],
  ];
  await trouble.begin();
  await atOnce(together, people, async (person) => {
    const began = performance.now();
    await world.says(person, '领2个笔记本');
    const ms = performance.now() - began;
    const isPending = feishu.pending.some(({ envelope }) =>
      JSON.stringify(envelope).includes(person),
    );
    (isPending ? refusedMs : takenMs).push(ms);
  });
  await trouble.end();
  await world.settle();
  const cards = new Map<string, Awaited<ReturnType<World['button']>>>();
  for (const person of people) cards.set(person, await world.button(person, 'submit'));
  await trouble.begin();
  const told = new Map<string, Tapped>();
  await atOnce(together, people, async (person) => {
    const card = cards.get(person);
    if (!card) return;
    const tapped = await world.taps(person, card.message, card.value, 'submit');
    told.set(person, tapped);
    tapMs.push(tapped.ms);
  });
  await trouble.end();
  await world.settle();
  for (const person of people) {
    const tapped = told.get(person);
    const [row] = await sql<{ state: string }>(STATE, [person]);
    const isDone = row?.state === 'submitted';
    if (tapped && saysNothing(tapped) && isDone)
      broken.push(`${person} was told 「${tapped.toast?.content ?? ''}」, and it was recorded`);
    if (tapped?.toast?.content.startsWith('已提交') === true && !isDone)
      broken.push(`${person} was told 「${tapped.toast.content}」, and it was not`);
    if (isDone) continue;
    await world.button(person, 'submit');
    const again = await insists(world, person, 'submit');
    if (again === 'never answered')
      broken.push(`${person} tapped again and again when all was well, and was not answered`);
  }
  await world.settle();
  const after = await filed(world);
  if (after - before !== count)
    broken.push(`${count} people wanted something, ${after - before} requests came of it`);
  return { refusedMs, takenMs, tapMs, broken };
}

async function filed({ sql }: World): Promise<number> {
  const [row] = await sql<{ count: number }>(`select count(*)::int as count from request`);
  return row?.count ?? 0;
}

/** Taps until there is an answer that says what came of it. `tapMs`: told how long each of those took. */
export async function insists(
  world: World,
  person: string,
  act: string,
  tapMs: number[] = [],
): Promise<string> {
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

/** Somebody takes their newest request back, as by its menu, until they are answered. True when it was taken back. */
export async function takesBack({ sql, feishu, history }: World, person: string): Promise<boolean> {
  const find = `select r.id::int, r.version::int, r.state from request r join address a on a.person_id = r.requester_id
    where a.external_id = $1 order by r.id desc limit 1`;
  for (let tries = 0; tries < 60; tries++) {
    const [row] = await sql<{ id: number; version: number; state: string }>(find, [person]);
    if (!row) return false;
    if (/^(withdrawn|cancelled)$/.test(row.state)) return true;
    const act = row.state === 'booked' ? 'cancel' : 'withdraw';
    history.note({
      process: person,
      op: act,
      id: String(row.id),
      type: 'invoke',
      value: row.version,
    });
    const tapped = await callBack(feishu, {
      person,
      value: { v: 1, a: act, r: row.id, n: row.version },
    });
    const told = tapped.toast?.content ?? tapped.why ?? '';
    history.note({
      process: person,
      op: act,
      id: String(row.id),
      type: isNotTaken(tapped) ? 'info' : 'ok',
      value: told,
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
