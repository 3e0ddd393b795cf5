/** The notice before a meeting: to everybody invited who has not had it for the meeting as it now stands. */
import type { Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { isRoomAsked } from './event.ts';
import { attendanceOf, type Meeting } from './store.ts';
import { oweMeeting } from './tell.ts';
import { isBefore, noticeAt } from './times.ts';

/** Sends the notice. Who says beforehand that they will not come is still told, since much can change. */
export async function sendNotices(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  for (const { person_id: person, noticed_revision: noticed } of await attendanceOf(
    work.tx,
    meeting.id,
  )) {
    if (noticed >= meeting.revision) continue;
    await oweMeeting(work, setup, meeting, person, {
      // Invited again after having been left out, they are told again: by a deed of somebody's, not by the clock.
      what: `notice:${meeting.revision}${work.cause === null ? '' : `:${work.cause}`}`,
      revision: meeting.revision,
    });
  }
  await work.tx
    .updateTable('attendance')
    .set({ noticed_revision: meeting.revision })
    .where('meeting_id', '=', meeting.id)
    .execute();
  await work.tx
    .updateTable('meeting')
    .set({ notice_at: null })
    .where('id', '=', meeting.id)
    .execute();
}

/** A room of the platform answers within two minutes, or not at all: so long nobody is told of a meeting there. */
const ROOM_PATIENCE = { minutes: 3 };

/** From when on people may be told of a meeting as it stands now. */
export async function mayBeToldFrom(
  work: Work,
  setup: Setup,
  meeting: Meeting,
): Promise<Temporal.Instant> {
  const waits = setup.rules.feishu.calendar && (await isRoomAsked(work.tx, meeting.id));
  return waits ? work.now.add(ROOM_PATIENCE) : work.now;
}

/** Sets the time of the notice for whoever has not had it; sends it when that is now. */
export async function notifyIfDue(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  const invited = await attendanceOf(work.tx, meeting.id);
  const open = invited.some((each) => each.noticed_revision < meeting.revision);
  const soonest = await mayBeToldFrom(work, setup, meeting);
  const at = open ? noticeAt(meeting.starts_at, soonest, setup.rules) : null;
  await work.tx
    .updateTable('meeting')
    .set({ notice_at: at })
    .where('id', '=', meeting.id)
    .execute();
  if (at && !isBefore(work.now, at)) await sendNotices(work, setup, meeting);
}
