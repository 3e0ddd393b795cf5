import { lookOf } from './look.ts';
import { shown } from './table.ts';

/** A room or an item, by what people call it. */
export type Named = { readonly name: string; readonly aliases: readonly string[] };

/**
 * Sentences about names of a file that look like one we have in another spelling (A4纸, Ａ4 纸), and about its aliases that
 * are the name of something else we have: people could not tell which is meant.
 */
export function lookalikes(rows: readonly Named[], known: readonly Named[]): readonly string[] {
  const have = new Map(known.map(({ name }) => [lookOf(name), name]));
  return rows.flatMap((row) => {
    const twin = have.get(lookOf(row.name));
    const sayings = row.aliases.flatMap((alias) => taken(row, alias, have.get(lookOf(alias))));
    if (twin === undefined || twin === row.name) return sayings;
    return [
      `名称: “${shown(row.name)}” 与已有的 “${shown(twin)}” 看起来一样；请用已有的写法`,
      ...sayings,
    ];
  });
}

const taken = (row: Named, alias: string, owner: string | undefined): readonly string[] =>
  owner === undefined || lookOf(owner) === lookOf(row.name)
    ? []
    : [`别名: “${shown(row.name)}” 的别名 “${shown(alias)}” 是已有的 “${shown(owner)}” 的名称`];
