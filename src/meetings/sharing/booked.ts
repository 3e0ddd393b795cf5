/** Bookings that lie ahead, and their move to another room or time. */
import type { Choice } from '../../../cards/sharing.ts';
import { periodText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { change } from '../../filing/change.ts';
import type { Setup } from '../../filing/move.ts';
import { hasBegun, known, type Request } from '../../filing/store.ts';
import type { Hearing } from '../../requests/fields.ts';
import type { StoredForm } from '../../requests/kind.ts';
import { type Alternative, alternatives } from '../../requests/room/alternatives.ts';
import { taken } from '../../requests/room/bookings.ts';
import { nameRoom, needsIn, openHours, unequipped, wholeDay } from '../../requests/room/prepare.ts';
import { allRooms, busyTimes } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import { isSeries } from '../store.ts';
import { periodIn, roomIn } from './wanted.ts';
import { ROOM } from './wishes.ts';

/** Somebody's rooms booked for one time that have not begun, the next one first. A series is nothing to exchange or to give away. */
export async function bookedAhead(
  tx: Tx,
  person: number,
  now: Temporal.Instant,
): Promise<readonly Request[]> {
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .selectAll('request')
    .where('request.requester_id', '=', person)
    .where('request.kind', '=', ROOM.name)
    .where('request.state', '=', 'booked')
    .where('booking.state', '=', 'booked')
    .where('booking.day', 'is', null)
    .where('booking.starts_at', '>', now)
    .orderBy('booking.starts_at')
    .limit(MOST)
    .execute();
  return rows.map(known);
}

/** So many bookings ahead are looked through. */
const MOST = 30;

/** Whether it is booked and has not begun: only then it can be given to somebody else. */
export const isAhead = (request: Request, now: Temporal.Instant): boolean =>
  request.state === 'booked' && !hasBegun(request, now);

/** The version since which room and time are as they are; what is added to a booking besides does not count. */
export const formVersion = ({ workflow }: Request): number => workflow.formSince ?? 0;

/** 「珠峰 明天 3月4日（周三）15:00–16:00」 */
export function placeText(form: StoredForm, at: Hearing): Words {
  const period = periodIn(form);
  const room = roomIn(form);
  if (!period) return words(room, room);
  const time = periodText(period.from, period.to, at);
  return words(`${room} ${time.zh}`, `${room}, ${time.en}`);
}

/** Room and time of a form, as another form takes them over. */
export const placeOf = (form: StoredForm): StoredForm => ({
  room: form['room'],
  when: form['when'],
});

/**
 * Moves a booking to another room or time by its host's will. Approvals given count when the rules ask nobody else for it; then it is
 * booked at once. Of a series `request` has the form of the one date that moves. Throws Refusal when that cannot be had.
 */
export async function relocate(
  work: Work,
  setup: Setup,
  request: Request,
  to: StoredForm,
): Promise<Request> {
  const { rules } = setup;
  const person = request.requester_id;
  const form = { ...request.form, ...to };
  const now = work.now.toZonedDateTimeISO(rules.timeZone);
  const asking = { tx: work.tx, rules, person, now, changes: request.id };
  const { alsoAsk = [], filed } = await ROOM.prepare(form, asking);
  // The form of one date is not that of its series.
  if (isSeries(request) && !filed) throw taken();
  return change(work, setup, request.id, { person }, filed ?? form, { alsoAsk, keeps: true });
}

/** What its host should know of a room that does not quite suit; undefined when it does. */
export async function unsuited(
  tx: Tx,
  rules: Rules,
  form: StoredForm,
  to: StoredForm,
): Promise<Words | undefined> {
  const room = nameRoom(roomIn(to), await allRooms(tx, rules));
  const needs = needsIn(form);
  if (!room || room.capacity >= needs.people) return room && unequipped(room, needs);
  return words(
    `${room.name}只能坐 ${room.capacity} 人，原来要 ${needs.people} 人`,
    `${room.name} seats ${room.capacity}; ${needs.people} were asked for`,
  );
}

/** What else a booking may have, nearest first; `at` is now. Its own place is none of it. */
export async function alternativesTo(
  tx: Tx,
  rules: Rules,
  { form }: Pick<Request, 'form'>,
  now: Temporal.ZonedDateTime,
): Promise<readonly Alternative[]> {
  const period = periodIn(form);
  if (!period) return [];
  const when = { from: period.from.toString(), to: period.to.toString() };
  const rooms = await allRooms(tx, rules);
  const busy = await busyTimes(tx, rules, wholeDay(when, { now }));
  const wish = { period: when, needs: needsIn(form), room: nameRoom(roomIn(form), rooms) };
  return alternatives(wish, rooms, busy, { now, open: openHours({ rules }) });
}

/** An alternative as a button carries it: the room, and when it begins. */
export const keyOf = ({ room, period }: Alternative): string =>
  `${room.id}:${Temporal.Instant.from(period.from).epochMilliseconds / 60_000}`;

/** Alternatives as the buttons of a card; each key begins with `about`, where a card is about several bookings. */
export const choices = (
  others: readonly Alternative[],
  at: Hearing,
  about = '',
): readonly Choice[] =>
  others.map((each) => ({
    label: placeText({ room: each.room.name, when: each.period }, at),
    key: `${about}${keyOf(each)}`,
  }));

/** What a booking becomes by an alternative that is still there. Undefined when it is gone. */
export async function alternativeOf(
  tx: Tx,
  rules: Rules,
  request: Pick<Request, 'form'>,
  key: string,
  now: Temporal.ZonedDateTime,
): Promise<StoredForm | undefined> {
  const found = (await alternativesTo(tx, rules, request, now)).find((each) => keyOf(each) === key);
  return found && { room: found.room.name, when: found.period };
}
