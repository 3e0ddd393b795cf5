import type { CellValue } from 'hucre/xlsx';
import { inflatedSize } from './inflated.ts';
import { limits, refused, type TextRow, type TextRows, tooManyRows } from './table-text.ts';

/** Reads the first sheet of an .xlsx; a line is the sheet's own row number. */
export async function readSheet(bytes: Uint8Array): Promise<TextRows> {
  const size = inflatedSize(bytes, limits.inflatedBytes);
  if (size === 'too-large') return refused('表格解压后超过 60 MB；请只保留要导入的工作表');
  if (size === 'damaged') return DAMAGED;
  try {
    return await rowsOf(bytes);
  } catch (error) {
    // Whatever the library finds wrong with a file is the file's fault; its sizes were checked above
    if (error instanceof Error) return DAMAGED;
    throw error;
  }
}

const DAMAGED = refused('文件已损坏或不是 .xlsx 表格；请重新另存为 .xlsx 或 CSV');

async function rowsOf(bytes: Uint8Array): Promise<TextRows> {
  const rows: TextRow[] = [];
  // Loaded with the first workbook that somebody brings, not with every start.
  const { streamXlsxRows } = await import('hucre/xlsx');
  for await (const { index, values } of streamXlsxRows(bytes)) {
    const line = index + 1;
    if (values.length > limits.columns) return refused(`列太多（超过 ${limits.columns} 列）`, line);
    const cells = values.map(cellText);
    const strange = cells.indexOf(null);
    if (strange >= 0) return refused(`第 ${strange + 1} 列是日期；请把这一列设为文本`, line);
    const texts = cells.map((cell) => cell ?? '');
    if (texts.some((cell) => cell.trim() !== '')) rows.push({ line, cells: texts });
    if (rows.length > limits.rows + 1) return tooManyRows();
  }
  return { ok: true, rows };
}

/** A cell as people see it; null for a date, of which we cannot know how it was written (3-10 typed as a floor becomes one). */
function cellText(value: CellValue): string | null {
  if (value === null) return '';
  if (value instanceof Date) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}
