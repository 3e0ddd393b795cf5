import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Work } from '../../../db/work.ts';
import type { Period } from '../spoken-times.ts';

/**
 * Holds a room for a request. The database refuses an overlap by itself: whoever comes second gets no row, and a Refusal
 * `room.taken`. `on conflict do nothing` also keeps racing inserts out of deadlocks.
 */
export async function holdRoom(
  work: Work,
  request: number,
  room: string,
  period: Period,
): Promise<void> {
  const { id } = await work.tx
    .selectFrom('room')
    .select('id')
    .where('name', '=', room)
    .where('active', '=', true)
    .executeTakeFirstOrThrow(() => gone(room));
  const row = await work.tx
    .insertInto('booking')
    .values({
      request_id: request,
      room_id: id,
      starts_at: Temporal.Instant.from(period.from),
      ends_at: Temporal.Instant.from(period.to),
      state: 'held',
    })
    .onConflict((at) => at.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return;
  throw new Refusal(
    'room.taken',
    words('这个时段刚刚被别人订走了', 'Somebody has just taken this room and time'),
    words('可以选下面的其他会议室或时间', 'Please choose one of the alternatives below'),
  );
}

const gone = (room: string): Refusal =>
  new Refusal(
    'room.gone',
    words(`会议室「${room}」已停用`, `Room “${room}” is no longer in use`),
    words('请选其他会议室', 'Please choose another room'),
  );

/** What was held is booked now: approved, or nobody had to approve. */
export async function confirmBooking(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'booked', refused: null })
    .where('request_id', '=', request)
    .where('state', '=', 'held')
    .execute();
}

/**
 * The room itself refused: it stays held, so that it is not offered again, until its host has chosen another or tries once more.
 */
export async function refuseBooking(
  work: Work,
  request: number,
  why: 'taken' | 'rules' | 'removed' | 'unknown',
  day: Temporal.PlainDate | null = null,
): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'held', refused: why })
    .where('request_id', '=', request)
    .where('day', 'is not distinct from', day)
    .where('state', '=', 'booked')
    .execute();
}

/** Gives the room back; of a series, that of one `day`. */
export async function releaseBooking(
  work: Work,
  request: number,
  day: Temporal.PlainDate | null = null,
): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'released' })
    .where('request_id', '=', request)
    .where('day', 'is not distinct from', day)
    .where('state', 'in', ['held', 'booked'])
    .execute();
}

/** Books again what was released last, if nobody has taken it meanwhile; whether that was so. */
export async function retakeBooking(
  work: Work,
  request: number,
  day: Temporal.PlainDate | null = null,
): Promise<boolean> {
  const last = await work.tx
    .selectFrom('booking')
    .select(['request_id', 'room_id', 'starts_at', 'ends_at', 'day'])
    .where('request_id', '=', request)
    .where('day', 'is not distinct from', day)
    .where('state', '=', 'released')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!last) return false;
  const row = await work.tx
    .insertInto('booking')
    .values({ ...last, state: 'booked' })
    .onConflict((at) => at.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
