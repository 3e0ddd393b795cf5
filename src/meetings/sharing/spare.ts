/** Something failed in a date of a series: other rooms for that date alone, offered to its host, who moves it by one tap. */
import { spareCard } from '../../../cards/spare.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { owe } from '../../delivery/owe.ts';
import { writeForm } from '../../filing/annotate.ts';
import type { Setup } from '../../filing/move.ts';
import { lockRequest, readRequest, type Request } from '../../filing/store.ts';
import type { StoredForm } from '../../requests/kind.ts';
import type { Alternative } from '../../requests/room/alternatives.ts';
import { holdRoom, releaseBooking } from '../../requests/room/bookings.ts';
import { needsIn } from '../../requests/room/prepare.ts';
import type { Rules } from '../../settings/rules.ts';
import { adjust } from '../follow.ts';
import { formOn } from '../series-dates.ts';
import { lockMeeting, type Meeting, readMeeting } from '../store.ts';
import { isBefore } from '../times.ts';
import { alternativesTo, choices, keyOf, placeText, relocate } from './booked.ts';
import type { Draw } from './draw.ts';

/** What failed, the room it failed in, and the number of its repair. */
type Fault = {
  readonly meeting: number;
  readonly what: string;
  readonly room: string;
  readonly repair: string;
};

async function readFault(tx: Tx, id: number): Promise<Fault | undefined> {
  const row = await tx
    .selectFrom('equipment_fault')
    .innerJoin('room', 'room.id', 'equipment_fault.room_id')
    .innerJoin('request', 'request.id', 'equipment_fault.repair_id')
    .select(['equipment_fault.meeting_id', 'equipment_fault.equipment as what'])
    .select(['room.name as room', 'request.number as repair'])
    .where('equipment_fault.id', '=', id)
    .executeTakeFirst();
  return row && row.meeting_id !== null ? { ...row, meeting: row.meeting_id } : undefined;
}

/** Owes the host the rooms that a date may move to. False: there is none. `fault`: the id of what failed in it. */
export async function offerSpare(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  fault: number,
): Promise<boolean> {
  const found = await readFault(work.tx, fault);
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  if (!found || (await sparesFor(work.tx, setup.rules, meeting, found, now)).length === 0)
    return false;
  return owe(work, setup.jobs, meeting.host_id, meeting.channel, {
    what: `spare:${fault}`,
    view: { view: 'sharing', sort: 'spare', id: fault },
    attention: true,
    priority: 3,
    breaksQuiet: true,
    notAfter: meeting.ends_at,
  });
}

/** Rooms that are free for the whole of the date and have what failed; none that somebody would have to approve first. */
async function sparesFor(
  tx: Tx,
  rules: Rules,
  meeting: Meeting,
  { what }: Fault,
  now: Temporal.ZonedDateTime,
): Promise<readonly Alternative[]> {
  const request = await readRequest(tx, meeting.request_id);
  if (!request) return [];
  const when = timeOf(meeting);
  const usual = formOn(request, meeting.day, now.timeZoneId);
  const equipment = [...new Set([...needsIn(usual).equipment, what])];
  const form = { ...usual, when, room: meeting.place, equipment };
  const others = await alternativesTo(tx, rules, { form }, now);
  return others.filter(({ room, period }) => !room.needs_approval && period.from === when.from);
}

const timeOf = ({ starts_at, ends_at }: Meeting) => ({
  from: starts_at.toString(),
  to: ends_at.toString(),
});

const isOn = (meeting: Meeting, now: Temporal.Instant): boolean =>
  meeting.state === 'planned' && isBefore(now, meeting.ends_at);

/** The host moves the date to another room. Undefined when it is not theirs, or that room is gone. Throws Refusal when somebody was quicker. */
export async function moveToSpare(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  key: string,
): Promise<Request | undefined> {
  const { tx, now } = work;
  const fault = await readFault(tx, id);
  const known = fault && (await readMeeting(tx, fault.meeting));
  const request = known && (await lockRequest(tx, known.request_id));
  const meeting = known && (await lockMeeting(tx, known.id));
  if (!fault || !request || meeting?.host_id !== person || meeting.day === null) {
    await record(work, 'refused.spare', `meeting:${fault?.meeting ?? 0}`, {
      after: { person, key },
    });
    return undefined;
  }
  if (meeting.place !== fault.room || !isOn(meeting, now)) return undefined;
  const at = now.toZonedDateTimeISO(setup.rules.timeZone);
  const others = await sparesFor(tx, setup.rules, meeting, fault, at);
  const room = others.find((each) => keyOf(each) === key)?.room;
  if (!room) return undefined;
  const to: StoredForm = { room: room.name, when: timeOf(meeting) };
  if (isBefore(now, meeting.starts_at)) {
    const form = formOn(request, meeting.day, setup.rules.timeZone);
    return relocate(work, setup, { ...request, form }, to);
  }
  return moveRunning(work, setup, request, meeting, room.name);
}

/** A date that has begun is no longer one of those that a change is about: its booking and its meeting move, what the series says stays. */
async function moveRunning(
  work: Work,
  setup: Setup,
  request: Request,
  meeting: Meeting,
  place: string,
): Promise<Request> {
  const { day, starts_at, ends_at, host_id: person } = meeting;
  await releaseBooking(work, request.id, day);
  const holder = { request_id: request.id, day };
  await holdRoom(work, setup.rules, holder, place, timeOf(meeting), 'booked');
  await adjust(work, setup, request, meeting, { starts_at, ends_at, place });
  return writeForm(work, setup, request, { person }, {}, 'relocated');
}

/** The card for the host; undefined for anybody else. */
export const drawSpare: Draw = async (tx, id, reader, rules, at) => {
  const fault = await readFault(tx, id);
  const meeting = fault && (await readMeeting(tx, fault.meeting));
  if (!fault || meeting?.host_id !== reader) return undefined;
  const moved = meeting.place !== fault.room;
  const state = !isOn(meeting, at.now.toInstant()) ? 'over' : moved ? 'moved' : 'open';
  const others = state === 'open' ? await sparesFor(tx, rules, meeting, fault, at.now) : [];
  const card = spareCard({
    id,
    version: meeting.revision,
    state,
    ...fault,
    place: placeText({ room: meeting.place, when: timeOf(meeting) }, at),
    others: choices(others, at),
  });
  return { card, version: meeting.revision };
};
