/** Equipment that fails in a meeting: an urgent repair at once, another room for its host, and somebody who comes within minutes. */
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { addressOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice, oweNoticeToRole } from '../filing/notices.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { submit } from '../filing/submit.ts';
import { kindNamed } from '../requests/index.ts';
import { openFaults } from '../requests/room/faults.ts';
import { builtIn } from '../requests/room/rooms.ts';
import type { Rules } from '../settings/rules.ts';
import { wallMinutes } from '../time/spans.ts';
import { openStep } from '../workflow/workflow.ts';
import { attendanceOf, lockMeeting, type Meeting } from './store.ts';
import { before, isBefore } from './times.ts';

/** Something that nobody has named. */
export const SOMETHING_ELSE = '其他';
/** What can fail in any room, beside what is built into it. */
const ELSE = ['网络', '空调', SOMETHING_ELSE];
/** A whiteboard does not fail. */
const LASTING: ReadonlySet<string> = new Set(['白板']);
/** Where check-in is off: minutes before the beginning from which people are in the room. */
const EARLY = '10m';

/** What of a room may be reported by one tap, in the words of the booking's form. */
export const mayFail = (room: { readonly equipment: readonly string[] }): readonly string[] => [
  ...builtIn(room).filter((each) => !LASTING.has(each)),
  ...ELSE,
];

/** People are in the room, or about to be. */
export const isGoingOn = (meeting: Meeting, now: Temporal.Instant, rules: Rules): boolean =>
  meeting.state === 'planned' &&
  !isBefore(now, before(meeting.starts_at, rules.rooms.checkIn?.from ?? EARLY)) &&
  isBefore(now, meeting.ends_at);

/** `joined`: it was told before, by them or somebody else; the repair is the same. `fault`: its id. */
export type Reported =
  | {
      readonly reported: true;
      readonly repair: Request;
      readonly meeting: Meeting;
      readonly fault: number;
      readonly joined: boolean;
    }
  | { readonly reported: false; readonly why: 'not-invited' | 'not-now' | 'nothing-like-it' };

/**
 * Host or any attendee: 投影坏了. One repair for a room and a thing, however many tell it. Throws the Refusal of filing when nobody can
 * be asked to repair.
 */
export async function reportFault(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  what: string,
): Promise<Reported> {
  const meeting = await lockMeeting(work.tx, id);
  const invited = meeting ? await attendanceOf(work.tx, id) : [];
  const belongs = meeting?.host_id === person || invited.some((each) => each.person_id === person);
  if (!meeting || !belongs) {
    await record(work, 'refused.fault', `meeting:${id}`, { after: { person } });
    return { reported: false, why: 'not-invited' };
  }
  if (!isGoingOn(meeting, work.now, setup.rules)) return { reported: false, why: 'not-now' };
  // Locked, so that two who tell it in the same second tell one.
  const room = await work.tx
    .selectFrom('room')
    .select(['id', 'equipment'])
    .where('name', '=', meeting.place)
    .forUpdate()
    .executeTakeFirst();
  if (!room || !mayFail(room).includes(what)) return { reported: false, why: 'nothing-like-it' };
  const known = (await openFaults(work.tx, room.id)).find(({ equipment }) => equipment === what);
  const there = known && (await readRequest(work.tx, known.repair_id));
  if (known && there)
    return { reported: true, repair: there, meeting, fault: known.id, joined: true };
  const repair = await file(work, setup, meeting, person, what);
  const { id: fault } = await work.tx
    .insertInto('equipment_fault')
    .values({
      room_id: room.id,
      equipment: what,
      repair_id: repair.id,
      meeting_id: meeting.id,
      reported_by: person,
      reported_at: work.now,
      call_at: work.now.add({ minutes: wallMinutes(setup.rules.rooms.faultCall) }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'meeting.fault', `request:${meeting.request_id}`, {
    after: { repair: repair.number, equipment: what },
  });
  return { reported: true, repair, meeting, fault, joined: false };
}

async function file(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  person: number,
  what: string,
): Promise<Request> {
  const address = await addressOf(work.tx, person, meeting.channel);
  return submit(work, setup, {
    kind: kindNamed('repair'),
    form: {
      object: what === SOMETHING_ELSE ? '会议室设备' : what,
      place: meeting.place,
      problem: '会议正在进行，请马上到场，带上备用设备',
      urgency: 'urgent',
    },
    requester: person,
    channel: address?.channel ?? meeting.channel,
    chat: 'private',
    // No file of before belongs to it.
    begun: work.now.add({ hours: 1 }),
  });
}

/** The next fault that nobody has taken in time: the office manager is called, and whoever told it knows. False: none is due. */
export async function callForHelp(work: Work, setup: Setup): Promise<boolean> {
  const fault = await work.tx
    .selectFrom('equipment_fault')
    .selectAll()
    .where('call_at', '<=', work.now)
    .orderBy('call_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!fault) return false;
  await work.tx
    .updateTable('equipment_fault')
    .set({ call_at: null })
    .where('id', '=', fault.id)
    .execute();
  const repair = await readRequest(work.tx, fault.repair_id);
  const meeting =
    fault.meeting_id === null ? undefined : await lockMeeting(work.tx, fault.meeting_id);
  const step = repair && openStep(repair.workflow);
  const isTaken = step?.id !== 'fix' || step.claimedBy !== undefined;
  if (!repair || !meeting || isTaken || !isBefore(work.now, meeting.ends_at)) return true;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const minutes = wallMinutes(setup.rules.rooms.faultCall);
  const notAfter = meeting.ends_at;
  const key = `fault:${fault.id}`;
  const text = words(
    `${meeting.place}正在开会，${fault.equipment}坏了，报修 ${repair.number} ${minutes} 分钟没人接。请马上安排人到场`,
    `A meeting is going on in ${meeting.place}, ${fault.equipment} has failed, and nobody has taken ${repair.number} for ${minutes} minutes. Please send somebody now`,
  );
  await oweNoticeToRole(
    work,
    setup.jobs,
    org,
    'office-manager',
    { key, text, notAfter },
    repair.channel,
  );
  const told = words(
    `${repair.number} 还没人接，已请行政主管马上安排`,
    `Nobody has taken ${repair.number} yet; the office manager has been asked to send somebody now`,
  );
  await oweNotice(
    work,
    setup.jobs,
    fault.reported_by,
    { key: `${key}:told`, text: told, notAfter },
    repair.channel,
  );
  return true;
}
