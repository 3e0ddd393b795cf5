import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import type { AssetRow } from '../../imports/assets.ts';
import type { Asset } from './assets.ts';
import { holdersNamed } from './holders.ts';

/** Assets of the file by what became of them. */
type Imported = { readonly added: number; readonly changed: number; readonly unchanged: number };

/**
 * Makes the register what a file says, by number: new ones are added, known ones changed where the file differs. Assets that the file
 * does not name stay as they are. The same rows again change nothing. Refusal `import.holders`, one sentence a line, when a holder is
 * nobody who works here, or one of several; nothing is imported then.
 */
export async function importAssets(work: Work, rows: readonly AssetRow[]): Promise<Imported> {
  const known = await work.tx.selectFrom('asset').selectAll().orderBy('id').forUpdate().execute();
  const byNumber = new Map(known.map((asset) => [asset.number, asset]));
  const { people, mistakes } = await holdersNamed(work.tx, rows);
  const told = mistakes.join('\n');
  if (mistakes.length > 0) throw new Refusal('import.holders', words(told, told));
  const outcome = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) outcome[await save(work, row, byNumber.get(row.number), people)]++;
  await record(work, 'import.assets', 'office', { after: outcome });
  return outcome;
}

async function save(
  work: Work,
  row: AssetRow,
  asset: Asset | undefined,
  people: ReadonlyMap<string, number>,
): Promise<keyof Imported> {
  const after = factsOf(row, asset, people);
  if (!asset) {
    await work.tx
      .insertInto('asset')
      .values({ number: row.number, ...after })
      .execute();
    return 'added';
  }
  const { id, number: _, leaver_told_at: __, ...before } = asset;
  if (isDeepStrictEqual(plain(before), plain(after))) return 'unchanged';
  const moved = before.holder_id === after.holder_id ? {} : { leaver_told_at: null };
  await work.tx
    .updateTable('asset')
    .set({ ...after, ...moved })
    .where('id', '=', id)
    .execute();
  await record(work, 'asset.changed', `asset:${id}`, {
    before: plain(before),
    after: plain(after),
  });
  return 'changed';
}

/** An asset that is in the file is in use, also when it had been taken out before. */
const factsOf = (row: AssetRow, asset: Asset | undefined, people: ReadonlyMap<string, number>) => ({
  name: row.name,
  place: row.place,
  model: row.model,
  bought: row.bought,
  warranty_until: row.warrantyUntil,
  supplier: row.supplier,
  supplier_contact: row.supplierContact,
  active: true,
  holder_id:
    row.holder === undefined
      ? (asset?.holder_id ?? null)
      : row.holder === null
        ? null
        : (people.get(row.holder) ?? null),
});

/** Dates as text, so that two of the same day are equal. */
const plain = (facts: ReturnType<typeof factsOf>) => ({
  ...facts,
  bought: facts.bought?.toString() ?? null,
  warranty_until: facts.warranty_until?.toString() ?? null,
});
