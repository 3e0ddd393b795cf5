import { fromCells, namesTwice } from './cells.ts';
import { readTable, type Reading, type Table } from './table.ts';
import type { Mistake } from './table-text.ts';

/** A meeting room as rooms.csv describes it, or what else is booked by the same means. */
export type RoomRow = {
  readonly name: string;
  /** As people say it, without 楼 or 层: `3`, `B1`. */
  readonly floor: string;
  /** Seats. */
  readonly capacity: number;
  readonly equipment: readonly string[];
  readonly needsApproval: boolean;
  readonly aliases: readonly string[];
  /** The meeting room of Feishu that it is; null: none; undefined: the file does not say. */
  readonly feishuRoom: string | null | undefined;
  /** 会议室, 工位, …; undefined: the file does not say. */
  readonly sort: string | undefined;
  /** Whose fixed desk it is: name, employee number or e-mail address; null: nobody's; undefined: the file does not say. */
  readonly holder: string | null | undefined;
};

/** Reads a file of meeting rooms; with a single mistake no room comes back. */
export const readRooms = (bytes: Uint8Array, fileName: string): Promise<Table<RoomRow>> =>
  readTable(bytes, fileName, rooms);

const rooms: Reading<RoomRow> = {
  columns: [
    { name: '名称' },
    { name: '楼层' },
    { name: '容量' },
    { name: '设备' },
    { name: '需审批' },
    { name: '别名', optional: true },
    { name: '飞书会议室', optional: true },
    { name: '类型', optional: true },
    { name: '使用人', optional: true },
  ],
  make: (row) =>
    fromCells(row, (cells) => ({
      name: cells.text('名称', 40),
      floor: floorOf(cells.text('楼层', 10)),
      capacity: cells.number('容量', { least: 1, most: 10_000, decimals: 0 }),
      equipment: cells.texts('设备', 20),
      needsApproval: cells.yesOrNo('需审批'),
      aliases: cells.texts('别名', 40),
      feishuRoom: cells.idOrNone('飞书会议室', 'omm_'),
      sort: cells.textIfAny('类型', 10),
      holder: cells.textOrNone('使用人', 100),
    })),
  between: (rows) => [...namesTwice(rows), ...roomsTwice(rows)],
};

/** `3楼`, `3层` and `3F` are floor 3. */
const floorOf = (written: string): string =>
  /^(.*[0-9])\s*(?:楼|层|[Ff])$/.exec(written)?.[1] ?? written;

/** One room of Feishu is one room of ours. */
const roomsTwice = (
  rows: readonly { readonly line: number; readonly made: RoomRow }[],
): readonly Mistake[] =>
  rows.flatMap(({ line, made: { feishuRoom } }) => {
    const first = feishuRoom && rows.find(({ made }) => made.feishuRoom === feishuRoom);
    if (!first || first.line === line) return [];
    return [{ line, says: `飞书会议室: ${feishuRoom} 与第 ${first.line} 行重复` }];
  });
