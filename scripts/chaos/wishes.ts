/** People who want something while something fails: they write, the platform repeats, they tap, and tap again when they were told to. */
import type { Tapped } from '../../test/feishu-platform/index.ts';
import { askers } from './company.ts';
import { atOnce } from './crowd.ts';
import type { World } from './world.ts';

/** Was told that nothing is recorded, or nothing at all. */
export const isNotTaken = (tapped: Tapped): boolean =>
  tapped.error !== undefined || /没有记下|还在办/.test(tapped.toast?.content ?? '');

/** Was told that nothing is recorded. */
const saysNothing = (tapped: Tapped): boolean => /没有记下/.test(tapped.toast?.content ?? '');

export type Trouble = { readonly begin: () => Promise<void> | void; readonly end: () => Promise<void> | void };

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
  { first, count, together = 6 }: { readonly first: number; readonly count: number; readonly together?: number },
  trouble: Trouble,
): Promise<Wished> {
  const { sql, feishu } = world;
  const people = Array.from({ length: count }, (_, place) => askers[(first + place) % askers.length]?.id ?? '');
  const before = await filed(world);
  const [refusedMs, takenMs, tapMs, broken]: [number[], number[], number[], string[]] = [[], [], [], []];
  await trouble.begin();
  await atOnce(together, people, async (person) => {
    const began = performance.now();
    await world.says(person, '领2个笔记本');
    const ms = performance.now() - began;
    const isPending = feishu.pending.some(({ envelope }) => JSON.stringify(envelope).includes(person));
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
    const card = await world.button(person, 'submit');
    const again = await world.taps(person, card.message, card.value, 'submit');
    if (isNotTaken(again)) broken.push(`${person} tapped again when all was well: ${again.toast?.content ?? again.error}`);
  }
  await world.settle();
  const after = await filed(world);
  if (after - before !== count) broken.push(`${count} people wanted something, ${after - before} requests came of it`);
  return { refusedMs, takenMs, tapMs, broken };
}

async function filed({ sql }: World): Promise<number> {
  const [row] = await sql<{ count: number }>(`select count(*)::int as count from request`);
  return row?.count ?? 0;
}
