/** What a cell may hold. Each reads a column of a row, and notes what is wrong with it. */
import { hasUnseen, lookOf } from './look.ts';
import { type Made, type Row, shown } from './table.ts';
import type { Mistake } from './table-text.ts';

/** Reads the cells of one row; wrong ones are collected, so that a row is told all its mistakes at once. */
export type Cells = {
  /** A text of 1 to `most` characters. */
  text(column: string, most: number): string;
  /** A number from 0 to `most` with at most so many decimals, written plainly: no thousands separators, no unit. */
  number(
    column: string,
    bounds: { readonly least?: number; readonly most: number; readonly decimals: number },
  ): number;
  /** A day as `2026-03-01` or 2026/3/1, or null when nothing stands there. */
  dateOrNone(column: string): Temporal.PlainDate | null;
  /** A code of this form, read in capitals; `told` says what form. */
  code(column: string, form: RegExp, told: string): string;
  /** 是 or 否. */
  yesOrNo(column: string): boolean;
  /** An id of a platform, which begins so; `-` for none, which is null; undefined when nothing stands there. */
  idOrNone(column: string, begins: string): string | null | undefined;
  /** `text` and `yesOrNo` where nothing need stand: undefined then. */
  textIfAny(column: string, most: number): string | undefined;
  yesOrNoIfAny(column: string): boolean | undefined;
  /** The same, where `-` stands for nobody: null. */
  textOrNone(column: string, most: number): string | null | undefined;
  /** Texts separated by `;`, none twice. */
  texts(column: string, most: number): readonly string[];
};

/** Makes a thing of a row; when a cell is wrong what `make` returns is dropped. */
export function fromCells<T>(row: Row, make: (cells: Cells) => T): Made<T> {
  const says: string[] = [];
  const made = make(
    cellsOf(row, (column, expected, found) => {
      says.push(
        `${column}: 应为${expected}，现在是${found === '' ? '空的' : ` “${shown(found)}”`}`,
      );
    }),
  );
  return says.length > 0 ? { ok: false, says } : { ok: true, made };
}

type Note = (column: string, expected: string, found: string) => void;

function cellsOf({ cells }: Row, note: Note): Cells {
  const cell = (column: string): string => cells.get(column) ?? '';
  const accept = <T>(
    column: string,
    expected: string,
    read: (text: string) => T | null,
    instead: T,
  ): T => {
    const value = read(cell(column));
    if (value === null) note(column, expected, cell(column));
    return value ?? instead;
  };
  const text = (column: string, most: number): string =>
    accept(column, `1–${most} 个字`, (given) => plain(given, most), '');
  const yesOrNo = (column: string): boolean =>
    accept(column, ' 是 或 否', (given) => ANSWERS.get(given) ?? null, false);
  return {
    text,
    yesOrNo,
    textIfAny: (column, most) => (cell(column) === '' ? undefined : text(column, most)),
    yesOrNoIfAny: (column) => (cell(column) === '' ? undefined : yesOrNo(column)),
    textOrNone(column, most) {
      if (cell(column) === '') return undefined;
      return cell(column) === '-' ? null : text(column, most);
    },
    number: (column, { least = 0, most, decimals }) =>
      accept(
        column,
        numberText(least, most, decimals),
        (given) => amount(given, least, most, decimals),
        0,
      ),
    dateOrNone(column) {
      if (cell(column) === '') return null;
      return accept<Temporal.PlainDate | null>(column, '日期，如 2026-03-01', dayIn, null);
    },
    code: (column, form, told) => accept(column, told, (given) => codeIn(given, form), ''),
    idOrNone(column, begins) {
      const given = cell(column);
      if (given === '') return undefined;
      if (given === '-') return null;
      return accept(column, ` ${begins}… 或 -（不关联）`, (id) => idIn(id, begins), begins);
    },
    texts: (column, most) =>
      accept(column, `用 ; 隔开的词，每个不超过 ${most} 个字`, (given) => several(given, most), []),
  };
}

const ANSWERS: ReadonlyMap<string, boolean> = new Map([
  ['是', true],
  ['否', false],
]);

const plain = (text: string, most: number): string | null =>
  text === '' || text.length > most || hasUnseen(text) ? null : text;

const idIn = (text: string, begins: string): string | null =>
  text.startsWith(begins) && /^[A-Za-z0-9_-]{5,100}$/.test(text) ? text : null;

function dayIn(text: string): Temporal.PlainDate | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!parts) return null;
  try {
    const [year, month, day] = parts.slice(1).map(Number);
    return Temporal.PlainDate.from({ year: year ?? 0, month: month ?? 0, day: day ?? 0 }, REAL);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const REAL = { overflow: 'reject' } as const;

function codeIn(text: string, form: RegExp): string | null {
  const capitals = text.normalize('NFKC').toUpperCase();
  return form.test(capitals) ? capitals : null;
}

const numberText = (least: number, most: number, decimals: number): string =>
  ` ${least}–${most} 的${decimals === 0 ? '整数' : `数，最多 ${decimals} 位小数`}`;

function amount(text: string, least: number, most: number, decimals: number): number | null {
  const written = /^[0-9]{1,9}(?:\.([0-9]{1,9}))?$/.exec(text);
  if (!written) return null;
  const value = Number(text);
  const places = (written[1] ?? '').replace(/0+$/, '').length;
  return value >= least && value <= most && places <= decimals ? value : null;
}

/** Excel in Chinese types the full-width semicolon easily. */
function several(text: string, most: number): readonly string[] | null {
  const parts = text
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.some((part) => plain(part, most) === null)) return null;
  return [...new Map(parts.map((part) => [lookOf(part), part])).values()];
}

/** A thing with a name and other names, on its line of the file. */
export type NamedRow = {
  readonly line: number;
  readonly made: { readonly name: string; readonly aliases: readonly string[] };
};

/** Names that are there twice or look like another's, and aliases that are another row's name. */
export function namesTwice(rows: readonly NamedRow[]): readonly Mistake[] {
  const first = new Map<string, NamedRow>();
  for (const row of rows.toReversed()) first.set(lookOf(row.made.name), row);
  return rows.flatMap((row) => [...twice(row, first), ...aliasTaken(row, first)]);
}

function twice(row: NamedRow, first: ReadonlyMap<string, NamedRow>): readonly Mistake[] {
  const other = first.get(lookOf(row.made.name));
  if (!other || other === row) return [];
  const name = shown(row.made.name);
  const says =
    other.made.name === row.made.name
      ? `名称: “${name}” 与第 ${other.line} 行重复`
      : `名称: “${name}” 与第 ${other.line} 行的 “${shown(other.made.name)}” 看起来一样`;
  return [{ line: row.line, says }];
}

const aliasTaken = (row: NamedRow, first: ReadonlyMap<string, NamedRow>): readonly Mistake[] =>
  row.made.aliases.flatMap((alias) => {
    const other = first.get(lookOf(alias));
    if (!other || lookOf(row.made.name) === lookOf(alias)) return [];
    return [{ line: row.line, says: `别名: “${shown(alias)}” 是第 ${other.line} 行的名称` }];
  });
