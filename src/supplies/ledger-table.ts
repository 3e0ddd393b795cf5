import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { MovementSort } from '../../db/tables.ts';

/** The ledger's columns as offices usually have them; titles are keys. */
export const LEDGER_COLUMNS = [
  '日期',
  '物品',
  '类型',
  '数量',
  '单位',
  '单价',
  '金额',
  '结存',
  '经手人',
  '单号',
  '事由',
  '旧件',
] as const;

const SORT: { readonly [sort in MovementSort]: string } = {
  opening: '期初',
  import: '导入',
  reserve: '预留',
  release: '取消预留',
  issue: '领用',
  return: '归还',
  lend: '借出',
  receive: '入库',
  count: '盘点调整',
  'write-off': '报损',
  correct: '更正',
};

/** Yuan a unit, to four decimals. */
const eachPrice = (fen: number, units: number): number => Math.round((fen * 100) / units) / 10_000;

/** Every movement that changed what is there or what it is worth, in the order it happened. 结存 is what was on hand after it. */
export async function ledgerRows(
  tx: Tx,
  zone: string,
): Promise<readonly { readonly [column: string]: string | number | null }[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .leftJoin('person', 'person.id', 'movement.person_id')
    .leftJoin('request', 'request.id', 'movement.request_id')
    .select(['movement.at', 'item.name', 'item.unit', 'movement.sort', 'movement.why'])
    .select(['movement.on_hand_change as change', 'movement.value_change as value'])
    .select(['person.name as person', 'request.number'])
    .select(['movement.old_back', 'movement.old_why'])
    .select(
      sql<number>`sum(movement.on_hand_change) over (partition by movement.item_id order by movement.id)`.as(
        'left',
      ),
    )
    .where((q) =>
      q.or([q('movement.on_hand_change', '!=', 0), q('movement.value_change', '!=', 0)]),
    )
    .orderBy('movement.id')
    .execute();
  return rows.map((row) => ({
    日期: row.at.toZonedDateTimeISO(zone).toPlainDate().toString(),
    物品: row.name,
    类型: SORT[row.sort],
    数量: row.change,
    单位: row.unit,
    // What was carried over has the value of all that was there, whatever it changed.
    单价: row.value === null || row.sort === 'opening' ? null : eachPrice(row.value, row.change),
    金额: row.value === null ? null : row.value / 100,
    结存: row.left,
    经手人: row.person,
    单号: row.number,
    事由: row.why,
    旧件: row.old_back === null ? null : row.old_back ? '已收回' : `未收回：${row.old_why ?? ''}`,
  }));
}
