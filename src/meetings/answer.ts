/** 确认参加 and 请假: an invited person's answer. Who they are is asked here, never taken from a card. */
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { attendanceOf, lockMeeting, type Meeting } from './store.ts';
import { refresh } from './tell.ts';
import { isBefore } from './times.ts';

/** `moved`: the card showed another time; `begun`: too late; `gone`: it does not take place. */
export type Answered =
  | { readonly answered: true; readonly meeting: Meeting }
  | {
      readonly answered: false;
      readonly why: 'not-invited' | 'moved' | 'begun' | 'gone' | 'reason';
    };

/** Takes an answer until the meeting begins; it may be changed until then. `revision` is what the card showed, undefined for words. */
export async function answerInvitation(
  work: Work,
  setup: Setup,
  wanted: {
    readonly meeting: number;
    readonly person: number;
    readonly answer: 'coming' | 'away';
    readonly reason: string;
    readonly revision?: number;
  },
): Promise<Answered> {
  const { person, answer, reason } = wanted;
  const meeting = await lockMeeting(work.tx, wanted.meeting);
  const mine =
    meeting && (await attendanceOf(work.tx, meeting.id)).find((each) => each.person_id === person);
  if (!meeting || !mine) {
    await record(work, 'refused.attendance', `meeting:${wanted.meeting}`, { after: { person } });
    return { answered: false, why: 'not-invited' };
  }
  if (meeting.state === 'cancelled' || meeting.state === 'released')
    return { answered: false, why: 'gone' };
  if (meeting.state === 'over' || !isBefore(work.now, meeting.starts_at))
    return { answered: false, why: 'begun' };
  if (wanted.revision !== undefined && wanted.revision !== meeting.revision)
    return { answered: false, why: 'moved' };
  if (answer === 'away' && reason === '') return { answered: false, why: 'reason' };
  const told = answer === 'away' ? reason : null;
  if (mine.answer === answer && mine.reason === told) return { answered: true, meeting };
  await work.tx
    .updateTable('attendance')
    .set({ answer, reason: told, answered_at: work.now })
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', person)
    .execute();
  await record(work, 'meeting.answered', `request:${meeting.request_id}`, {
    before: { answer: mine.answer },
    after: { person, answer },
  });
  await refresh(work, setup, meeting, [person]);
  return { answered: true, meeting };
}
