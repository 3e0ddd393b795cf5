/** Cards about rooms that are shared: each for one reader, from the truth of the moment. */
import { momentText, periodText } from '../../../cards/times.ts';
import { enumerated, type Words, words } from '../../../cards/words.ts';
import { wishCard } from '../../../cards/waiting.ts';
import type { Tx } from '../../../db/database.ts';
import { readRequest } from '../../filing/store.ts';
import type { Hearing } from '../../requests/fields.ts';
import { placeIn } from '../../requests/room/line.ts';
import type { Rules } from '../../settings/rules.ts';
import type { DrawnMeeting } from '../draw.ts';
import { isBefore } from '../times.ts';
import { drawBump } from './bump-card.ts';
import { drawClosure } from './closure-card.ts';
import { drawSpare } from './spare.ts';
import { drawSwap } from './swap-card.ts';
import { inLine, lineNow, readWish, type WishRow } from './wishes.ts';

/** The matters of sharing, as views and buttons name them. */
export const SHARING = ['wish', 'swap', 'closure', 'bump', 'spare'] as const;
export type Sharing = (typeof SHARING)[number];

/** Draws the card of a matter for one reader. Undefined for whoever has no part in it. */
export type Draw = (
  tx: Tx,
  id: number,
  reader: number,
  rules: Rules,
  at: Hearing,
) => Promise<Omit<DrawnMeeting, 'subject'> | undefined>;

/** The card of a matter for somebody who has a part in it; undefined for others. */
export async function drawSharing(
  tx: Tx,
  { sort, id }: { readonly sort: Sharing; readonly id: number },
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  const drawn = await DRAWN[sort](tx, id, reader, rules, at);
  return drawn && { ...drawn, subject: `${sort}:${id}` };
}

const drawWish: Draw = async (tx, id, reader, rules, at) => {
  const row = await readWish(tx, id);
  if (row?.person_id !== reader) return undefined;
  const offered = row.state === 'offered' ? await placeName(tx, row.offered_room) : undefined;
  const waiting = row.state === 'waiting';
  const booked = row.request_id === null ? undefined : await readRequest(tx, row.request_id);
  const card = wishCard({
    id,
    version: row.version,
    state: row.state,
    room: await wantedText(tx, row),
    time: periodText(row.starts_at, row.ends_at, at),
    ...(waiting ? { place: await placeOf(tx, row) } : {}),
    ...(offered && row.hold_until
      ? { offer: { room: offered, until: momentText(row.hold_until, at) } }
      : {}),
    ...(booked ? { number: booked.number } : {}),
    mayAgain: isBefore(at.now.toInstant(), row.starts_at),
    hold: rules.rooms.waitingHold,
  });
  return { card, version: row.version };
};

const DRAWN: { readonly [sort in Sharing]: Draw } = {
  wish: drawWish,
  swap: drawSwap,
  closure: drawClosure,
  bump: drawBump,
  spare: drawSpare,
};

/** Their place among those who may take what they wait for. */
async function placeOf(tx: Tx, row: WishRow): Promise<number> {
  return placeIn((await lineNow(tx)).map(inLine), inLine(row));
}

async function wantedText(tx: Tx, row: WishRow): Promise<Words> {
  const named = row.room_id === null ? undefined : await placeName(tx, row.room_id);
  if (named) return named;
  const { people, equipment } = inLine(row).needs;
  const things = enumerated(equipment);
  return words(
    `任意合适的会议室（${people} 人${things.zh && `、${things.zh}`}）`,
    `Any room for ${people}${things.en && ` with ${things.en}`}`,
  );
}

/** 「珠峰（3楼）」 */
async function placeName(tx: Tx, room: number | null): Promise<Words | undefined> {
  const row = await tx
    .selectFrom('room')
    .select(['name', 'floor'])
    .where('id', '=', room)
    .executeTakeFirst();
  return row && words(`${row.name}（${row.floor}楼）`, `${row.name} (floor ${row.floor})`);
}
