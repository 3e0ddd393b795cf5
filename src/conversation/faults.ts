/** 「投影坏了」 in a meeting: what is answered, and the other room that its host may take. */
import { enumerated, type Words, words } from '../../cards/words.ts';
import { nameOf } from '../directory/people.ts';
import { readRequest } from '../filing/store.ts';
import { reportFault, type Reported } from '../meetings/fault.ts';
import { offerSpare } from '../meetings/sharing/spare.ts';
import { planOf } from '../meetings/store.ts';
import { isBuiltIn } from '../requests/room/rooms.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { offerIfFree } from './offer-another.ts';
import type { Talk } from './talk.ts';

/** Reports it, offers its host what is free, and says what happens now. */
export async function tellFault(
  talk: Talk,
  meeting: number,
  what: string,
): Promise<{ readonly reported: boolean; readonly text: Words }> {
  const { work, setup, person } = talk;
  const done = await reportFault(work, setup, meeting, person.id, what);
  if (!done.reported) return { reported: false, text: DENIED[done.why] };
  const offered = !done.joined && (await offerRoom(talk, done, what));
  return { reported: true, text: await reportedText(talk, done, offered) };
}

const DENIED: { readonly [why in Extract<Reported, { reported: false }>['why']]: Words } = {
  'not-invited': words('没有找到您的这个会议', 'No such meeting of yours'),
  'not-now': words(
    '会议没在进行。设备坏了直接说，例如「3楼珠峰投影坏了」',
    'It is not going on now. Just say what is broken, such as “the projector in 珠峰 is broken”',
  ),
  'nothing-like-it': words(
    '这间会议室没有登记这种设备，直接说哪里坏了就行',
    'This room has no such equipment on our list; just say what is broken',
  ),
};

async function reportedText(
  { work }: Talk,
  { repair, joined }: Extract<Reported, { reported: true }>,
  offered: boolean,
): Promise<Words> {
  const step = openStep(repair.workflow);
  const who = step
    ? await Promise.all(
        assigneesOf(step)
          .slice(0, 3)
          .map((id) => nameOf(work.tx, id)),
      )
    : [];
  const names = enumerated(who);
  if (joined)
    return words(
      `已有人报修（${repair.number}），${names.zh}在处理`,
      `Told already (${repair.number}); with ${names.en}`,
    );
  return offered
    ? words(
        `已报修 ${repair.number}，已叫${names.zh}；空着的会议室在下面的卡片里`,
        `Reported as ${repair.number}; ${names.en} called. Free rooms are on the card below`,
      )
    : words(
        `已报修 ${repair.number}，已叫${names.zh}带备用设备过来`,
        `Reported as ${repair.number}; ${names.en} called with a spare`,
      );
}

/**
 * Rooms that have what failed here, for the host to choose from: a change of the booking, and of a series for this date alone. False: there
 * is none, or it is not built into rooms.
 */
async function offerRoom(
  { work, setup }: Talk,
  { meeting, repair, fault }: Extract<Reported, { reported: true }>,
  what: string,
): Promise<boolean> {
  const request = await readRequest(work.tx, meeting.request_id);
  if (!request || !isBuiltIn(what)) return false;
  if (meeting.day) return offerSpare(work, setup, meeting, fault);
  const { equipment } = planOf(request);
  const form = { ...request.form, equipment: [...new Set([...equipment, what])] };
  return offerIfFree(work, setup, request, form, `fault:${repair.id}`);
}
