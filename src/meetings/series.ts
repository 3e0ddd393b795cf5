/** Keeps the meetings of a series in line with its bookings: one for each of its dates, planned all at once. What has begun is left alone. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Work } from '../../db/work.ts';
import type { Followed, Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { keepEvent } from './event.ts';
import { adjust, type Booked, CALLED_OFF, callOff, revive, unplan } from './follow.ts';
import { notifyIfDue, sendNotices } from './notices.ts';
import { isSeries, type Meeting, planOf } from './store.ts';
import { duesOf, noticeAt, PREPARATIONS, preparationTimes } from './times.ts';

type BookedOn = Booked & { readonly day: Temporal.PlainDate | null };

/** Plans, moves and calls off what lies ahead, in the transaction that changes the series. Single bookings and other kinds are left alone. */
export async function followSeries(
  work: Work,
  setup: Setup,
  { before, after: request, undone }: Followed,
): Promise<void> {
  if (!isSeries(request)) return;
  const held = await heldAhead(work, request.id);
  const meetings = await work.tx
    .selectFrom('meeting')
    .selectAll()
    .where('request_id', '=', request.id)
    .orderBy('starts_at')
    .forUpdate()
    .execute();
  const of = ({ day }: Pick<BookedOn, 'day'>): Meeting | undefined =>
    meetings.find((each) => isSameDay(each.day, day));
  const booked = held.filter(({ state }) => state === 'booked');
  await begin(
    work,
    setup,
    request,
    booked.filter((each) => of(each) === undefined),
  );
  const anew = before !== undefined && isToldOtherwise(before, request);
  for (const each of booked) {
    const meeting = of(each);
    if (meeting?.state === 'cancelled') await revive(work, setup, request, meeting, each);
    if (meeting?.state !== 'planned') continue;
    if (anew || isElsewhere(meeting, each) || peopleOn(before, each) !== peopleOn(request, each)) {
      const { starts_at, ends_at, place } = each;
      await adjust(work, setup, request, meeting, { starts_at, ends_at, place });
    }
  }
  for (const meeting of meetings) {
    const ahead = Temporal.Instant.compare(meeting.starts_at, work.now) > 0;
    const gone = !held.some(({ day }) => isSameDay(day, meeting.day));
    // While a change waits for its approval nothing is called off for it: it may be turned down.
    const settled = isCalledOff(request) || request.state === 'booked' || !isOf(request, meeting);
    if (meeting.state !== 'planned' || !ahead) continue;
    if (gone && settled) await callOff(work, setup, meeting);
    else if (
      undone &&
      before?.state === 'booked' &&
      !booked.some(({ day }) => isSameDay(day, meeting.day))
    )
      await unplan(work, setup, meeting);
  }
}

const isCalledOff = ({ state }: Request): boolean => CALLED_OFF.includes(state);

const dates = z.object({ days: z.array(z.string()) }).catch({ days: [] });
/** Whether the date of a meeting is still one of the series. */
const isOf = (request: Request, { day }: Meeting): boolean =>
  dates.parse(request.form['series']).days.includes(day?.toString() ?? '');

const isSameDay = (one: Temporal.PlainDate | null, other: Temporal.PlainDate | null): boolean =>
  one !== null && other !== null && one.equals(other);

const isElsewhere = (meeting: Meeting, booked: Booked): boolean =>
  !meeting.starts_at.equals(booked.starts_at) ||
  !meeting.ends_at.equals(booked.ends_at) ||
  meeting.place !== booked.place;

const peopleOn = (request: Request | undefined, { day }: BookedOn): string =>
  request ? planOf(request, day).attendees.join() : '';

/** What meetings show besides time, room and people. */
const TOLD = ['title', 'agenda', 'equipment', 'layout'] as const;
const isToldOtherwise = (before: Request, after: Request): boolean =>
  TOLD.some((field) => !isDeepStrictEqual(before.form[field], after.form[field]));

const heldAhead = (
  work: Work,
  request: number,
): Promise<(BookedOn & { readonly state: 'held' | 'booked' | 'released' })[]> =>
  work.tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.day', 'booking.starts_at', 'booking.ends_at', 'booking.state'])
    .select('room.name as place')
    .where('booking.request_id', '=', request)
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '>', work.now)
    .orderBy('booking.starts_at')
    .execute();

/** Plans the meetings of so many dates: a statement a table, however many there are. */
async function begin(
  work: Work,
  setup: Setup,
  request: Request,
  booked: readonly BookedOn[],
): Promise<void> {
  if (booked.length === 0) return;
  const soonest = work.now;
  const meetings = await work.tx
    .insertInto('meeting')
    .values(
      booked.map(({ day, starts_at, ends_at, place }) => {
        const plan = planOf(request, day);
        const dues = duesOf({ from: starts_at, to: ends_at }, work.now, setup.rules);
        const told = plan.attendees.length > 0;
        return {
          request_id: request.id,
          day,
          host_id: request.requester_id,
          channel: request.channel,
          starts_at,
          ends_at,
          place,
          title: plan.title,
          revision: 1,
          state: 'planned' as const,
          notice_at: told ? noticeAt(starts_at, soonest, setup.rules) : null,
          ...dues,
          checked_in_at: null,
          checked_in_by: null,
        };
      }),
    )
    .returningAll()
    .execute();
  await inviteAll(work, request, meetings);
  await prepareAll(work, setup, request, meetings);
  for (const meeting of meetings) {
    if (setup.rules.feishu.calendar) {
      await keepEvent(work, setup, meeting);
      await notifyIfDue(work, setup, meeting);
    } else if (meeting.notice_at && Temporal.Instant.compare(meeting.notice_at, work.now) <= 0)
      await sendNotices(work, setup, meeting);
  }
}

async function inviteAll(
  work: Work,
  request: Request,
  meetings: readonly Meeting[],
): Promise<void> {
  const rows = meetings.flatMap(({ id, day }) =>
    planOf(request, day).attendees.map((person) => ({
      meeting_id: id,
      person_id: person,
      answer: 'none' as const,
      reason: null,
      answered_at: null,
    })),
  );
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await work.tx
      .insertInto('attendance')
      .values(rows.slice(from, from + AT_ONCE))
      .execute();
}

/** A statement takes 65 535 values at most. */
const AT_ONCE = 5_000;

async function prepareAll(
  work: Work,
  setup: Setup,
  request: Request,
  meetings: readonly Meeting[],
): Promise<void> {
  const { equipment, layout } = planOf(request);
  if (equipment.length === 0 && layout === null) return;
  const rows = meetings.flatMap(({ id, starts_at }) => {
    const times = preparationTimes(starts_at, work.now, setup.calendar);
    return PREPARATIONS.map((sort) => ({
      meeting_id: id,
      sort,
      tell_at: times[sort].tell,
      remind_at: null,
      due_at: times[sort].due,
      told: false,
      round: 1,
      done_at: null,
      done_by: null,
    }));
  });
  await work.tx.insertInto('preparation').values(rows).execute();
}
