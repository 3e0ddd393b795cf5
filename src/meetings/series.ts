/** Keeps the meetings of a series in line with its bookings: one for each of its dates, planned all at once. What has begun is left alone. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../../db/work.ts';
import type { Followed, Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { keepEvent } from './event.ts';
import { exemptionsOf } from './exempt.ts';
import { adjust, type Booked, CALLED_OFF, callOff, revive, unplan } from './follow.ts';
import { notifyIfDue, sendNotices } from './notices.ts';
import { isSeries, type Meeting, planOf } from './store.ts';
import { duesOf, noticeAt, preparationTimes } from './times.ts';

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
  const exempt = await exemptionsOf(work, setup, request.requester_id);
  const { title } = planOf(request);
  const planned = booked.map(({ day, starts_at, ends_at, place }) => ({
    day,
    starts_at,
    ends_at,
    place,
    notice_at:
      planOf(request, day).attendees.length > 0 ? noticeAt(starts_at, work.now, setup.rules) : null,
    ...duesOf(
      { from: starts_at, to: ends_at },
      work.now,
      setup.rules,
      exempt({ starts_at, ends_at, place }),
    ),
  }));
  const column = <K extends keyof (typeof planned)[number]>(name: K) =>
    planned.map((each) => each[name]);
  const { rows: meetings } = await sql<Meeting>`
    insert into meeting (request_id, host_id, channel, title, revision, state,
      day, starts_at, ends_at, place, notice_at, ask_at, check_in_at, release_at, begin_at)
    select ${request.id}::bigint, ${request.requester_id}::bigint, ${request.channel}::text, ${title}::text, 1, 'planned', date.*
    from unnest(${column('day')}::date[], ${column('starts_at')}::timestamptz[], ${column('ends_at')}::timestamptz[],
      ${column('place')}::text[], ${column('notice_at')}::timestamptz[], ${column('ask_at')}::timestamptz[], ${column('check_in_at')}::timestamptz[],
      ${column('release_at')}::timestamptz[], ${column('begin_at')}::timestamptz[]) as date
    returning *`.execute(work.tx);
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
  const invited = meetings.flatMap(({ id, day }) =>
    planOf(request, day).attendees.map((person) => ({ id, person })),
  );
  await sql`insert into attendance (meeting_id, person_id, answer)
    select meeting, person, 'none' from unnest(${invited.map(({ id }) => id)}::bigint[], ${invited.map(({ person }) => person)}::bigint[])
      as invited (meeting, person)`.execute(work.tx);
}

async function prepareAll(
  work: Work,
  setup: Setup,
  request: Request,
  meetings: readonly Meeting[],
): Promise<void> {
  const { equipment, layout } = planOf(request);
  if (equipment.length === 0 && layout === null) return;
  const { calendar, rules } = setup;
  const rows = meetings.flatMap(({ id, starts_at: from, ends_at: to }) =>
    preparationTimes({ from, to }, work.now, calendar, rules.rooms).map(({ sort, tell, due }) => ({
      meeting_id: id,
      sort,
      tell_at: tell,
      remind_at: null,
      due_at: due,
      told: false,
      round: 1,
      done_at: null,
      done_by: null,
    })),
  );
  await work.tx.insertInto('preparation').values(rows).execute();
}
