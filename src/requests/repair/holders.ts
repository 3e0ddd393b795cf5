/** Who has which assets: the people that a list of assets names. */
import type { Tx } from '../../../db/database.ts';
import type { AssetRow } from '../../imports/assets.ts';
import { peopleNamed, unsureText } from '../../directory/people-named.ts';
import type { Asset } from './assets.ts';

/** The person that each text means; and a sentence for each row whose person nobody is, or several are. */
export type Holders = {
  readonly people: ReadonlyMap<string, number>;
  readonly mistakes: readonly string[];
};

/** People by their employee number, their e-mail address, or a name that only one of those who work here has. */
export async function holdersNamed(tx: Tx, rows: readonly AssetRow[]): Promise<Holders> {
  const { people, unsure } = await peopleNamed(
    tx,
    rows.flatMap(({ holder }) => holder ?? []),
  );
  const mistakes = rows.flatMap(({ number, holder }) => {
    const count = typeof holder === 'string' ? unsure.get(holder) : undefined;
    return count === undefined ? [] : [`${number} ${unsureText(holder ?? '', count)}`];
  });
  return { people, mistakes };
}

/** What a person has, by number. */
export const assetsOf = (tx: Tx, person: number): Promise<Asset[]> =>
  tx
    .selectFrom('asset')
    .selectAll()
    .where('holder_id', '=', person)
    .where('active', '=', true)
    .orderBy('number')
    .execute();
