/** Files people fill in: a header with known columns in any order, then rows. A file is imported whole or not at all. */
import { readCsv } from './csv.ts';
import { readSheet } from './sheet.ts';
import { limits, type Mistake, refused, type TextRow, type TextRows } from './table-text.ts';

/** A column of a file; `optional` ones may be missing from the header. */
type Column = { readonly name: string; readonly optional?: boolean };

export type Table<T> =
  | { readonly ok: true; readonly rows: readonly T[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** One row: its line in the file, its cells by column, trimmed; a column that the file does not have is ''. */
export type Row = { readonly line: number; readonly cells: ReadonlyMap<string, string> };

/** What is made of a row: the thing it describes, or what is wrong with it. */
export type Made<T> =
  | { readonly ok: true; readonly made: T }
  | { readonly ok: false; readonly says: readonly string[] };

/** How a sort of file is read: its columns, what each row means, what must not be twice. */
export type Reading<T> = {
  readonly columns: readonly Column[];
  make(row: Row): Made<T>;
  /** Mistakes between rows, each right by itself. */
  between(rows: readonly { readonly line: number; readonly made: T }[]): readonly Mistake[];
};

/** More lines help nobody; the rest is counted. */
const MOST_MISTAKES = 50;

/**
 * Reads a CSV or .xlsx (known by its content, not its name). Mistakes read `rooms.csv:3 容量: …`; with one of them no row
 * comes back. Limits: 5 MB, 20,000 rows, 60 MB once unpacked.
 */
export async function readTable<T>(
  bytes: Uint8Array,
  fileName: string,
  reading: Reading<T>,
): Promise<Table<T>> {
  const text = await textRows(bytes);
  const read = text.ok ? made(text.rows, reading) : text;
  return read.ok ? read : { ok: false, mistakes: lines(read.mistakes, fileName) };
}

async function textRows(bytes: Uint8Array): Promise<TextRows> {
  if (bytes.length > limits.bytes) return refused('文件超过 5 MB');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readSheet(bytes);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return refused('这是旧版或加密的 Excel 文件；请另存为 .xlsx 或 CSV，不加密码');
  }
  return readCsv(bytes);
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, place) => bytes[place] === byte);

type MadeRows<T> =
  | { readonly ok: true; readonly rows: readonly T[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

function made<T>(texts: readonly TextRow[], reading: Reading<T>): MadeRows<T> {
  const [header, ...body] = texts;
  if (!header) return { ok: false, mistakes: [{ says: '文件是空的；第一行应为表头' }] };
  const names = header.cells.map((cell) => cell.trim());
  const wrongHeader = headerMistakes(names, reading.columns, header.line);
  if (wrongHeader.length > 0) return { ok: false, mistakes: wrongHeader };
  const each = body.map((row) => ({ line: row.line, read: makeRow(row, names, reading) }));
  const right = each.flatMap(({ line, read }) => (read.ok ? [{ line, made: read.made }] : []));
  const wrong = each.flatMap(({ line, read }) =>
    read.ok ? [] : read.says.map((says): Mistake => ({ line, says })),
  );
  const mistakes = [...wrong, ...reading.between(right)];
  return mistakes.length > 0
    ? { ok: false, mistakes }
    : { ok: true, rows: right.map((row) => row.made) };
}

function headerMistakes(
  names: readonly string[],
  columns: readonly Column[],
  line: number,
): readonly Mistake[] {
  const known = columns.map(({ name }) => name);
  const given = names.filter((name) => name !== '');
  const unknown = given.filter((name) => !known.includes(name));
  const missing = columns.filter(({ name, optional }) => !optional && !given.includes(name));
  const twice = new Set(given.filter((name, place) => given.indexOf(name) < place));
  return [
    ...unknown.map((name) => `不认识的列 “${shown(name)}”；可用：${known.join('、')}`),
    ...missing.map(({ name }) => `缺少列 “${name}”`),
    ...[...twice].map((name) => `列 “${shown(name)}” 出现了两次`),
  ].map((says) => ({ line, says }));
}

function makeRow<T>(row: TextRow, names: readonly string[], reading: Reading<T>): Made<T> {
  const beyond = row.cells.findIndex((cell, place) => cell.trim() !== '' && !names[place]);
  if (beyond >= 0) return { ok: false, says: [`第 ${beyond + 1} 列没有表头，却有内容`] };
  const cells = new Map(names.map((name, place) => [name, row.cells[place]?.trim() ?? '']));
  return reading.make({ line: row.line, cells });
}

function lines(mistakes: readonly Mistake[], fileName: string): readonly string[] {
  const inOrder = mistakes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const told = inOrder
    .slice(0, MOST_MISTAKES)
    .map(({ line, says }) =>
      line === undefined ? `${fileName}: ${says}` : `${fileName}:${line} ${says}`,
    );
  const rest = inOrder.length - told.length;
  return rest > 0 ? [...told, `${fileName}: 还有 ${rest} 处错误`] : told;
}

/** What stands in a cell, short and harmless, to be told in a mistake. */
export const shown = (text: string): string => text.replaceAll(/\p{C}/gu, '�').slice(0, 40);
