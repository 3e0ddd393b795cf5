/** The waiting line as it is stored. */
import type { Selectable } from 'kysely';
import type { Tx } from '../../../db/database.ts';
import type { RoomWishTable } from '../../../db/tables.ts';
import type { Wish } from '../../requests/room/line.ts';
import { kindNamed } from '../../requests/index.ts';
import { needsIn } from '../../requests/room/prepare.ts';

export type WishRow = Selectable<RoomWishTable>;

/** The kind whose drafts may wait. */
export const ROOM = kindNamed('room');

export const readWish = (tx: Tx, id: number): Promise<WishRow | undefined> =>
  tx.selectFrom('room_wish').selectAll().where('id', '=', id).executeTakeFirst();

export const lockWish = (tx: Tx, id: number): Promise<WishRow | undefined> =>
  tx.selectFrom('room_wish').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Everybody in line, in their order: who waits, and whom something is offered. */
export const lineNow = (tx: Tx): Promise<WishRow[]> =>
  tx
    .selectFrom('room_wish')
    .selectAll()
    .where('state', 'in', ['waiting', 'offered'])
    .orderBy('queued_at')
    .orderBy('id')
    .execute();

/** A person's places in line. */
export const wishesOf = (tx: Tx, person: number): Promise<WishRow[]> =>
  tx
    .selectFrom('room_wish')
    .selectAll()
    .where('person_id', '=', person)
    .where('state', 'in', ['waiting', 'offered'])
    .orderBy('starts_at')
    .orderBy('id')
    .execute();

/** As the pure line sees it. */
export const inLine = (row: WishRow): Wish => ({
  id: row.id,
  room: row.room_id,
  needs: needsIn(row.form),
  period: { from: row.starts_at.toString(), to: row.ends_at.toString() },
});
