/** Who has which assets: the people that a list of assets names. */
import type { Tx } from '../../../db/database.ts';
import type { AssetRow } from '../../imports/assets.ts';
import { shown } from '../../imports/table.ts';
import type { Asset } from './assets.ts';

/** The person that each text means; and a sentence for each row whose person nobody is, or several are. */
export type Holders = {
  readonly people: ReadonlyMap<string, number>;
  readonly mistakes: readonly string[];
};

/** People by their employee number, their e-mail address, or a name that only one of those who work here has. */
export async function holdersNamed(tx: Tx, rows: readonly AssetRow[]): Promise<Holders> {
  const people = new Map<string, number>();
  const mistakes: string[] = [];
  if (!rows.some(({ holder }) => typeof holder === 'string')) return { people, mistakes };
  const all = await tx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'employee_no'])
    .where('active', '=', true)
    .execute();
  for (const { number, holder } of rows) {
    if (typeof holder !== 'string') continue;
    const exact = all.filter(({ email, employee_no }) => [email, employee_no].includes(holder));
    const meant = exact.length > 0 ? exact : all.filter(({ name }) => name === holder);
    const [only, another] = meant;
    if (only && !another) people.set(holder, only.id);
    else
      mistakes.push(
        another
          ? `${number} 使用人: 有 ${meant.length} 位 “${shown(holder)}”；请写工号或邮箱`
          : `${number} 使用人: 通讯录里没有 “${shown(holder)}”；请写姓名、工号或邮箱，没有人用写 -`,
      );
  }
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
