/** How a strip is drawn where there are only characters: a sign for each half hour, with the hour before every third one. Pure. */
import type { StripBlock, StripCell } from './card.ts';
import { type Language, type Words, words } from './words.ts';

/** Minutes of one cell. */
export const CELL_MINUTES = 30;

/** High is taken, low is free: told apart by height, whatever the colours. */
export const STRIP_SIGNS: { readonly [cell in StripCell]: Words } = {
  free: words('▁', '▁'),
  taken: words('▇', '▇'),
  mine: words('我', 'M'),
  past: words('·', '·'),
};

/** What the signs mean, on one line. */
export const STRIP_KEY = words(
  '▁ 空闲　▇ 不可订　我 我的预订　· 已过',
  '▁ free, ▇ not to be had, M mine, · past',
);

/** A run of equal cells, or an hour that is written between two of them. */
export type StripPart =
  | { readonly hour: string }
  | { readonly cell: StripCell; readonly count: number };

/** The parts of a row in order: its beginning, the hours 0, 3, 6 … and its end are written, the rest is drawn. */
export function stripParts(from: number, cells: readonly StripCell[]): readonly StripPart[] {
  const parts: StripPart[] = [];
  for (const [index, cell] of cells.entries()) {
    const at = from + index * CELL_MINUTES;
    const last = parts.at(-1);
    if (index === 0 || at % MARKED === 0) parts.push({ hour: hourText(at) });
    else if (last && 'cell' in last && last.cell === cell) {
      parts[parts.length - 1] = { cell, count: last.count + 1 };
      continue;
    }
    parts.push({ cell, count: 1 });
  }
  return [...parts, { hour: hourText(from + cells.length * CELL_MINUTES) }];
}

/** Minutes between two hours that are written. */
const MARKED = 3 * 60;

/** 「9」, 「9:30」: the shorter the better, as a strip is as wide as a phone. */
function hourText(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** A row as text: 「9▁▁▇▇▁▁12▁▁…18」. */
export const stripText = (
  { from }: Pick<StripBlock, 'from'>,
  cells: readonly StripCell[],
  language: Language,
): string =>
  stripParts(from, cells)
    .map((part) =>
      'hour' in part ? part.hour : STRIP_SIGNS[part.cell][language].repeat(part.count),
    )
    .join('');
