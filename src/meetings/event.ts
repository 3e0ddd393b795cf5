/** The event of a meeting in the platform's calendar: what it shall be, and how it stands. */
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import {
  readStanding,
  readWanted,
  type StandingEvent,
  type WantedEvent,
} from '../channels/event.ts';
import { type Counterpart, counterpartOf, want, type Which } from '../counterparts/want.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest } from '../filing/store.ts';
import { attendanceOf, type Meeting, planOf } from './store.ts';

/** The only platform with a calendar. */
const CHANNEL = 'feishu';

export const eventOf = (meeting: number): Which => ({
  channel: CHANNEL,
  sort: 'event',
  about: { kind: 'meeting', id: meeting },
});

/** Says how the event of a meeting shall stand, in the transaction that changes the meeting. Nothing while the calendar is off. */
export async function keepEvent(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  if (!setup.rules.feishu.calendar) return;
  await want(work, { ...eventOf(meeting.id), wanted: await wantedOf(work, setup, meeting) });
}

/** Null: there shall be none, since it does not take place, or its host is not on the platform and could not be told of anything. */
async function wantedOf(work: Work, setup: Setup, meeting: Meeting): Promise<WantedEvent | null> {
  const { tx } = work;
  if (meeting.state !== 'planned') return null;
  const request = await readRequest(tx, meeting.request_id);
  const booking = await tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.refused', 'room.feishu_room', 'room.floor'])
    .where('booking.request_id', '=', meeting.request_id)
    .where('booking.day', 'is not distinct from', meeting.day)
    .where('booking.state', 'in', ['held', 'booked'])
    .executeTakeFirst();
  const invited = (await attendanceOf(tx, meeting.id)).map(({ person_id }) => person_id);
  const ids = await idsOf(tx, [meeting.host_id, ...invited]);
  const host = ids.get(meeting.host_id);
  if (!request || host === undefined) return null;
  const plan = planOf(request);
  const name = await nameOf(tx, meeting.host_id);
  const title = words(`${name}的会议`, `${name}’s meeting`);
  // A room that refused has to be chosen anew by the host; until then whoever takes part stays.
  const refused = booking?.refused != null;
  return {
    title: plan.title ?? title[setup.rules.language],
    description: plan.agenda ?? '',
    // Each date of a series is an event of its own.
    mark: meeting.day ? `${request.number} ${meeting.day.toString()}` : request.number,
    from: meeting.starts_at.toString(),
    to: meeting.ends_at.toString(),
    zone: setup.rules.timeZone,
    place: booking ? `${meeting.place}（${booking.floor}楼）` : meeting.place,
    video: plan.equipment.includes('视频'),
    people: refused ? null : [...ids.values()].toSorted(),
    room:
      refused || booking?.feishu_room == null
        ? null
        : { id: booking.feishu_room, responsible: host },
  };
}

/** The ids on the platform of those who work here, by person. */
async function idsOf(tx: Tx, people: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await tx
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['address.person_id', 'address.external_id'])
    .where('address.channel', '=', CHANNEL)
    .where('address.person_id', 'in', [...people])
    .where('person.active', '=', true)
    .execute();
  return new Map(rows.map(({ person_id, external_id }) => [person_id, external_id]));
}

/** Undefined: there is none, or the calendar is off. */
export async function standingOf(tx: Tx, meeting: number): Promise<StandingEvent | undefined> {
  return readStanding((await counterpartOf(tx, eventOf(meeting)))?.external);
}

/** Whether a room of the platform has still to answer: until then nobody is told that the meeting takes place there. */
export async function isRoomAsked(tx: Tx, meeting: number): Promise<boolean> {
  const counterpart = await counterpartOf(tx, eventOf(meeting));
  if (!counterpart || counterpart.wanted === null || counterpart.dead_at) return false;
  const { room } = readWanted(counterpart.wanted);
  if (!room) return false;
  const standing = readStanding(counterpart.external)?.room;
  return standing?.id !== room.id || standing.answer === 'asked' || isBehind(counterpart);
}

const isBehind = ({ wanted, external }: Counterpart): boolean => {
  const written = readStanding(external)?.written;
  const { from, to } = readWanted(wanted);
  return written?.from !== from || written.to !== to;
};
