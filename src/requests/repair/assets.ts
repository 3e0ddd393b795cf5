/** The register of things that have a number. */
import type { Selectable } from 'kysely';
import type { Tx } from '../../../db/database.ts';
import type { AssetTable } from '../../../db/tables.ts';

export type Asset = Selectable<AssetTable>;

/** A number as it is kept: half-width capitals without blanks. */
const plainNumber = (said: string): string =>
  said.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '');

/** The thing with this number, as somebody said or scanned it. */
export const assetNumbered = (tx: Tx, said: string): Promise<Asset | undefined> =>
  tx
    .selectFrom('asset')
    .selectAll()
    .where('number', '=', plainNumber(said))
    .where('active', '=', true)
    .executeTakeFirst();

/** Whether its warranty still holds on a day; undefined when nobody knows until when. */
export const isInWarranty = (
  { warranty_until: until }: Pick<Asset, 'warranty_until'>,
  day: Temporal.PlainDate,
): boolean | undefined =>
  until === null ? undefined : Temporal.PlainDate.compare(day, until) <= 0;
