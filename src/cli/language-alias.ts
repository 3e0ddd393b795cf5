import type { Tx } from '../../db/database.ts';
import { inWork, type Office } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { touchLexicon } from '../directory/sync.ts';
import { hasUnseen, lookOf } from '../imports/look.ts';
import { shown } from '../imports/table.ts';

/** Whether it is called so now; `says` why it is not. */
export type Aliased =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly says: string };

/** The longest alias an imported file may hold as well, characters. */
const LONGEST = 40;

type Sort = 'room' | 'item';
type Thing = {
  readonly sort: Sort;
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
};

/** One more name for a room or an item, by its exact name. Refused when anything else is called so already. */
export async function addAlias(
  office: Office,
  sort: Sort,
  name: string,
  added: string,
): Promise<Aliased> {
  const alias = added.trim();
  if (alias === '' || alias.length > LONGEST || hasUnseen(alias) || /[;；]/.test(alias)) {
    return { ok: false, says: `叫法应为 1–${LONGEST} 个字，不含 “;” | 1 to ${LONGEST} characters` };
  }
  return inWork(office, { actor: 'system', cause: 'cli:language alias' }, async (work) => {
    const things = [...(await locked(work.tx, 'room')), ...(await locked(work.tx, 'item'))];
    const thing = things.find((each) => each.sort === sort && each.name === name);
    if (!thing) return { ok: false, says: unknown(sort, name) };
    const owner = things.find((each) => namesOf(each).includes(lookOf(alias)));
    if (owner === thing) return { ok: true, changed: false };
    if (owner) return { ok: false, says: taken(alias, owner) };
    const aliases = [...thing.aliases, alias];
    await work.tx.updateTable(sort).set({ aliases }).where('id', '=', thing.id).execute();
    await record(work, `${sort}.changed`, `${sort}:${thing.id}`, {
      before: { aliases: thing.aliases },
      after: { aliases },
    });
    await touchLexicon(work);
    return { ok: true, changed: true };
  });
}

/** Locked in the order of their ids, as everybody locks them. */
async function locked(tx: Tx, sort: Sort): Promise<readonly Thing[]> {
  const rows = await tx
    .selectFrom(sort)
    .select(['id', 'name', 'aliases'])
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, sort }));
}

const namesOf = ({ name, aliases }: Thing): readonly string[] => [name, ...aliases].map(lookOf);

const unknown = (sort: Sort, name: string): string =>
  sort === 'room'
    ? `没有叫 “${shown(name)}” 的会议室 | there is no such room`
    : `没有叫 “${shown(name)}” 的物品 | there is no such item`;

const taken = (alias: string, owner: Thing): string =>
  `“${shown(alias)}” 已经是 “${shown(owner.name)}” 的叫法；两样东西不能用同一个叫法 | it is the name of something else`;
