/** 签到 to a booth: it has no meeting. Its host is reminded, and where nobody came it is given to others. */
import { clockText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { rulesFor } from '../requests/room/space/bookings.ts';
import type { Space } from '../requests/room/rooms.ts';
import { wallMinutes } from '../time/spans.ts';

export type SpaceCheckedIn =
  | { readonly done: true }
  | { readonly done: false; readonly why: 'none' | 'already' | 'not-needed' }
  | { readonly done: false; readonly why: 'not-open'; readonly opens: Temporal.Instant };

/** A person is at the space that they booked: the booking of today that goes on or begins next. */
export async function checkInToSpace(
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  space: Space,
  person: number,
): Promise<SpaceCheckedIn> {
  const booking = await work.tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .selectAll('booking')
    .where('booking.room_id', '=', space.id)
    .where('request.requester_id', '=', person)
    .where('booking.state', '=', 'booked')
    .where('booking.ends_at', '>', work.now)
    .orderBy('booking.starts_at')
    .limit(1)
    .forUpdate('booking')
    .executeTakeFirst();
  const today = work.now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
  if (!booking?.day?.equals(today)) return { done: false, why: 'none' };
  if (booking.checked_in_at) return { done: false, why: 'already' };
  const { checkIn } = rulesFor(space.sort, rules);
  if (checkIn === null || booking.release_at === null) return { done: false, why: 'not-needed' };
  const opens = booking.starts_at.subtract({ minutes: wallMinutes(checkIn.from) });
  if (Temporal.Instant.compare(work.now, opens) < 0) return { done: false, why: 'not-open', opens };
  await work.tx
    .updateTable('booking')
    .set({ checked_in_at: work.now, check_in_at: null, release_at: null })
    .where('id', '=', booking.id)
    .execute();
  await record(work, 'space.checked-in', `request:${booking.request_id ?? 0}`, {
    after: { person },
  });
  return { done: true };
}

/** Reminds who has to check in, and gives to others what nobody came to. */
export const keepSpaces = (office: Office, setup: Setup): Promise<void> =>
  oneByOne(office, [(work: Work) => remind(work, setup), (work: Work) => giveBack(work, setup)]);

const nextDue = (work: Work, column: 'check_in_at' | 'release_at') =>
  work.tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.id', 'booking.day', 'booking.starts_at', 'booking.release_at'])
    .select(['request.id as request', 'request.requester_id as host', 'request.channel'])
    .select(['room.name', 'room.sort'])
    .where(`booking.${column}`, '<=', work.now)
    .where('booking.state', '=', 'booked')
    .orderBy(`booking.${column}`)
    .limit(1)
    .forUpdate('booking')
    .skipLocked()
    .executeTakeFirst();

/** After a standstill they still have as long as always. Where the rule was switched off meanwhile, nobody is asked. */
async function remind(work: Work, setup: Setup): Promise<boolean> {
  const due = await nextDue(work, 'check_in_at');
  if (!due) return false;
  const { checkIn } = rulesFor(due.sort, setup.rules);
  const patience = work.now.add({ minutes: checkIn ? wallMinutes(checkIn.from) : 0 });
  const late = due.release_at && Temporal.Instant.compare(due.release_at, patience) < 0;
  const release = late ? patience : due.release_at;
  await work.tx
    .updateTable('booking')
    .set({ check_in_at: null, release_at: checkIn ? release : null })
    .where('id', '=', due.id)
    .execute();
  if (!checkIn || !release) return true;
  const clock = (at: Temporal.Instant): string =>
    clockText(at.toZonedDateTimeISO(setup.rules.timeZone));
  const text = words(
    `您订的${due.name} ${clock(due.starts_at)} 开始，请在 ${clock(release)} 前签到：说「签到 ${due.name}」，没人来就让给别人`,
    `${due.name} is yours at ${clock(due.starts_at)}. Please check in by ${clock(release)}: say “check in ${due.name}”; else it goes to others`,
  );
  const key = `space-check-in:${due.id}`;
  await oweNotice(work, setup.jobs, due.host, { key, text, notAfter: release }, due.channel);
  return true;
}

async function giveBack(work: Work, setup: Setup): Promise<boolean> {
  const due = await nextDue(work, 'release_at');
  if (!due) return false;
  await work.tx
    .updateTable('booking')
    .set({ state: 'released', check_in_at: null, release_at: null })
    .where('id', '=', due.id)
    .execute();
  await record(work, 'space.no-show', `request:${due.request}`, {
    after: { day: due.day?.toString() ?? null },
  });
  const text = words(
    `没有人签到，${due.name}已经让给别人。还要用就再订一次`,
    `Nobody checked in, so ${due.name} is free for others. If you still need it, book it again`,
  );
  const key = `space-no-show:${due.id}`;
  await oweNotice(work, setup.jobs, due.host, { key, text }, due.channel);
  return true;
}
