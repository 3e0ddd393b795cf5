/** Tables people take away. No text in them can become a formula: people's words are hostile until rendered safe. */
import { writeCsv } from 'hucre/csv';
import type { WriteSheet } from 'hucre/xlsx';

/** A column: its header, and the key under which rows hold its values. */
export type ExportColumn = { readonly key: string; readonly title: string };

export type ExportRow = { readonly [key: string]: string | number | null };

/** CSV in UTF-8 with BOM (spreadsheets take it for GBK without), or a workbook of one sheet. */
export type ExportFormat = 'csv' | 'xlsx';

/** The most characters a cell of a workbook can hold. */
const LONGEST_CELL = 32_767;

/**
 * The bytes of a file with a header and these rows. Numbers stay numbers; a key that a row does not have is an empty cell;
 * texts that begin like a formula get a `'` in CSV and are text cells in a workbook.
 */
export async function writeTable(
  columns: readonly ExportColumn[],
  rows: readonly ExportRow[],
  format: ExportFormat,
): Promise<Uint8Array> {
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ key }) => row[key] ?? null));
  if (format === 'csv') return csvOf([titles, ...cells]);
  return writeSheets([{ name: 'Sheet1', rows: [titles, ...cells].map(fitting) }]);
}

/** A workbook of several sheets, each with a header; titles are cut to the 31 characters that a sheet's name may have. */
export const writeWorkbook = (
  sheets: readonly {
    readonly title: string;
    readonly columns: readonly ExportColumn[];
    readonly rows: readonly ExportRow[];
  }[],
): Promise<Uint8Array> =>
  writeSheets(
    sheets.map(({ title, columns, rows }) => ({
      name: title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
      rows: [
        columns.map((column) => column.title),
        ...rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
      ].map(fitting),
    })),
  );

/** The library of workbooks is loaded with the first that somebody takes away, not with every start. */
async function writeSheets(sheets: WriteSheet[]): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({ sheets });
}

const csvOf = (cells: (string | number | null)[][]): Uint8Array => {
  const safe = cells.map((row) => row.map(withoutWideFormula));
  return new TextEncoder().encode(`${writeCsv(safe, { bom: true, escapeFormulae: true })}\r\n`);
};

/** Chinese spreadsheets take the full-width signs for the narrow ones; the library escapes the narrow only. */
const withoutWideFormula = (cell: string | number | null): string | number | null =>
  typeof cell === 'string' && /^[＝＋－＠]/.test(cell) ? `'${cell}` : cell;

/** Without characters that no XML can hold, and cut to what a cell takes: a damaged workbook would not open at all. */
const fitting = (row: readonly (string | number | null)[]): (string | number | null)[] =>
  row.map((cell) =>
    typeof cell === 'string'
      ? cell.toWellFormed().replaceAll(NOT_XML, '').slice(0, LONGEST_CELL).toWellFormed()
      : cell,
  );

// oxlint-disable-next-line no-control-regex -- these are the characters in question
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
