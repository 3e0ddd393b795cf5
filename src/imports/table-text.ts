/** What a table file says before its columns are looked at: rows of cells as texts, each row with its line in the file. */
export type TextRow = { readonly line: number; readonly cells: readonly string[] };

/** Mistakes name the line they are on; a mistake without a line is about the whole file. */
export type Mistake = { readonly line?: number; readonly says: string };

export type TextRows =
  | { readonly ok: true; readonly rows: readonly TextRow[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Bounds of what is imported; a file beyond them is refused whole. */
export const limits = {
  bytes: 5 * 1024 * 1024,
  rows: 20_000,
  /** Of an .xlsx, which is compressed. */
  inflatedBytes: 60 * 1024 * 1024,
  /** Far more than any of our files has; a cell at the far end of a sheet would make every row huge. */
  columns: 100,
} as const;

export const refused = (says: string, line?: number): TextRows => ({
  ok: false,
  mistakes: [line === undefined ? { says } : { line, says }],
});

export const tooManyRows = (): TextRows => refused(`超过 ${limits.rows} 行；请分成几个文件导入`);
