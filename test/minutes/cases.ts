/** Minutes written by hand, with the items a careful secretary would make of them; and how well they are found. */
import { readFileSync } from 'node:fs';
import { demoCompany } from '../../db/demo.ts';
import { extract } from '../../src/minutes/extract.ts';
import type { Drafted, Reader } from '../../src/minutes/drafted.ts';

export type Wanted = {
  readonly owner: string | null;
  readonly due: string | null;
  readonly what: string;
};
export type Case = { readonly said: string; readonly items: readonly Wanted[] };

/** Cases of a file: a text, then one line `=> owner | due | words of what` for each item (`?`: not told), or `=> none`. */
export const casesIn = (name: 'building' | 'aside'): readonly Case[] =>
  readFileSync(new URL(`data/${name}.txt`, import.meta.url), 'utf8')
    .split('\n---\n')
    .map((block) => {
      const lines = block.trimEnd().split('\n');
      const wanted = lines.filter((line) => line.startsWith('=> ') && line !== '=> none');
      return {
        said: lines.filter((line) => !line.startsWith('=> ')).join('\n'),
        items: wanted.map((line) => {
          const [owner = '?', due = '?', what = ''] = line.slice(3).split(' | ');
          return { owner: told(owner), due: told(due), what };
        }),
      };
    });

const told = (cell: string): string | null => (cell === '?' ? null : cell);

/** Tuesday, 2026-03-03 10:00 in Shanghai; the demo company. */
export const reader: Reader = {
  now: Temporal.ZonedDateTime.from('2026-03-03T10:00:00+08:00[Asia/Shanghai]'),
  people: demoCompany.people.map(({ id, name, nameEn }) => ({
    id,
    name,
    ...(nameEn ? { aliases: [nameEn] } : {}),
  })),
};

export type Figures = {
  readonly cases: number;
  readonly wanted: number;
  readonly found: number;
  readonly right: number;
  readonly ownersRight: number;
  readonly datesRight: number;
  readonly misses: readonly string[];
};

/** An item is found when its words are in one; owner and date are counted among the found. */
export function measure(cases: readonly Case[]): Figures {
  let [found, right, ownersRight, datesRight] = [0, 0, 0, 0];
  const misses: string[] = [];
  for (const { said, items } of cases) {
    const left: Drafted[] = [...extract(said, reader).items];
    found += left.length;
    for (const wanted of items) {
      const at = left.findIndex(({ what }) => what.includes(wanted.what));
      const [item] = at < 0 ? [] : left.splice(at, 1);
      if (item) right++;
      if (item?.owner === wanted.owner) ownersRight++;
      if (item?.due === wanted.due) datesRight++;
      if (item?.owner !== wanted.owner || item.due !== wanted.due)
        misses.push(
          `${said.slice(0, 40)} wants ${JSON.stringify(wanted)} got ${JSON.stringify(item ?? left)}`,
        );
    }
    if (left.length > 0) misses.push(`${said.slice(0, 40)} too many: ${JSON.stringify(left)}`);
  }
  const wanted = cases.reduce((sum, { items }) => sum + items.length, 0);
  return { cases: cases.length, wanted, found, right, ownersRight, datesRight, misses };
}
