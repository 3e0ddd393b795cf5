/** 签到: somebody is there. Where nobody is, the room goes back to others, and its host may take it back. */
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { lockRequest } from '../filing/store.ts';
import { releaseBooking, retakeBooking } from '../requests/room/bookings.ts';
import type { Rules } from '../settings/rules.ts';
import { wallMinutes } from '../time/spans.ts';
import { noteCheckIn } from './deeds.ts';
import { keepEvent } from './event.ts';
import { exemptionsOf } from './exempt.ts';
import { dropPreparations } from './preparations.ts';
import { feedLine } from './sharing/waiting.ts';
import { attendanceOf, lockMeeting, type Meeting, readMeeting } from './store.ts';
import { causeOf, oweMeeting, refresh } from './tell.ts';
import { before, isBefore } from './times.ts';

/**
 * Whether check-in is open: from `rooms.checkIn.from` before the beginning to the end, unless somebody was there already, or nobody is
 * asked to.
 */
export function isOpenForCheckIn(meeting: Meeting, now: Temporal.Instant, rules: Rules): boolean {
  const { checkIn } = rules.rooms;
  return (
    checkIn !== null &&
    meeting.state === 'planned' &&
    meeting.checked_in_at === null &&
    isAsked(meeting) &&
    !isBefore(now, before(meeting.starts_at, checkIn.from)) &&
    isBefore(now, meeting.ends_at)
  );
}

/** Whether somebody has to check in to a planned meeting: then it is released when nobody does. */
const isAsked = ({ release_at }: Meeting): boolean => release_at !== null;

export type CheckedIn =
  | { readonly done: true; readonly meeting: Meeting }
  | {
      readonly done: false;
      readonly why: 'not-invited' | 'not-open' | 'not-needed' | 'already' | 'gone';
      readonly meeting?: Meeting;
    };

/** Host or any attendee: one of them is enough. */
export async function checkIn(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
): Promise<CheckedIn> {
  const meeting = await lockMeeting(work.tx, id);
  const invited = meeting ? await attendanceOf(work.tx, id) : [];
  const belongs = meeting?.host_id === person || invited.some((each) => each.person_id === person);
  if (!meeting || !belongs) {
    await record(work, 'refused.check-in', `meeting:${id}`, { after: { person } });
    return { done: false, why: 'not-invited' };
  }
  if (meeting.state !== 'planned') return { done: false, why: 'gone', meeting };
  if (meeting.checked_in_at) return { done: false, why: 'already', meeting };
  if (!isAsked(meeting)) return { done: false, why: 'not-needed', meeting };
  if (!isOpenForCheckIn(meeting, work.now, setup.rules))
    return { done: false, why: 'not-open', meeting };
  const next = await present(work, meeting, person);
  await noteCheckIn(work, setup, meeting, person);
  // Attendees' cards lose the button when the meeting is over, with everything else on them: a tap on it is answered before,
  // and changing all of them twice within the hour would cost a call of the month's quota each.
  const attendees = invited.map((each) => each.person_id).filter((id) => id !== meeting.host_id);
  // A host who is early knows it; the call that would tell their booking's card so is spent on this one as it begins (offerReshaping).
  const knows = person === meeting.host_id && isBefore(work.now, meeting.starts_at);
  if (!knows) await refresh(work, setup, next, [person, ...attendees]);
  return { done: true, meeting: next };
}

const present = async (work: Work, meeting: Meeting, person: number): Promise<Meeting> => {
  await record(work, 'meeting.checked-in', `request:${meeting.request_id}`, { after: { person } });
  return work.tx
    .updateTable('meeting')
    .set({
      state: 'planned',
      check_in_at: null,
      release_at: null,
      checked_in_at: work.now,
      checked_in_by: person,
      begin_at: isBefore(work.now, meeting.starts_at) ? meeting.starts_at : null,
    })
    .where('id', '=', meeting.id)
    .returningAll()
    .executeTakeFirstOrThrow();
};

/**
 * Opens check-in: the host is asked by a new message, attendees' cards get the button. After a standstill the host still has as long
 * as always before the room is released: nobody loses a room without having been asked.
 */
export async function openCheckIn(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  // The rules may be others than when it was booked.
  const exempt = await exemptionsOf(work, setup, meeting.host_id);
  const rule = exempt(meeting) ? null : setup.rules.rooms.checkIn;
  const patience = work.now.add({ minutes: rule ? wallMinutes(rule.from) : 0 });
  const release =
    meeting.release_at && isBefore(meeting.release_at, patience) ? patience : meeting.release_at;
  await work.tx
    .updateTable('meeting')
    .set({
      check_in_at: null,
      ...(rule ? { release_at: release } : { release_at: null, begin_at: meeting.starts_at }),
    })
    .where('id', '=', meeting.id)
    .execute();
  if (!rule) return;
  await oweMeeting(work, setup, meeting, meeting.host_id, {
    what: `check-in:${meeting.revision}`,
    revision: meeting.revision,
    urgent: true,
  });
  await refresh(work, setup, meeting, [meeting.host_id]);
}

/**
 * Nobody was there: the room is free for others. The booking is `released` like one given back; that nobody came is told by the
 * meeting's own state. Request and meeting are locked by the caller.
 */
export async function release(work: Work, setup: Setup, planned: Meeting): Promise<void> {
  await releaseBooking(work, planned.request_id, planned.day);
  const meeting = await work.tx
    .updateTable('meeting')
    .set({ state: 'released', notice_at: null, ask_at: null, check_in_at: null, release_at: null })
    .where('id', '=', planned.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'meeting.no-show', `request:${meeting.request_id}`);
  await feedLine(work, setup);
  await dropPreparations(work, setup, meeting);
  await keepEvent(work, setup, meeting);
  await oweMeeting(work, setup, meeting, meeting.host_id, {
    what: `released:${causeOf(work)}`,
    urgent: true,
  });
  await refresh(work, setup, meeting, [meeting.host_id]);
}

export type Retaken =
  | { readonly done: true; readonly meeting: Meeting }
  | { readonly done: false; readonly why: 'not-yours' | 'taken' | 'over' };

/** The host is there after all: the room is theirs again if nobody took it meanwhile, and they are checked in. */
export async function retake(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
): Promise<Retaken> {
  const found = await readMeeting(work.tx, id);
  if (!found || found.host_id !== person) {
    await record(work, 'refused.retake', `meeting:${id}`, { after: { person } });
    return { done: false, why: 'not-yours' };
  }
  await lockRequest(work.tx, found.request_id);
  const meeting = await lockMeeting(work.tx, id);
  if (meeting?.state === 'planned') return { done: true, meeting };
  if (meeting?.state !== 'released' || !isBefore(work.now, meeting.ends_at))
    return { done: false, why: 'over' };
  if (!(await retakeBooking(work, meeting.request_id, meeting.day)))
    return { done: false, why: 'taken' };
  const next = await present(work, meeting, person);
  await keepEvent(work, setup, next);
  await refresh(work, setup, next, [person]);
  return { done: true, meeting: next };
}
