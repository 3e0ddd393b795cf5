/** 签到 and 提前结束, taken back by whoever did it a moment ago. */
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { lockRequest } from '../filing/store.ts';
import { type Deed, markUndone, type TakenBack } from '../undo/deeds.ts';
import { checkIn, ended } from './deeds.ts';
import { goOn } from './sharing/ending.ts';
import { lockMeeting, type Meeting, readMeeting } from './store.ts';
import { refresh } from './tell.ts';

/** Takes it back, if the meeting stands as it was left. Throws Refusal when somebody has the room by now. */
export async function undoMeeting(work: Work, setup: Setup, deed: Deed): Promise<TakenBack> {
  const id = Number(deed.subject.slice('meeting:'.length));
  const found = await readMeeting(work.tx, id);
  const request = found && (await lockRequest(work.tx, found.request_id));
  const meeting = request && (await lockMeeting(work.tx, id));
  const name = meeting?.place ?? '';
  const stands = meeting?.revision === deed.version && isAsLeft(meeting, deed);
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !request || !meeting) return { undone: false, why: why ?? 'moved-on', name };
  if (deed.act === 'end-early') {
    const { to } = ended.parse(deed.before);
    await goOn(work, setup, { request, meeting }, deed.person_id, Temporal.Instant.from(to));
  } else await nobodyThere(work, setup, meeting, deed);
  return { undone: true, name };
}

/** A meeting that the clock has found over since it was ended is still the same. */
const isAsLeft = ({ state, checked_in_at: there }: Meeting, { act, at }: Deed): boolean =>
  act === 'end-early'
    ? state === 'planned' || state === 'over'
    : state === 'planned' && there !== null && there.equals(at);

async function nobodyThere(
  work: Work,
  setup: Setup,
  { id, request_id: request }: Meeting,
  { before }: Deed,
): Promise<void> {
  const was = checkIn.parse(before);
  const moment = (text: string | null): Temporal.Instant | null =>
    text === null ? null : Temporal.Instant.from(text);
  const meeting = await work.tx
    .updateTable('meeting')
    .set({
      checked_in_at: null,
      checked_in_by: null,
      check_in_at: moment(was.checkIn),
      release_at: moment(was.release),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'meeting.check-in-undone', `request:${request}`);
  await refresh(work, setup, meeting);
}
