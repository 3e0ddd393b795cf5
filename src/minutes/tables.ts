/** Tables in minutes: 「事项 | 责任人 | 完成时间」, with bars or tabs. */
import { dueDatesIn } from './by-when.ts';
import { type Part, partNamed } from './labels.ts';
import type { Drafted, Reader } from './drafted.ts';

/** The items of all tables, and which lines those take. */
export type InTables = { readonly items: readonly Drafted[]; readonly lines: ReadonlySet<number> };

/** Finds tables by their heads: a row that names who and what. */
export function tableItems(lines: readonly string[], reader: Reader): InTables {
  const items: Drafted[] = [];
  const taken = new Set<number>();
  let columns: readonly (Part | undefined)[] | undefined;
  for (const [place, line] of lines.entries()) {
    const cells = cellsOf(line);
    if (cells.length < 2) {
      columns = undefined;
      continue;
    }
    const head = cells.map(partNamed);
    if (head.includes('what') && head.includes('owner')) {
      columns = head;
      taken.add(place);
    } else if (columns) {
      taken.add(place);
      const item = rowItem(cells, columns, reader);
      if (item) items.push(item);
    }
  }
  return { items, lines: taken };
}

function cellsOf(line: string): readonly string[] {
  const bars = line
    .trim()
    .replace(/^[|｜]|[|｜]$/gu, '')
    .split(/[|｜]/u);
  const cells = bars.length > 1 ? bars : line.split('\t');
  return cells.map((cell) => cell.trim());
}

function rowItem(
  cells: readonly string[],
  columns: readonly (Part | undefined)[],
  { now }: Reader,
): Drafted | undefined {
  const cell = (part: Part): string => cells[columns.indexOf(part)] ?? '';
  const what = cell('what');
  if (what === '' || /^:?-+:?$/u.test(what)) return undefined;
  return {
    what,
    owner: cell('owner') || null,
    due: dueDatesIn(cell('due'), now).at(-1)?.date ?? null,
    standard: cell('standard') || null,
  };
}
