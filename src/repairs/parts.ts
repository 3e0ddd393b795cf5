/** Parts taken from stock for a repair, and what it has cost. */
import { Refusal } from '../../cards/refusal.ts';
import { enumerated, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { refreshCards } from '../filing/files.ts';
import type { Setup } from '../filing/move.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { allItems, type Item, takeFromStock } from '../requests/supply/stock.ts';
import { maySort } from './sort.ts';

/** What was used: so many of what it is called. */
export type Used = { readonly name: string; readonly quantity: number };

const COUNTS: { readonly [said: string]: number } = {
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** One thing with its count before it: 2个硒鼓, 两条网线, 硒鼓. */
const ONE =
  /^(?:(\d{1,4}(?:\.\d{1,3})?|[一二两俩三四五六七八九十])\s*(?:个|只|支|条|根|盒|包|块|张|把|套|米|卷|台|瓶|件|节|颗|片|份|桶|袋)?\s*的?)?\s*(\S.{0,39})$/u;

/** 「2个硒鼓、一条网线」 as a list; undefined where something is no thing with a count. */
export function usedIn(said: string): readonly Used[] | undefined {
  const parts = said
    .normalize('NFKC')
    .split(/[、,，;；\n]|和(?=\s*[\d一二两俩三四五六七八九十])/u)
    .map((part) => part.trim().replace(/[。.!！]$/u, ''))
    .filter((part) => part !== '');
  const used = parts.map((part): Used | undefined => {
    const [, count, name] = ONE.exec(part) ?? [];
    if (name === undefined) return undefined;
    const quantity = count === undefined ? 1 : (COUNTS[count] ?? Number(count));
    return quantity > 0 ? { name: name.trim(), quantity } : undefined;
  });
  const known = used.filter((each) => each !== undefined);
  return known.length === used.length && known.length > 0 ? known : undefined;
}

/**
 * Takes parts out of stock for a repair, all of them or none. The one place where repairs meet the stock. Throws Refusal when it is
 * not theirs, when nothing is called so, or when there are not enough.
 */
export async function useParts(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  used: readonly Used[],
): Promise<Request> {
  const request = await lockRequest(work.tx, id);
  if (!request || !maySort(request, person))
    throw new Refusal('repair.parts', words('这一步不在您手上', 'This step is not yours'));
  const items = await allItems(work.tx);
  const taken = used.map(({ name, quantity }) => ({ item: itemCalled(items, name), quantity }));
  const wanted = taken.map(({ item, quantity }) => ({ name: item.name, quantity }));
  const why = request.number;
  let last = 0;
  // In the order of their ids, so that two repairs never wait for each other in a circle.
  for (const { item, quantity } of taken.toSorted((a, b) => a.item.id - b.item.id)) {
    const from = { item: item.id, quantity, who: person, why, request: id };
    const { cost } = await takeFromStock(work, from);
    const part = await work.tx
      .insertInto('repair_part')
      .values({
        request_id: id,
        item_id: item.id,
        name: item.name,
        unit: item.unit,
        quantity,
        cost,
        at: work.now,
        person_id: person,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    last = part.id;
  }
  await record(work, 'repair.parts', `request:${id}`, { after: { parts: wanted } });
  await refreshCards(work, setup, request, `part:${last}`);
  return request;
}

/** The item that is called so: by name or another name; else the only one that the words are part of. */
function itemCalled(items: readonly Item[], said: string): Item {
  const wanted = plain(said);
  const names = (item: Item): readonly string[] => [item.name, ...item.aliases].map(plain);
  const exact = items.filter((item) => names(item).includes(wanted));
  const near = items.filter((item) => names(item).some((name) => name.includes(wanted)));
  const found = exact.length > 0 ? exact : near;
  const [only, another] = found;
  if (only && !another) return only;
  const named = found.slice(0, 5).map(({ name }) => name);
  throw new Refusal(
    'repair.part-unknown',
    another
      ? words(`「${said}」有几种：${named.join('、')}`, `“${said}” may be: ${named.join(', ')}`)
      : words(`库存里没有「${said}」`, `There is no “${said}” in stock`),
    another
      ? words('请写清是哪一种', 'Please say which')
      : words('自己买的请写在费用里', 'What was bought for it goes into the costs'),
  );
}

const plain = (name: string): string => fold(name).toLowerCase().replaceAll(/\s/g, '');

/** What repairs have cost so far, in fen: parts at what they had come in for, and what their doers put down. */
export async function costOf(
  tx: Tx,
  ...repairs: readonly Pick<Request, 'id' | 'outcome'>[]
): Promise<number> {
  const parts = await partsOf(tx, ...repairs.map(({ id }) => id));
  const others = repairs.map(({ outcome }) => outcome['fix']?.['cost']);
  return [
    ...parts.map(({ cost }) => cost),
    ...others.map((yuan) => (typeof yuan === 'number' ? Math.round(yuan * 100) : 0)),
  ].reduce((sum, fen) => sum + fen, 0);
}

const partsOf = (tx: Tx, ...requests: readonly number[]) =>
  tx
    .selectFrom('repair_part')
    .select(['name', 'unit', 'quantity', 'cost'])
    .where('request_id', 'in', requests)
    .orderBy('id')
    .execute();

/** 「硒鼓 2 个、网线 1 条」; undefined when nothing was taken. */
export async function partsText(tx: Tx, request: number): Promise<Words | undefined> {
  const parts = await partsOf(tx, request);
  if (parts.length === 0) return undefined;
  return enumerated(parts.map(({ name, quantity, unit }) => `${name} ${quantity} ${unit}`));
}
