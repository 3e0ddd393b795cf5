import { isDeepStrictEqual } from 'node:util';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import type { AssetRow } from '../../imports/assets.ts';
import type { Asset } from './assets.ts';

/** Assets of the file by what became of them. */
type Imported = { readonly added: number; readonly changed: number; readonly unchanged: number };

/**
 * Makes the register what a file says, by number: new ones are added, known ones changed where the file differs. Assets that the file
 * does not name stay as they are. The same rows again change nothing.
 */
export async function importAssets(work: Work, rows: readonly AssetRow[]): Promise<Imported> {
  const known = await work.tx.selectFrom('asset').selectAll().orderBy('id').forUpdate().execute();
  const byNumber = new Map(known.map((asset) => [asset.number, asset]));
  const outcome = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) outcome[await save(work, row, byNumber.get(row.number))]++;
  await record(work, 'import.assets', 'office', { after: outcome });
  return outcome;
}

async function save(work: Work, row: AssetRow, asset: Asset | undefined): Promise<keyof Imported> {
  const after = factsOf(row);
  if (!asset) {
    await work.tx
      .insertInto('asset')
      .values({ number: row.number, ...after })
      .execute();
    return 'added';
  }
  const { id, number: _, ...before } = asset;
  if (isDeepStrictEqual(plain(before), plain(after))) return 'unchanged';
  await work.tx.updateTable('asset').set(after).where('id', '=', id).execute();
  await record(work, 'asset.changed', `asset:${id}`, {
    before: plain(before),
    after: plain(after),
  });
  return 'changed';
}

/** An asset that is in the file is in use, also when it had been taken out before. */
const factsOf = (row: AssetRow) => ({
  name: row.name,
  place: row.place,
  model: row.model,
  bought: row.bought,
  warranty_until: row.warrantyUntil,
  supplier: row.supplier,
  supplier_contact: row.supplierContact,
  active: true,
});

/** Dates as text, so that two of the same day are equal. */
const plain = (facts: ReturnType<typeof factsOf>) => ({
  ...facts,
  bought: facts.bought?.toString() ?? null,
  warranty_until: facts.warranty_until?.toString() ?? null,
});
