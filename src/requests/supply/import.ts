import type { Selectable } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { ItemTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { touchLexicon } from '../../directory/sync.ts';
import type { SupplyRow } from '../../imports/supplies.ts';
import { enter } from './ledger.ts';

/** Items of the file by what became of them. */
type Imported = { readonly added: number; readonly changed: number; readonly unchanged: number };
type Known = Selectable<ItemTable>;

/**
 * Makes the catalogue what a file says, by name. 库存 is an opening count: it becomes the stock of a new item; for a known
 * one only its difference from the count of the last import moves the stock, since what was handed out in between has moved
 * too. So the same rows again change nothing, whenever they come. Items that the file does not name stay as they are.
 * Refusal `import.below-reserved`, one sentence a line, when more is promised than would be left; nothing is imported then.
 */
export async function importSupplies(work: Work, rows: readonly SupplyRow[]): Promise<Imported> {
  const known = await lockItems(work);
  const byName = new Map(known.map((item) => [item.name, item]));
  refuseBelowReserved(rows, byName);
  const outcome = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) outcome[await save(work, row, byName.get(row.name))]++;
  if (outcome.added + outcome.changed > 0) await touchLexicon(work);
  await record(work, 'import.supplies', 'office', { after: outcome });
  return outcome;
}

/** Locked in the order of their ids, as requests for supplies lock them. */
const lockItems = (work: Work): Promise<readonly Known[]> =>
  work.tx.selectFrom('item').selectAll().orderBy('id').forUpdate().execute();

/** How many units the count of a file moves the stock of an item we know. */
const differenceOf = (row: SupplyRow, item: Known): number =>
  rounded(row.stock - (item.imported_stock ?? item.on_hand));

/** Stock has three decimals at most (imports/supplies.ts); binary fractions would add more. */
const rounded = (units: number): number => Math.round(units * 1_000) / 1_000;

/** What is promised to people cannot be counted away. */
function refuseBelowReserved(rows: readonly SupplyRow[], byName: ReadonlyMap<string, Known>): void {
  const says = rows.flatMap((row) => tooFew(row, byName.get(row.name)) ?? []);
  if (says.length === 0) return;
  const both = (language: keyof Words) => says.map((each) => each[language]).join('\n');
  throw new Refusal('import.below-reserved', words(both('zh'), both('en')));
}

function tooFew(row: SupplyRow, item: Known | undefined): Words | undefined {
  if (!item) return undefined;
  const left = rounded(item.on_hand + differenceOf(row, item));
  if (left >= item.reserved) return undefined;
  return words(
    `“${row.name}” 的库存 ${row.stock} 太少：改后只剩 ${left} ${item.unit}，已答应别人 ${item.reserved} ${item.unit}；请先处理这些申领或核对数字`,
    `Stock ${row.stock} of “${row.name}” is too low: ${left} would be left and ${item.reserved} are promised; settle those requests first or check the figure`,
  );
}

async function save(work: Work, row: SupplyRow, item: Known | undefined): Promise<keyof Imported> {
  if (!item) {
    await add(work, row);
    return 'added';
  }
  const before = pick(item);
  const after = factsOf(row, item);
  const difference = differenceOf(row, item);
  const same = difference === 0 && JSON.stringify(before) === JSON.stringify(after);
  if (same && item.imported_stock !== null) return 'unchanged';
  await change(work, item, row, difference);
  if (same) return 'unchanged'; // only the count to compare with was missing
  await record(work, 'item.changed', `item:${item.id}`, {
    before: { ...before, on_hand: item.on_hand },
    after: { ...after, on_hand: rounded(item.on_hand + difference) },
  });
  return 'changed';
}

async function add(work: Work, row: SupplyRow): Promise<void> {
  const { id } = await work.tx
    .insertInto('item')
    .values({
      name: row.name,
      ...factsOf(row),
      on_hand: 0,
      reserved: 0,
      low_told_at: null,
      imported_stock: row.stock,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (row.stock > 0) await enter(work, { item: id, sort: 'import', onHand: row.stock });
}

async function change(work: Work, item: Known, row: SupplyRow, difference: number): Promise<void> {
  const onHand = rounded(item.on_hand + difference);
  await work.tx
    .updateTable('item')
    .set({
      ...factsOf(row, item),
      imported_stock: row.stock,
      low_told_at: onHand >= row.lowMark ? null : item.low_told_at,
    })
    .where('id', '=', item.id)
    .execute();
  if (difference !== 0) await enter(work, { item: item.id, sort: 'correct', onHand: difference });
}

/** An item that is in the file is in use, also when it had been taken out before. */
const factsOf = (row: SupplyRow, item?: Known) => ({
  category: row.category,
  unit: row.unit,
  price: row.price,
  low_mark: row.lowMark,
  aliases: [...row.aliases],
  active: true,
  place: row.place ?? item?.place ?? null,
  loanable: row.loanable ?? item?.loanable ?? false,
  trade_in: row.tradeIn ?? item?.trade_in ?? false,
});

/** The same facts of an item we have, in the same order, so that the two can be compared as text. */
const pick = ({
  category,
  unit,
  price,
  low_mark,
  aliases,
  active,
  place,
  loanable,
  trade_in,
}: Known): ReturnType<typeof factsOf> => ({
  category,
  unit,
  price,
  low_mark,
  aliases,
  active,
  place,
  loanable,
  trade_in,
});
