/** What is exported: rows out of one snapshot, times in the office's zone, states in the words of the cards. */
import { sql } from 'kysely';
import { STATE } from '../../cards/vocabulary.ts';
import type { Tx } from '../../db/database.ts';
import { reported } from '../conversation/reported.ts';
import type { ExportColumn, ExportRow } from '../exports/table.ts';
import { LEDGER_COLUMNS, ledgerRows } from '../supplies/ledger-table.ts';
import { monthlyTable } from '../reports/monthly-table.ts';
import { roomUseTable } from '../reports/room-report.ts';
import type { Hearing } from '../requests/fields.ts';
import { kinds } from '../requests/index.ts';
import type { RequestKind } from '../requests/kind.ts';
import type { Opened } from './opened.ts';

/** A table to be written. */
export type Sheet = {
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly ExportRow[];
};

/** Columns whose titles are their keys. */
const titled = (...titles: readonly string[]): readonly ExportColumn[] =>
  titles.map((title) => ({ key: title, title }));

const REQUEST = titled(
  '单号',
  '类型',
  '申请人',
  '部门',
  '状态',
  '摘要',
  '提交时间',
  '结束时间',
  '计量',
);

/** Every request, oldest first. 计量 is the kind's own measure: hours, yuan, days. */
export const requests = (opened: Opened): Promise<Sheet> =>
  snapshot(opened, async (tx) => ({
    columns: REQUEST,
    rows: (await requestRows(tx)).map((row) => requestCells(row, opened)),
  }));

/** The requests of one kind with the columns of its own. */
export const ledger = (opened: Opened, kind: RequestKind): Promise<Sheet> =>
  snapshot(opened, async (tx) => {
    const found = await requestRows(tx, kind.name);
    const rows = found.map((row) => ({ ...requestCells(row, opened), ...own(kind, row, opened) }));
    const known = new Set(REQUEST.map(({ key }) => key));
    const more = new Set(rows.flatMap((row) => Object.keys(row)).filter((key) => !known.has(key)));
    return { columns: [...REQUEST, ...titled(...more)], rows };
  });

/** Rooms by time, also those given back. */
export const bookings = (opened: Opened): Promise<Sheet> =>
  snapshot(opened, async (tx) => {
    const rows = await tx
      .selectFrom('booking')
      .innerJoin('room', 'room.id', 'booking.room_id')
      .innerJoin('request', 'request.id', 'booking.request_id')
      .innerJoin('person', 'person.id', 'request.requester_id')
      .leftJoin('department', 'department.id', 'person.department_id')
      .select(['room.name as room', 'room.floor', 'booking.starts_at', 'booking.ends_at'])
      .select(['booking.state', 'request.number', 'person.name', 'department.name as department'])
      .orderBy('booking.starts_at')
      .orderBy('booking.id')
      .execute();
    return {
      columns: titled('会议室', '楼层', '开始', '结束', '状态', '单号', '预订人', '部门'),
      rows: rows.map((row) => ({
        会议室: row.room,
        楼层: row.floor,
        开始: localText(row.starts_at, opened),
        结束: localText(row.ends_at, opened),
        状态: BOOKING[row.state],
        单号: row.number,
        预订人: row.name,
        部门: row.department,
      })),
    };
  });

const BOOKING = { held: '待审批', booked: '已预订', released: '已释放' } as const;

/** What is in the store room now. 可领 is what is not yet promised. */
export const stock = (opened: Opened): Promise<Sheet> =>
  snapshot(opened, async (tx) => {
    const items = await tx
      .selectFrom('item')
      .selectAll()
      .where('active', '=', true)
      .orderBy('category')
      .orderBy('name')
      .execute();
    return {
      columns: titled(
        '名称',
        '分类',
        '单位',
        '单价',
        '库存',
        '已答应',
        '可领',
        '预警线',
        '预警',
        '别名',
      ),
      rows: items.map((item) => ({
        名称: item.name,
        分类: item.category,
        单位: item.unit,
        单价: item.price,
        库存: item.on_hand,
        已答应: item.reserved,
        可领: Math.round((item.on_hand - item.reserved) * 1_000) / 1_000,
        预警线: item.low_mark,
        预警: item.on_hand < item.low_mark ? '是' : '否',
        别名: item.aliases.join(';'),
      })),
    };
  });

/** Every movement of the store room. */
export const movements = (opened: Opened): Promise<Sheet> =>
  snapshot(opened, async (tx) => ({
    columns: titled(...LEDGER_COLUMNS),
    rows: await ledgerRows(tx, opened.rules.timeZone),
  }));

/** The monthly report, a figure a line. */
export const monthly = (opened: Opened, month: Temporal.PlainYearMonth): Promise<Sheet> =>
  snapshot(opened, (tx) =>
    monthlyTable(tx, opened.rules, month, opened.office.clock.now(), reported(opened.rules)),
  );

/** How rooms were used in a month, and who did not come. */
export const useOfRooms = (opened: Opened, month: Temporal.PlainYearMonth): Promise<Sheet> =>
  snapshot(opened, (tx) => roomUseTable(tx, opened.rules, month, opened.office.clock.now()));

/** One picture of the office, however long the reading takes. */
const snapshot = <T>({ office }: Opened, read: (tx: Tx) => Promise<T>): Promise<T> =>
  office.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local statement_timeout = '60s'`.execute(tx);
      return read(tx);
    });

type RequestRow = Awaited<ReturnType<typeof requestRows>>[number];

function requestRows(tx: Tx, kind?: string) {
  const all = tx
    .selectFrom('request')
    .innerJoin('person', 'person.id', 'request.requester_id')
    .leftJoin('department', 'department.id', 'person.department_id')
    .select(['request.number', 'request.kind', 'request.state', 'request.form', 'request.measure'])
    .select([
      'request.submitted_at',
      'request.closed_at',
      'person.name',
      'department.name as department',
    ])
    .orderBy('request.submitted_at')
    .orderBy('request.id');
  return (kind === undefined ? all : all.where('request.kind', '=', kind)).execute();
}

function requestCells(row: RequestRow, opened: Opened): ExportRow {
  const kind = kinds.find((each) => each.name === row.kind);
  return {
    单号: row.number,
    类型: kind?.title.zh ?? row.kind,
    申请人: row.name,
    部门: row.department,
    状态: STATE[row.state].name.zh,
    摘要: kind && isReadable(kind, row) ? kind.summary(row.form, undated(opened)).zh : null,
    提交时间: localText(row.submitted_at, opened),
    结束时间: row.closed_at && localText(row.closed_at, opened),
    计量: row.measure,
  };
}

const own = (kind: RequestKind, row: RequestRow, opened: Opened): ExportRow =>
  isReadable(kind, row) ? kind.ledger(row.form, undated(opened)) : {};

/** A form of before the kind changed must not keep the others from being exported. */
const isReadable = (kind: RequestKind, row: RequestRow): boolean => kind.check(row.form).ok;

/** A file is read on any day: from 1970 every date is told with its year, and none as 「明天」. */
const undated = ({ rules }: Opened): Hearing => ({
  now: Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(rules.timeZone),
});

/** `2026-03-02 09:30` on the office's clock. */
const localText = (instant: Temporal.Instant, { rules }: Opened): string =>
  instant
    .toZonedDateTimeISO(rules.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
