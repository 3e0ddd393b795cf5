import { sql } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Work } from '../../../db/work.ts';
import type { Rules } from '../../settings/rules.ts';
import type { Hours } from '../../time/hours.ts';
import type { Period } from '../spoken-times.ts';
import { isOpenFor, ruleOf } from './rooms.ts';

/** What a room is held for: a request (of a series one `day` of it), a wish in the waiting line, or its host in place of a room given away. */
export type HeldFor =
  | { readonly request_id: number; readonly day?: Temporal.PlainDate | null }
  | { readonly wish_id: number }
  | { readonly bump_id: number };

/**
 * Holds a room. The database refuses an overlap by itself, with the time that rooms stay empty after a booking: whoever comes second
 * gets no row, and a Refusal `room.taken`. `on conflict do nothing` also keeps racing inserts out of deadlocks.
 */
export async function holdRoom(
  work: Work,
  rules: Rules,
  holder: HeldFor,
  room: string,
  period: Period,
  state: 'held' | 'booked' = 'held',
): Promise<void> {
  // A closure locks its rooms for update: either it sees this booking, or this booking sees it.
  const { id } = await work.tx
    .selectFrom('room')
    .select('id')
    .where('name', '=', room)
    .where('active', '=', true)
    .forShare()
    .executeTakeFirstOrThrow(() => gone(room));
  const { buffer, open } = ruleOf(room, rules);
  if (!isOpenFor({ open }, period, rules.timeZone)) throw shut(room, open);
  const ends = Temporal.Instant.from(period.to);
  const blocked = buffer === 0 ? null : ends.add({ minutes: buffer });
  const of = { request_id: null, wish_id: null, bump_id: null, day: null, ...holder };
  // Closures are looked at after the lock, not in its statement: that would not see the one it had waited for.
  const { rows } = await sql`
    insert into booking (request_id, wish_id, bump_id, day, room_id, starts_at, ends_at, blocked_until, state)
    select ${of.request_id}::bigint, ${of.wish_id}::bigint, ${of.bump_id}::bigint, ${of.day}::date, ${id}::bigint,
      ${period.from}::timestamptz, ${ends}::timestamptz, ${blocked}::timestamptz, ${state}
    where not exists (${closureOf(work, id, period)})
    on conflict do nothing returning id`.execute(work.tx);
  if (rows.length > 0) return;
  await refuseClosed(work, id, room, period);
  throw taken();
}

export const taken = (): Refusal =>
  new Refusal(
    'room.taken',
    words('这个时段刚刚被别人订走了', 'Somebody has just taken this room and time'),
    words('可以在下面另选，或换个时间', 'Please choose one of the alternatives below'),
  );

export const gone = (room: string): Refusal =>
  new Refusal(
    'room.gone',
    words(`会议室「${room}」已停用`, `Room “${room}” is no longer in use`),
    words('请选其他会议室', 'Please choose another room'),
  );

export const shut = (room: string, open: Hours | null): Refusal =>
  new Refusal(
    'room.shut',
    words(
      `${room}只在 ${open?.from ?? ''}–${open?.to ?? ''} 开放`,
      `${room} is open from ${open?.from ?? ''} to ${open?.to ?? ''} only`,
    ),
    words('请换个时间或会议室', 'Please choose another time or room'),
  );

/** Closures of the room in some of that time. */
const closureOf = ({ tx }: Work, room: number, period: Period) =>
  tx
    .selectFrom('room_closure')
    .select(['reason', 'ends_at'])
    .where('state', '=', 'in-force')
    .where('starts_at', '<', Temporal.Instant.from(period.to))
    .where('ends_at', '>', Temporal.Instant.from(period.from))
    .where(sql<boolean>`${room} = any(rooms)`);

/** Throws Refusal when the office has closed the room for some of that time. */
async function refuseClosed(work: Work, id: number, room: string, period: Period): Promise<void> {
  const closure = await closureOf(work, id, period).executeTakeFirst();
  if (!closure) return;
  throw new Refusal(
    'room.closed',
    words(`${room}这段时间停用：${closure.reason}`, `${room} is closed then: ${closure.reason}`),
    words('请换个时间或会议室', 'Please choose another time or room'),
  );
}

/** What was held is booked now: approved, or nobody had to approve. Throws Refusal when its time is over: nobody can meet there any more. */
export async function confirmBooking(work: Work, request: number): Promise<void> {
  const over = await work.tx
    .selectFrom('booking')
    .select('id')
    .where('request_id', '=', request)
    .where('state', '=', 'held')
    // Of a series what lies ahead is approved, whatever has passed meanwhile.
    .where('day', 'is', null)
    .where('ends_at', '<=', work.now)
    .executeTakeFirst();
  if (over)
    throw new Refusal(
      'room.over',
      words('会议时间已经过了，不能再同意', 'Its time is over, so it can no longer be approved'),
      words(
        '请驳回或退回修改；还要开会的，请申请人改个时间',
        'Please reject it or send it back, so that its requester may choose another time',
      ),
    );
  await work.tx
    .updateTable('booking')
    .set({ state: 'booked', refused: null })
    .where('request_id', '=', request)
    .where('state', '=', 'held')
    .execute();
}

/** An approval was taken back: what was booked is held as before. */
export async function unconfirmBooking(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'held' })
    .where('request_id', '=', request)
    .where('state', '=', 'booked')
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
    .select(['request_id', 'room_id', 'starts_at', 'ends_at', 'blocked_until', 'day'])
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

/** Lets go of what was held for somebody who has not booked it: no booking ever came of it. */
export async function dropHold(
  work: Work,
  holder: { readonly wish_id: number } | { readonly bump_id: number },
): Promise<void> {
  const held = work.tx.deleteFrom('booking').where('state', '=', 'held');
  await (
    'wish_id' in holder
      ? held.where('wish_id', '=', holder.wish_id)
      : held.where('bump_id', '=', holder.bump_id)
  ).execute();
}
