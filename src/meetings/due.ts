/** What meetings need by the clock. Each in a transaction of its own, locked with `skip locked`: two replicas do it once. */
import { words } from '../../cards/words.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { openCheckIn, release } from './check-in.ts';
import { exemptionsOf } from './exempt.ts';
import { callForHelp } from './fault.ts';
import { sendNotices } from './notices.ts';
import { remindPreparation, tellPreparation } from './preparations.ts';
import { endBumpHold } from './sharing/bump.ts';
import { endClosure } from './sharing/closures.ts';
import { keepLine } from './sharing/waiting.ts';
import { attendanceOf, type Meeting } from './store.ts';
import { offerReshaping, refresh } from './tell.ts';
import { isBefore } from './times.ts';

/** Does what is due, what is over first: nobody is told of a meeting that has ended, and none is released after its end. */
export async function keepMeetings(office: Office, setup: Setup): Promise<void> {
  const sorts = [
    end,
    callForHelp,
    notify,
    ask,
    check,
    giveBack,
    begins,
    keepLine,
    endClosure,
    endBumpHold,
    tellPreparation,
    remindPreparation,
  ];
  await oneByOne(
    office,
    sorts.map((one) => (work: Work) => one(work, setup)),
  );
}

type DueColumn = 'notice_at' | 'ask_at' | 'check_in_at' | 'release_at' | 'begin_at' | 'ends_at';

/** The next planned meeting whose column has come, and whose room is booked; locked together with its request. */
const nextDue = (work: Work, column: DueColumn): Promise<Meeting | undefined> =>
  work.tx
    .selectFrom('meeting')
    .innerJoin('request', 'request.id', 'meeting.request_id')
    .selectAll('meeting')
    .where('meeting.state', '=', 'planned')
    .where(`meeting.${column}`, '<=', work.now)
    // While a change waits for approval nothing is sent; that it is over does not wait for anybody.
    .$if(column !== 'ends_at', (query) => query.where('request.state', '=', 'booked'))
    .orderBy(`meeting.${column}`)
    .limit(1)
    .forUpdate(['request', 'meeting'])
    .skipLocked()
    .executeTakeFirst();

const clear = (
  work: Work,
  meeting: Meeting,
  to: Partial<Pick<Meeting, Exclude<DueColumn, 'ends_at'> | 'state'>>,
): Promise<unknown> =>
  work.tx.updateTable('meeting').set(to).where('id', '=', meeting.id).execute();

async function end(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'ends_at');
  if (!meeting) return false;
  const nothing = {
    notice_at: null,
    ask_at: null,
    check_in_at: null,
    release_at: null,
    begin_at: null,
  };
  await clear(work, meeting, { state: 'over', ...nothing });
  // What the card of who checked in tells stays true without a call for it; its buttons, tapped now, say that it is over.
  const done = meeting.checked_in_by === null ? [] : [meeting.checked_in_by];
  await refresh(work, setup, meeting, done);
  return true;
}

async function notify(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'notice_at');
  if (!meeting) return false;
  if (isBefore(work.now, meeting.starts_at)) await sendNotices(work, setup, meeting);
  else await clear(work, meeting, { notice_at: null });
  return true;
}

/** One line to the host, once: who has not answered yet. */
async function ask(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'ask_at');
  if (!meeting) return false;
  await clear(work, meeting, { ask_at: null });
  if (!isBefore(work.now, meeting.starts_at)) return true;
  const silent = (await attendanceOf(work.tx, meeting.id)).filter(
    ({ answer }) => answer === 'none',
  );
  if (silent.length === 0) return true;
  const people = await peopleById(
    work.tx,
    silent.map((each) => each.person_id),
  );
  const names = silent
    .slice(0, MOST_NAMES)
    .map((each) => people.get(each.person_id)?.name ?? '')
    .join('、');
  const more = silent.length > MOST_NAMES;
  const text = words(
    `${meeting.place}的会议快开始了，还有 ${silent.length} 人没有答复：${names}${more ? '等' : ''}`,
    `Your meeting in ${meeting.place} is about to begin; ${silent.length} have not answered: ${names}${more ? ' …' : ''}`,
  );
  const key = `meeting-unanswered:${meeting.id}:${meeting.revision}`;
  const notice = { key, text, notAfter: meeting.starts_at };
  await oweNotice(work, setup.jobs, meeting.host_id, notice, meeting.channel);
  return true;
}

/** More names than this do not fit in one line. */
const MOST_NAMES = 8;

async function check(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'check_in_at');
  if (meeting) await openCheckIn(work, setup, meeting);
  return meeting !== undefined;
}

async function giveBack(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'release_at');
  if (!meeting) return false;
  const exempt = await exemptionsOf(work, setup, meeting.host_id);
  // The rule was switched off, or another exception made, after it was booked.
  if (exempt(meeting)) await clear(work, meeting, { release_at: null });
  else await release(work, setup, meeting);
  return true;
}

/** As it begins, who may lengthen or end it gets the buttons for that: on their card of the meeting, else on the host's of the booking. */
async function begins(work: Work, setup: Setup): Promise<boolean> {
  const meeting = await nextDue(work, 'begin_at');
  if (!meeting) return false;
  await clear(work, meeting, { begin_at: null });
  await offerReshaping(work, setup, meeting);
  return true;
}
