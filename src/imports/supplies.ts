import { fromCells, namesTwice } from './cells.ts';
import { readTable, type Reading, type Table } from './table.ts';

/** A thing in the store room as supplies.csv describes it. */
export type SupplyRow = {
  readonly name: string;
  readonly category: string;
  /** What one of it is called: 包, 支, 个. */
  readonly unit: string;
  /** Yuan for one unit. */
  readonly price: number;
  /** Units on hand. */
  readonly stock: number;
  /** At this many units or fewer the office is told to buy more. */
  readonly lowMark: number;
  readonly aliases: readonly string[];
  /** Where it lies: 三楼文具柜. Of this and what follows: as it was, where the file does not say. */
  readonly place?: string | undefined;
  /** It is lent out, not used up. */
  readonly loanable?: boolean | undefined;
  /** The old one is brought for it. */
  readonly tradeIn?: boolean | undefined;
};

/** Reads a file of supplies; with a single mistake no item comes back. */
export const readSupplies = (bytes: Uint8Array, fileName: string): Promise<Table<SupplyRow>> =>
  readTable(bytes, fileName, supplies);

const UNITS = { most: 1_000_000, decimals: 3 };

const supplies: Reading<SupplyRow> = {
  columns: [
    { name: '名称' },
    { name: '分类' },
    { name: '单位' },
    { name: '单价' },
    { name: '库存' },
    { name: '预警线' },
    { name: '别名', optional: true },
    { name: '位置', optional: true },
    { name: '可借', optional: true },
    { name: '以旧换新', optional: true },
  ],
  make: (row) =>
    fromCells(row, (cells) => ({
      name: cells.text('名称', 40),
      category: cells.text('分类', 20),
      unit: cells.text('单位', 10),
      price: cells.number('单价', { most: 10_000_000, decimals: 2 }),
      stock: cells.number('库存', UNITS),
      lowMark: cells.number('预警线', UNITS),
      aliases: cells.texts('别名', 40),
      place: cells.textIfAny('位置', 40),
      loanable: cells.yesOrNoIfAny('可借'),
      tradeIn: cells.yesOrNoIfAny('以旧换新'),
    })),
  between: namesTwice,
};
