import type { Selectable } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { ActionItemTable, MinutesTable } from '../../db/tables.ts';

export type Minutes = Selectable<MinutesTable>;
export type ActionItem = Selectable<ActionItemTable>;

/** Handed out and not finished. */
export const UNFINISHED = ['open', 'doing', 'postponed'] as const;
/** For the host to hand out: not yet, or not any more. */
const TO_HAND_OUT = ['draft', 'refused'] as const;

export const isUnfinished = ({ state }: Pick<ActionItem, 'state'>): boolean =>
  UNFINISHED.some((each) => each === state);
export const isToHandOut = ({ state }: Pick<ActionItem, 'state'>): boolean =>
  TO_HAND_OUT.some((each) => each === state);

/** Overdue from the day after its date on, in the office's zone. */
export const isLate = (
  item: Pick<ActionItem, 'state' | 'due'>,
  today: Temporal.PlainDate,
): boolean =>
  isUnfinished(item) && item.due !== null && Temporal.PlainDate.compare(item.due, today) < 0;

export const readMinutes = (tx: Tx, id: number): Promise<Minutes | undefined> =>
  tx.selectFrom('minutes').selectAll().where('id', '=', id).executeTakeFirst();

/** Locked until the end of the transaction: the first lock of any change of minutes and their items. */
export const lockMinutes = (tx: Tx, id: number): Promise<Minutes | undefined> =>
  tx.selectFrom('minutes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** All items of minutes that were not dropped, in the order they stand in. */
export const itemsOf = (tx: Tx, minutes: number): Promise<ActionItem[]> =>
  tx
    .selectFrom('action_item')
    .selectAll()
    .where('minutes_id', '=', minutes)
    .where('state', '<>', 'dropped')
    .orderBy('id')
    .execute();

export const readItem = (tx: Tx, id: number): Promise<ActionItem | undefined> =>
  tx.selectFrom('action_item').selectAll().where('id', '=', id).executeTakeFirst();

/** By its number as people type it: act 26 3, ACT-26-0003. */
export async function itemNumbered(tx: Tx, said: string): Promise<ActionItem | undefined> {
  const parts = ITEM_NUMBER.exec(said);
  if (!parts) return undefined;
  const number = `ACT-${parts[1]}-${(parts[2] ?? '').padStart(4, '0')}`;
  return tx.selectFrom('action_item').selectAll().where('number', '=', number).executeTakeFirst();
}

/** A number of an action item within a folded sentence. */
export const ITEM_NUMBER = /(?<![a-z])act[- ]?(\d{2})[- ]?(\d{1,6})(?!\d)/iu;

/** The unfinished items of a person, oldest first; `minutes` narrows them to one meeting. */
export const unfinishedOf = (tx: Tx, owner: number, minutes?: number): Promise<ActionItem[]> => {
  const all = tx
    .selectFrom('action_item')
    .selectAll()
    .where('owner_id', '=', owner)
    .where('state', 'in', UNFINISHED);
  const narrowed = minutes === undefined ? all : all.where('minutes_id', '=', minutes);
  return narrowed.orderBy('opened_at').orderBy('id').execute();
};

/** The minutes that a person still owes, the newest meeting first. */
export const askedOf = (tx: Tx, host: number): Promise<Minutes[]> =>
  tx
    .selectFrom('minutes')
    .selectAll()
    .where('host_id', '=', host)
    .where('state', '=', 'asked')
    .orderBy('held_at', 'desc')
    .execute();
