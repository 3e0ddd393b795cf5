/** 延长 and 提前结束: the end of a meeting that is under way, moved while people sit in the room. */
import { Refusal } from '../../../cards/refusal.ts';
import { momentText } from '../../../cards/times.ts';
import { enumerated, type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { nameOf } from '../../directory/people.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import { writeForm } from '../../filing/annotate.ts';
import { circumstancesOf } from '../../filing/circumstances.ts';
import type { Setup } from '../../filing/move.ts';
import { lockRequest, type Request } from '../../filing/store.ts';
import { holdRoom, releaseBooking } from '../../requests/room/bookings.ts';
import { keepWithinLimits } from '../../requests/room/fair-use.ts';
import { allRooms, busyTimes, canHave, type Room, ruleOf } from '../../requests/room/rooms.ts';
import { approvalsFor, type Rules } from '../../settings/rules.ts';
import { wallMinutes } from '../../time/spans.ts';
import { noteEnding } from '../deeds.ts';
import { adjust } from '../follow.ts';
import { lockMeeting, type Meeting } from '../store.ts';
import { isBefore } from '../times.ts';
import { ROOM } from './wishes.ts';

/** A meeting and the request it belongs to. */
export type Running = { readonly id: number; readonly request: number };

/** Whether it is under way, and that person may lengthen or end it: its host, or who checked in. */
export const mayReshape = (meeting: Meeting, person: number, now: Temporal.Instant): boolean =>
  meeting.state === 'planned' &&
  (meeting.host_id === person || meeting.checked_in_by === person) &&
  !isBefore(now, meeting.starts_at) &&
  isBefore(now, meeting.ends_at);

/** The end that a tap gives a meeting: `rooms.extendBy` later than now. */
export const laterBy = ({ ends_at }: Meeting, { rooms }: Rules): Temporal.Instant =>
  ends_at.add({ minutes: wallMinutes(rooms.extendBy) });

/** Whether it could be lengthened by one tap, as far as the room goes: free and open after it, and no longer than rooms may be had. */
export async function hasRoomAfter(tx: Tx, rules: Rules, meeting: Meeting): Promise<boolean> {
  const to = laterBy(meeting, rules);
  const hours = meeting.starts_at.until(to).total('hours');
  if (hours > rules.rooms.longestHours) return false;
  const room = (await allRooms(tx, rules)).find(({ name }) => name === meeting.place);
  const period = afterIt(meeting, to);
  const busy = await busyTimes(tx, rules, period, meeting.request_id);
  return room !== undefined && canHave(room, period, busy, rules.timeZone);
}

const afterIt = ({ ends_at }: Meeting, to: Temporal.Instant) => ({
  from: ends_at.toString(),
  to: to.toString(),
});

/** The meeting under way that somebody may lengthen or end: their own, or the one they checked in to. */
export async function underWay(
  tx: Tx,
  person: number,
  now: Temporal.Instant,
): Promise<Running | undefined> {
  const row = await tx
    .selectFrom('meeting')
    .select(['id', 'request_id'])
    .where('state', '=', 'planned')
    .where('starts_at', '<=', now)
    .where('ends_at', '>', now)
    .where((each) => each.or([each('host_id', '=', person), each('checked_in_by', '=', person)]))
    .orderBy('starts_at', 'desc')
    .executeTakeFirst();
  return row && { id: row.id, request: row.request_id };
}

/** The request and its meeting, locked; undefined when it is not under way any more. */
async function lockUnderWay(
  work: Work,
  found: Running,
): Promise<{ readonly request: Request; readonly meeting: Meeting } | undefined> {
  const request = await lockRequest(work.tx, found.request);
  const meeting = await lockMeeting(work.tx, found.id);
  const runs =
    meeting?.state === 'planned' &&
    request?.state === 'booked' &&
    !isBefore(work.now, meeting.starts_at) &&
    isBefore(work.now, meeting.ends_at);
  return runs ? { request, meeting } : undefined;
}

const OVER = (): Refusal =>
  new Refusal('meeting.over', words('这场会已经结束了', 'That meeting is over'));

/** Lengthens it until `to`. Throws Refusal with who is next, or what else stands against it. */
export async function extend(
  work: Work,
  setup: Setup,
  found: Running,
  person: number,
  to: Temporal.Instant,
): Promise<Meeting> {
  const running = await lockUnderWay(work, found);
  if (!running) throw OVER();
  const { request, meeting } = running;
  if (!isBefore(meeting.ends_at, to))
    throw new Refusal(
      'extend.earlier',
      words('要延长到更晚的时间', 'That is not later than it ends now'),
      words('例如「延长半小时」', 'Such as “extend by half an hour”'),
    );
  const room = (await allRooms(work.tx, setup.rules)).find(({ name }) => name === meeting.place);
  if (!room) throw OVER();
  await mayLast(work, setup, request, { from: meeting.starts_at, to });
  await refuseIfNext(work, setup, meeting, room, to);
  return reshape(work, setup, request, meeting, person, to, 'extended');
}

/** 会开完了: the rest is free for others at once. */
export async function endEarly(
  work: Work,
  setup: Setup,
  found: Running,
  person: number,
): Promise<Meeting> {
  const running = await lockUnderWay(work, found);
  if (!running) throw OVER();
  const { request, meeting } = running;
  // A booking is at least a minute long.
  const least = meeting.starts_at.add({ minutes: 1 });
  const to = isBefore(work.now, least) ? least : work.now;
  const now = await reshape(work, setup, request, meeting, person, to, 'ended-early');
  await noteEnding(work, setup, now, person, meeting.ends_at);
  return now;
}

/** It was not over after all: until `to` as before. Throws Refusal when somebody has the room by now. Both are locked by the caller. */
export async function goOn(
  work: Work,
  setup: Setup,
  running: { readonly request: Request; readonly meeting: Meeting },
  person: number,
  to: Temporal.Instant,
): Promise<Meeting> {
  // The clock may have found it over.
  const meeting = await work.tx
    .updateTable('meeting')
    .set({ state: 'planned' })
    .where('id', '=', running.meeting.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return reshape(work, setup, running.request, meeting, person, to, 'gone-on');
}

/** The same room from the same beginning until `to`; who waits for what comes free is asked by who keeps step with requests. */
async function reshape(
  work: Work,
  setup: Setup,
  request: Request,
  meeting: Meeting,
  person: number,
  to: Temporal.Instant,
  act: 'extended' | 'ended-early' | 'gone-on',
): Promise<Meeting> {
  const { starts_at, place, day } = meeting;
  const when = { from: starts_at.toString(), to: to.toString() };
  await releaseBooking(work, request.id, day);
  await holdRoom(work, setup.rules, { request_id: request.id, day }, place, when, 'booked');
  // A series says when its dates usually are; what is otherwise on one that has begun, its booking and its meeting say.
  if (day) await adjust(work, setup, request, meeting, { starts_at, ends_at: to, place });
  await writeForm(work, setup, request, { person }, day ? {} : { when }, act);
  return (await lockMeeting(work.tx, meeting.id)) ?? meeting;
}

/** Throws Refusal when it would last longer than rooms may be had, or than may be booked without asking anybody. */
async function mayLast(
  work: Work,
  setup: Setup,
  request: Request,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<void> {
  const { rules } = setup;
  const hours = from.until(to).total('hours');
  if (hours > rules.rooms.longestHours)
    throw new Refusal(
      'extend.long',
      words(
        `一次最长 ${rules.rooms.longestHours} 小时`,
        `At most ${rules.rooms.longestHours} hours at a time`,
      ),
      words('请另订一场', 'Please book another one'),
    );
  const org = await readOrganisation(work.tx, rules.roles, work.now);
  const form = { ...request.form, when: { from: from.toString(), to: to.toString() } };
  const asked = { kind: ROOM, form, requester: request.requester_id, changes: request.id };
  const at = await circumstancesOf(work.tx, asked, org, rules, work.now);
  const before = JSON.stringify(approvalsFor(rules, 'room', request.measure, at));
  const after = approvalsFor(rules, 'room', hours, at);
  if (after.length > 0 && JSON.stringify(after) !== before)
    throw new Refusal(
      'extend.approval',
      words('延长这么久需要审批', 'That long it needs approval'),
      words('请少延长一些，或另订一场', 'Please extend it by less, or book another one'),
    );
  await keepWithinLimits(work, rules, org, {
    person: request.requester_id,
    periods: [{ from: from.toString(), to: to.toString() }],
    changes: request.id,
  });
}

/** Throws Refusal when somebody else has the room before `to`: who, from when, until when it may be kept, what is free instead. */
async function refuseIfNext(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  room: Room,
  to: Temporal.Instant,
): Promise<void> {
  const { rules } = setup;
  const period = afterIt(meeting, to);
  const busy = await busyTimes(work.tx, rules, period, meeting.request_id);
  if (canHave(room, period, busy, rules.timeZone)) return;
  const now = work.now.toZonedDateTimeISO(rules.timeZone);
  const next = await nextIn(work.tx, room.id, meeting.ends_at);
  const free = (await allRooms(work.tx, rules)).filter(
    (each) => each.id !== room.id && canHave(each, period, busy, rules.timeZone),
  );
  const until = next?.starts_at.subtract({ minutes: ruleOf(room.name, rules).buffer });
  const why =
    next === undefined
      ? words(`${room.name}那时不开放`, `${room.name} is not open then`)
      : await nextText(work.tx, room, next, now);
  throw new Refusal(
    'extend.taken',
    why,
    whatNext(
      free.map(({ name }) => name),
      until && isBefore(meeting.ends_at, until) ? momentText(until, now) : undefined,
    ),
  );
}

type Next = { readonly starts_at: Temporal.Instant; readonly host: number | null };

const nextIn = async (tx: Tx, room: number, from: Temporal.Instant): Promise<Next | undefined> => {
  const row = await tx
    .selectFrom('booking')
    .leftJoin('request', 'request.id', 'booking.request_id')
    .select(['booking.starts_at', 'request.requester_id as host'])
    .where('booking.room_id', '=', room)
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '>=', from)
    .orderBy('booking.starts_at')
    .executeTakeFirst();
  return row;
};

async function nextText(
  tx: Tx,
  room: Room,
  next: Next,
  now: Temporal.ZonedDateTime,
): Promise<Words> {
  const begins = momentText(next.starts_at, now);
  if (next.host === null)
    return words(
      `${room.name} ${begins.zh} 起为别人保留`,
      `${room.name} is held for somebody from ${begins.en}`,
    );
  const name = await nameOf(tx, next.host);
  return words(
    `${room.name}接下来是${name}的会（${begins.zh}）`,
    `${room.name} is ${name}’s next (${begins.en})`,
  );
}

function whatNext(free: readonly string[], until: Words | undefined): Words {
  const MOST = 3;
  const names = enumerated(free.slice(0, MOST));
  const parts = [
    ...(until ? [words(`最晚可以用到 ${until.zh}`, `You may keep it until ${until.en}`)] : []),
    free.length === 0
      ? words('那时没有别的空会议室', 'No other room is free then')
      : words(`那时空着的：${names.zh}`, `Free then: ${names.en}`),
  ];
  return words(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '));
}
