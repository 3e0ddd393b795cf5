import { refused, type TextRow, type TextRows, limits, tooManyRows } from './table-text.ts';

/** Reads CSV in UTF-8 (with or without BOM) or GBK. Rows that are empty throughout are left out. */
export function readCsv(bytes: Uint8Array): TextRows {
  const text = decoded(bytes);
  if (text === null) {
    return refused('文字编码应为 UTF-8 或 GBK；在 Excel 中请另存为 “CSV UTF-8（逗号分隔）”');
  }
  const read = parseCsv(text);
  if (!Array.isArray(read)) return refused(read.says, read.line);
  return read.length > limits.rows + 1 ? tooManyRows() : { ok: true, rows: read };
}

/** GB18030 contains GBK. UTF-8 first: Chinese in GBK is practically never valid UTF-8, while the reverse often is. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

function decoded(bytes: Uint8Array): string | null {
  if (startsAsUtf16(bytes)) return null;
  for (const encoding of ENCODINGS) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? null : text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/** What Excel calls "Unicode text". */
const startsAsUtf16 = ([a, b]: Uint8Array): boolean =>
  (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

type Unreadable = { readonly line: number; readonly says: string };

/** Where the reader stands: the next character, the line it is on, and the row it is filling. */
type Reader = { at: number; line: number; readonly text: string };

/**
 * Fields as RFC 4180 has them: a quoted field may hold commas, line ends and doubled quotes. Stricter than the library's
 * reader where a slip would shift columns, and it knows the line on which each row begins.
 */
function parseCsv(text: string): TextRow[] | Unreadable {
  const reader: Reader = { at: 0, line: 1, text };
  const rows: TextRow[] = [];
  while (reader.at < text.length) {
    const line = reader.line;
    const cells = readRow(reader);
    if (!Array.isArray(cells)) return cells;
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
  }
  return rows;
}

function readRow(reader: Reader): string[] | Unreadable {
  const cells: string[] = [];
  for (;;) {
    const cell = reader.text[reader.at] === '"' ? readQuoted(reader) : readPlain(reader);
    if (typeof cell !== 'string') return cell;
    cells.push(unescaped(cell));
    if (reader.text[reader.at] !== ',') break;
    reader.at++;
  }
  skipLineEnd(reader);
  return cells;
}

function readPlain(reader: Reader): string {
  const from = reader.at;
  while (reader.at < reader.text.length && !',\r\n'.includes(reader.text.charAt(reader.at))) {
    reader.at++;
  }
  return reader.text.slice(from, reader.at);
}

function readQuoted(reader: Reader): string | Unreadable {
  const { text, line } = reader;
  let cell = '';
  for (let from = reader.at + 1; ; from = reader.at + 1) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { line, says: '引号没有结束' };
    cell += text.slice(from, quote);
    reader.at = quote + 1;
    if (text[reader.at] !== '"') break;
    cell += '"';
  }
  reader.line += cell.split(LINE_END).length - 1;
  const next = text[reader.at];
  return next === undefined || ',\r\n'.includes(next)
    ? cell
    : { line, says: '引号后面有多余的文字' };
}

const LINE_END = /\r\n|\r|\n/;

function skipLineEnd(reader: Reader): void {
  if (reader.at >= reader.text.length) return;
  reader.at += reader.text.startsWith('\r\n', reader.at) ? 2 : 1;
  reader.line++;
}

/** Takes back the `'` that exports put before what a spreadsheet would run as a formula. */
const unescaped = (cell: string): string =>
  /^'[=+\-@＝＋－＠\t\r]/.test(cell) ? cell.slice(1) : cell;
