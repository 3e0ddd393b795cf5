/** What the platform's calendar answers about the event of a meeting: a room that accepts or refuses, somebody who changed it there. */
import { dayText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readStanding, type StandingRoom } from '../channels/event.ts';
import type { Watcher } from '../counterparts/keep.ts';
import type { Counterpart } from '../counterparts/want.ts';
import { handBack } from '../filing/hand-back.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { lockRequest, readRequest, type Request } from '../filing/store.ts';
import { refuseBooking } from '../requests/room/bookings.ts';
import { tellDrift } from './drift.ts';
import { keepEvent } from './event.ts';
import { notifyIfDue } from './notices.ts';
import { lockMeeting, type Meeting, readMeeting } from './store.ts';
import { causeOf, refresh } from './tell.ts';

/** Shows the host other rooms and times in place of what they cannot have. */
export type OfferAnother = (work: Work, setup: Setup, request: Request) => Promise<void>;

/** A request is locked before what stands for it, as by whoever changes it. */
export async function lockBefore(work: Work, { about_id }: Counterpart): Promise<void> {
  const meeting = await readMeeting(work.tx, about_id);
  if (meeting) await lockRequest(work.tx, meeting.request_id);
}

/** Keeps the meeting in step with what was heard of its event. */
export const hearEvent =
  (setup: Setup, offerAnother: OfferAnother): Watcher =>
  async (work, before, kept) => {
    const meeting = await lockMeeting(work.tx, before.about_id);
    if (meeting?.state !== 'planned') return;
    if (!kept) {
      await notifyIfDue(work, setup, meeting);
      return tellUnkept(work, setup, meeting);
    }
    const was = readStanding(before.external);
    const now = readStanding(kept.facts);
    if (now?.room && now.room.answer !== was?.room?.answer)
      await roomAnswered(work, setup, meeting, now.room, offerAnother);
    if (now?.drift && !was?.drift) await tellDrift(work, setup, meeting, now.drift);
  };

/** `asked`: its host sees that it is asked; the other answers are told or shown. */
async function roomAnswered(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  room: StandingRoom,
  offerAnother: OfferAnother,
): Promise<void> {
  if (room.answer === 'refused')
    return giveBack(work, setup, meeting, room.why ?? 'unknown', offerAnother);
  if (room.answer !== 'asked') await notifyIfDue(work, setup, meeting);
  if (room.answer === 'silent') {
    const text = words(
      `飞书会议室「${meeting.place}」还没有答复。请到飞书日历里看一下，或在预订卡片上换一间`,
      `The Feishu room “${meeting.place}” has not answered. Please look in the Feishu calendar, or choose another on the booking`,
    );
    const key = `room-silent:${meeting.id}:${meeting.revision}`;
    const notice = { key, text, notAfter: meeting.starts_at };
    await oweNotice(work, setup.jobs, meeting.host_id, notice, meeting.channel);
  }
  await refresh(work, setup, meeting);
}

/** The room cannot be had: the booking is its host's again, to choose another room or time. The meeting waits for that. */
export async function giveBack(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  why: Exclude<StandingRoom['why'], null> | 'unknown',
  offerAnother: OfferAnother,
): Promise<void> {
  await refuseBooking(work, meeting.request_id, why, meeting.day);
  await record(work, 'meeting.room-refused', `request:${meeting.request_id}`, { after: { why } });
  if (meeting.day) return tellRefused(work, setup, meeting);
  const request = await handBack(work, setup, meeting.request_id);
  if (request) await offerAnother(work, setup, request);
}

/** One date of a series: the others stand, and its host chooses another room for this one alone. */
async function tellRefused(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  await work.tx
    .updateTable('meeting')
    .set({ notice_at: null, check_in_at: null, release_at: null })
    .where('id', '=', meeting.id)
    .execute();
  await keepEvent(work, setup, meeting);
  const request = await readRequest(work.tx, meeting.request_id);
  const number = request?.number ?? '';
  const day = dayText(meeting.starts_at.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate());
  const text = words(
    `飞书没有给「${meeting.place}」${day.zh}这次，其他日期不变。请换一间，例如「${number} ${day.zh.replace(/（.*）/u, '')}那次换到…」`,
    `Feishu did not give “${meeting.place}” on ${day.en}; the other dates stand. Please choose another room for that date of ${number}`,
  );
  const key = `room-refused:${meeting.id}:${meeting.revision}`;
  const notice = { key, text, notAfter: meeting.starts_at };
  await oweNotice(work, setup.jobs, meeting.host_id, notice, meeting.channel);
  await refresh(work, setup, meeting);
}

async function tellUnkept(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  const text = UNKEPT(meeting.place);
  const key = `event-unkept:${meeting.id}:${causeOf(work)}`;
  const notice = { key, text, notAfter: meeting.ends_at };
  await oweNotice(work, setup.jobs, meeting.host_id, notice, meeting.channel);
}

const UNKEPT = (place: string): Words =>
  words(
    `「${place}」的会议没能放进飞书日历，预订本身有效，通知照常发送；管理员可在 deliveries --dead 里看到原因`,
    `Your meeting in ${place} could not be put into the Feishu calendar; the booking stands and notices go out as usual`,
  );
