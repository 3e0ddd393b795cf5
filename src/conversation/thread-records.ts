/** What belongs to a thread and is no request itself: the round before a repair, preparations, minutes and their items, what left the store room, what was bought for it. */
import { sql } from 'kysely';
import { ITEM_STATE } from '../../cards/actions.ts';
import { PREPARATION } from '../../cards/meeting.ts';
import { PURCHASE_STATE } from '../../cards/purchase.ts';
import type { ThreadLine } from '../../cards/thread.ts';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf } from '../directory/people.ts';
import type { Request } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { roundNamed } from '../rounds/index.ts';

type Reading = { readonly tx: Tx; readonly at: Hearing };

/** What followed from a request, for who may read it. */
export async function recordsOf(
  to: Reading,
  request: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  switch (request.kind) {
    case 'room':
      return [...(await preparations(to, request, depth)), ...(await minutes(to, request, depth))];
    case 'supply':
    case 'repair':
      return handedOut(to, request, depth);
    default:
      return [];
  }
}

/** The round that found what is repaired; none where nobody found it on a round. */
export async function roundBefore(
  tx: Tx,
  { id, kind }: Request,
  at: Hearing,
): Promise<readonly ThreadLine[]> {
  if (kind !== 'repair') return [];
  const row = await tx
    .selectFrom('round_ticket')
    .innerJoin('round', 'round.id', 'round_ticket.round_id')
    .select(['round.name', 'round.opened_at', 'round_ticket.item'])
    .where('round_ticket.request_id', '=', id)
    .orderBy('round.id')
    .executeTakeFirst();
  const found = row && roundNamed(row.name);
  if (!row || !found) return [];
  return [
    {
      depth: 0,
      title: found.title,
      state: words('发现问题', 'something found'),
      at: momentText(row.opened_at, at),
      about: words(row.item, row.item),
    },
  ];
}

async function preparations(
  { tx, at }: Reading,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const rows = await tx
    .selectFrom('preparation')
    .innerJoin('meeting', 'meeting.id', 'preparation.meeting_id')
    .select([
      'preparation.sort',
      'preparation.due_at',
      'preparation.done_at',
      'preparation.done_by',
    ])
    .where('meeting.request_id', '=', id)
    .orderBy('preparation.due_at')
    .execute();
  return Promise.all(
    rows.map(async ({ sort, due_at, done_at, done_by }): Promise<ThreadLine> => {
      const who = done_by === null ? '' : ((await nameOf(tx, done_by)) ?? '');
      return {
        depth,
        title: PREPARATION[sort],
        state: done_at ? words(`${who}已完成`, `done by ${who}`) : words('待办', 'to do'),
        at: momentText(done_at ?? due_at, at),
      };
    }),
  );
}

/** Of a series each date has its own. */
async function minutes(
  { tx, at }: Reading,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const held = await tx
    .selectFrom('minutes')
    .select(['id', 'confirmed_at', 'created_at'])
    .where('request_id', '=', id)
    .where('state', '!=', 'waived')
    .orderBy('id')
    .execute();
  const items = await tx
    .selectFrom('action_item')
    .select(['minutes_id', 'number', 'what', 'state', 'opened_at'])
    .where('minutes_id', 'in', [0, ...held.map((each) => each.id)])
    .where('number', 'is not', null)
    .orderBy('id')
    .execute();
  return held.flatMap((one): readonly ThreadLine[] => [
    {
      depth,
      title: words('会议纪要', 'Minutes'),
      state: one.confirmed_at ? words('已确认', 'confirmed') : words('待整理', 'to be written'),
      at: momentText(one.confirmed_at ?? one.created_at, at),
    },
    ...items
      .filter(({ minutes_id }) => minutes_id === one.id)
      .map(({ number, what, state, opened_at }): ThreadLine => {
        const name = state === 'draft' ? undefined : ITEM_STATE[state].name;
        return {
          depth: depth + 1,
          title: words(`行动项 ${number ?? ''}`, `Action item ${number ?? ''}`),
          state: name ?? words('草稿', 'draft'),
          at: momentText(opened_at ?? one.created_at, at),
          about: words(what, what),
        };
      }),
  ]);
}

/** What left the store room for it, and what was put on the purchase list because it ran low by that. */
async function handedOut(
  { tx, at }: Reading,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['movement.id', 'item.name', 'item.unit', 'movement.on_hand_change', 'movement.at'])
    .where('movement.request_id', '=', id)
    .where('movement.sort', '=', 'issue')
    .orderBy('movement.id')
    .execute();
  const lines = await Promise.all(
    rows.map(async (row): Promise<readonly ThreadLine[]> => {
      const { name, unit } = row;
      const count = Math.abs(row.on_hand_change);
      const left: ThreadLine = {
        depth,
        title: words(`出库 ${name} ${count} ${unit}`, `${count} × ${name} out of stock`),
        state: words('已出库', 'handed out'),
        at: momentText(row.at, at),
      };
      return [left, ...(await boughtAfter(tx, row.id, name, at, depth + 1))];
    }),
  );
  return lines.flat();
}

/** The purchase that a taking led to: it was the last of that item before the item was found to be low. */
async function boughtAfter(
  tx: Tx,
  movement: number,
  name: string,
  at: Hearing,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const bought = await tx
    .selectFrom('movement as m')
    .innerJoin('purchase as p', 'p.item_id', 'm.item_id')
    .select(['p.quantity', 'p.state', 'p.created_at'])
    .where('m.id', '=', movement)
    .where('p.why', '=', 'low')
    .whereRef('p.created_at', '>=', 'm.at')
    .where(
      sql<boolean>`not exists (select from movement n where n.item_id = m.item_id and n.id > m.id
        and n.on_hand_change < 0 and n.at <= p.created_at)`,
    )
    .orderBy('p.id')
    .executeTakeFirst();
  if (!bought) return [];
  const { quantity, state, created_at } = bought;
  return [
    {
      depth,
      title: words(`采购 ${name} ${quantity}`, `Purchase: ${quantity} × ${name}`),
      state: PURCHASE_STATE[state].name,
      at: momentText(created_at, at),
    },
  ];
}
