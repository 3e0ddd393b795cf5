import { fromCells } from './cells.ts';
import { readTable, type Reading, shown, type Table } from './table.ts';
import type { Mistake } from './table-text.ts';

/** A thing with a number of its own as assets.csv describes it. */
export type AssetRow = {
  /** As on its label, in capitals: `AST-0007`. */
  readonly number: string;
  readonly name: string;
  readonly place: string;
  readonly model: string | null;
  readonly bought: Temporal.PlainDate | null;
  readonly warrantyUntil: Temporal.PlainDate | null;
  readonly supplier: string | null;
  /** Whom to call: a telephone number, a name with it. */
  readonly supplierContact: string | null;
  /** Who has it: name, employee number or e-mail address; null: nobody; undefined: the file does not say. */
  readonly holder: string | null | undefined;
};

/** Reads a file of assets; with a single mistake none comes back. */
export const readAssets = (bytes: Uint8Array, fileName: string): Promise<Table<AssetRow>> =>
  readTable(bytes, fileName, assets);

const assets: Reading<AssetRow> = {
  columns: [
    { name: '编号' },
    { name: '名称' },
    { name: '地点' },
    { name: '型号', optional: true },
    { name: '购入日期', optional: true },
    { name: '质保到期', optional: true },
    { name: '供应商', optional: true },
    { name: '供应商联系方式', optional: true },
    { name: '使用人', optional: true },
  ],
  make: (row) =>
    fromCells(row, (cells) => ({
      number: cells.code('编号', NUMBER, '字母、横线和数字，如 AST-0007'),
      name: cells.text('名称', 40),
      place: cells.text('地点', 60),
      model: cells.textIfAny('型号', 60) ?? null,
      bought: cells.dateOrNone('购入日期'),
      warrantyUntil: cells.dateOrNone('质保到期'),
      supplier: cells.textIfAny('供应商', 60) ?? null,
      supplierContact: cells.textIfAny('供应商联系方式', 60) ?? null,
      holder: cells.textOrNone('使用人', 100),
    })),
  between: numbersTwice,
};

/** What can be said and scanned; the same form as language/slots/codes.ts hears. */
const NUMBER = /^[A-Z]{2,8}-(?:\d{4}-)?\d{3,8}$/;

/** One number is one thing. */
function numbersTwice(
  rows: readonly { readonly line: number; readonly made: AssetRow }[],
): readonly Mistake[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, made: { number } }) => {
    const before = first.get(number);
    if (before === undefined) first.set(number, line);
    return before === undefined
      ? []
      : [{ line, says: `编号: “${shown(number)}” 与第 ${before} 行重复` }];
  });
}
