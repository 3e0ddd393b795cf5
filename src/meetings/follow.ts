/** Keeps the meeting in line with its booking: told of every change of a request, in the transaction of the change. */
import type { Work } from '../../db/work.ts';
import type { Followed, Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { keepEvent } from './event.ts';
import { mayBeToldFrom, notifyIfDue } from './notices.ts';
import { dropPreparations, settlePreparations } from './preparations.ts';
import {
  attendanceOf,
  isSeries,
  lockMeeting,
  type Meeting,
  meetingOf,
  type Plan,
  planOf,
} from './store.ts';
import { causeOf, oweMeeting, refresh, type Was } from './tell.ts';
import { duesOf, isBefore, isNear } from './times.ts';

/** A booked room plans its meeting, another time or room moves it, a booking given back calls it off. Other kinds are left alone. */
export async function followBooking(work: Work, setup: Setup, followed: Followed): Promise<void> {
  const { before, after: request, undone } = followed;
  // A series has a meeting for each of its dates: see series.ts.
  if (request.kind !== 'room' || isSeries(request)) return;
  const found = await meetingOf(work.tx, request.id);
  const meeting = found && (await lockMeeting(work.tx, found.id));
  const booked = await bookedNow(work, request.id);
  if (meeting?.state === 'cancelled' && (booked || isBack(followed)))
    return revive(work, setup, request, meeting, booked ?? meeting);
  if (meeting?.state === 'planned' && !booked && undone && before?.state === 'booked')
    return unplan(work, setup, meeting);
  if (booked && !meeting) return begin(work, setup, request, booked);
  if (booked && meeting?.state === 'planned') return adjust(work, setup, request, meeting, booked);
  if (!booked && meeting?.state === 'planned' && CALLED_OFF.includes(request.state))
    return callOff(work, setup, meeting);
  // Its room refused: whoever is invited stays, the room does not.
  if (meeting?.state === 'planned' && (await isRefused(work, request.id)))
    await keepEvent(work, setup, meeting);
}

export const CALLED_OFF: readonly Request['state'][] = ['rejected', 'withdrawn', 'cancelled'];

/** A request for other time or room that was turned down or taken back, and is not after all. */
const isBack = ({ before, after, undone }: Followed): boolean =>
  undone !== undefined &&
  before !== undefined &&
  CALLED_OFF.includes(before.state) &&
  !CALLED_OFF.includes(after.state);

export type Booked = {
  readonly starts_at: Temporal.Instant;
  readonly ends_at: Temporal.Instant;
  readonly place: string;
};

const bookedNow = (work: Work, request: number): Promise<Booked | undefined> =>
  work.tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.starts_at', 'booking.ends_at', 'room.name as place'])
    .where('booking.request_id', '=', request)
    .where('booking.state', '=', 'booked')
    .executeTakeFirst();

/** Whether its room of Feishu refused, so that the host has to choose another. */
async function isRefused(work: Work, request: number): Promise<boolean> {
  const row = await work.tx
    .selectFrom('booking')
    .select('id')
    .where('request_id', '=', request)
    .where('state', '=', 'held')
    .where('refused', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

const timeOf = ({ starts_at, ends_at }: Booked) => ({ from: starts_at, to: ends_at });

async function begin(work: Work, setup: Setup, request: Request, booked: Booked): Promise<void> {
  const plan = planOf(request);
  const meeting = await work.tx
    .insertInto('meeting')
    .values({
      request_id: request.id,
      host_id: request.requester_id,
      channel: request.channel,
      ...booked,
      title: plan.title,
      revision: 1,
      state: 'planned',
      notice_at: null,
      ...duesOf(timeOf(booked), work.now, setup.rules),
      checked_in_at: null,
      checked_in_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await settleAttendees(work, setup, meeting, plan);
  await settlePreparations(work, setup, meeting, plan, false);
  await keepEvent(work, setup, meeting);
  await notifyIfDue(work, setup, meeting);
}

export async function adjust(
  work: Work,
  setup: Setup,
  request: Request,
  before: Meeting,
  booked: Booked,
): Promise<void> {
  const plan = planOf(request, before.day);
  const retimed =
    !before.starts_at.equals(booked.starts_at) || !before.ends_at.equals(booked.ends_at);
  const moved = retimed || before.place !== booked.place;
  // Longer or shorter is no other beginning: who is there stays checked in, and who answered has answered.
  const restarted = !before.starts_at.equals(booked.starts_at);
  const meeting = await work.tx
    .updateTable('meeting')
    .set({
      ...booked,
      title: plan.title,
      ...(moved ? { revision: before.revision + 1 } : {}),
      ...(restarted
        ? {
            ...duesOf(timeOf(booked), work.now, setup.rules),
            checked_in_at: null,
            checked_in_by: null,
          }
        : {}),
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await settleAttendees(work, setup, meeting, plan);
  const elsewhere = restarted || before.place !== booked.place;
  await settlePreparations(work, setup, meeting, plan, elsewhere);
  await keepEvent(work, setup, meeting);
  // That it lasts longer or ends early, who sits in it knows; their cards show it.
  const tells = elsewhere || (moved && isBefore(work.now, meeting.starts_at));
  const told = tells ? await correct(work, setup, before, meeting, restarted) : [];
  if (moved && !tells) await noted(work, meeting);
  await notifyIfDue(work, setup, meeting);
  await refresh(work, setup, meeting, told);
}

/** Whoever had a notice needs no other one for this revision. */
const noted = (work: Work, meeting: Meeting): Promise<unknown> =>
  work.tx
    .updateTable('attendance')
    .set({ noticed_revision: meeting.revision })
    .where('meeting_id', '=', meeting.id)
    .where('noticed_revision', '>', 0)
    .execute();

/**
 * Tells everybody who had a notice that time or place are others, once for each revision. An answer was about the old time, so
 * another time is asked for anew. Returns who was told.
 */
async function correct(
  work: Work,
  setup: Setup,
  before: Meeting,
  meeting: Meeting,
  restarted: boolean,
): Promise<readonly number[]> {
  const invited = await attendanceOf(work.tx, meeting.id);
  const told = invited.filter((each) => each.noticed_revision > 0).map((each) => each.person_id);
  const was: Was = {
    from: before.starts_at.toString(),
    to: before.ends_at.toString(),
    place: before.place,
  };
  const from = await mayBeToldFrom(work, setup, meeting);
  for (const person of told)
    await oweMeeting(work, setup, meeting, person, {
      from,
      what: `moved:${meeting.revision}`,
      revision: meeting.revision,
      was,
    });
  if (restarted)
    await work.tx
      .updateTable('attendance')
      .set({ answer: 'none', reason: null, answered_at: null })
      .where('meeting_id', '=', meeting.id)
      .execute();
  // A day before the new time they are told again; when that is over, this was it.
  if (isNear(meeting.starts_at, work.now, setup.rules)) await noted(work, meeting);
  return told;
}

/** Invites who is new; who is no longer invited and had a notice is told. */
async function settleAttendees(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  { attendees }: Plan,
): Promise<void> {
  const invited = await attendanceOf(work.tx, meeting.id);
  for (const person of attendees) {
    if (invited.some((each) => each.person_id === person)) continue;
    await work.tx
      .insertInto('attendance')
      .values({
        meeting_id: meeting.id,
        person_id: person,
        answer: 'none',
        reason: null,
        answered_at: null,
      })
      .execute();
  }
  for (const { person_id: person, noticed_revision: noticed } of invited) {
    if (attendees.includes(person)) continue;
    await work.tx
      .deleteFrom('attendance')
      .where('meeting_id', '=', meeting.id)
      .where('person_id', '=', person)
      .execute();
    if (noticed > 0)
      await oweMeeting(work, setup, meeting, person, { what: `dropped:${causeOf(work)}` });
  }
}

/** What was called off takes place after all, with everybody who was invited and what they answered. */
export async function revive(
  work: Work,
  setup: Setup,
  request: Request,
  before: Meeting,
  booked: Booked,
): Promise<void> {
  const { starts_at, ends_at, place } = booked;
  const meeting = await work.tx
    .updateTable('meeting')
    .set({
      state: 'planned',
      starts_at,
      ends_at,
      place,
      ...duesOf(timeOf(booked), work.now, setup.rules),
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const plan = planOf(request, before.day);
  await settleAttendees(work, setup, meeting, plan);
  await settlePreparations(work, setup, meeting, plan, false);
  await keepEvent(work, setup, meeting);
  await notifyIfDue(work, setup, meeting);
  await refresh(work, setup, meeting);
}

/** Its approval was taken back: called off for now, and told anew if it is approved again. */
export async function unplan(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  await callOff(work, setup, meeting);
  await work.tx
    .updateTable('attendance')
    .set({ noticed_revision: 0 })
    .where('meeting_id', '=', meeting.id)
    .execute();
}

/** Who had the notice is told; before it nobody is bothered. */
export async function callOff(work: Work, setup: Setup, before: Meeting): Promise<void> {
  const meeting = await work.tx
    .updateTable('meeting')
    .set({
      state: 'cancelled',
      notice_at: null,
      ask_at: null,
      check_in_at: null,
      release_at: null,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const invited = await attendanceOf(work.tx, meeting.id);
  for (const { person_id: person, noticed_revision: noticed } of invited)
    if (noticed > 0)
      await oweMeeting(work, setup, meeting, person, { what: `cancelled:${causeOf(work)}` });
  await dropPreparations(work, setup, meeting);
  await keepEvent(work, setup, meeting);
}
