/** The messages of first answers: which view, to whom, once. */
import { peopleShowing } from '../delivery/shown.ts';
import type { Work } from '../../db/work.ts';
import { owe, oweTo, type View } from '../delivery/owe.ts';
import { holdersOf, type Organisation, readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import type { Rules } from '../settings/rules.ts';
import { isQuestion, type Question, readResponse, type Response } from './store.ts';

export const organisation = (work: Work, { rules }: Setup): Promise<Organisation> =>
  readOrganisation(work.tx, rules.roles, work.now);

/** Whose answer to a question counts: who holds its role, and who was told that it waits. */
export const mayAnswer = (
  { role, told }: Response,
  person: number,
  org: Organisation,
  { service }: Rules,
): boolean =>
  [role, ...service.response.escalate.slice(0, Math.max(0, told - 1))].some((each) =>
    holdersOf(org, each).includes(person),
  );

/** `alarm`: it still waits. It is not sent once somebody has answered. */
export type Occasion = 'asked' | 'alarm' | 'news' | 'quiet';

/** Owes the card of a question as it stands to one person. `again` tells its occasions apart. */
export async function oweQuestion(
  work: Work,
  setup: Setup,
  question: Question,
  person: number,
  occasion: Occasion,
  again = '',
): Promise<void> {
  await owe(work, setup.jobs, person, question.channel, {
    what: `question:${question.id}:${occasion}${again}:p${person}`,
    view: {
      view: 'question',
      question: question.id,
      ...(occasion === 'alarm' ? { waits: true } : {}),
    },
    attention: occasion !== 'quiet',
    priority: occasion === 'alarm' || occasion === 'quiet' ? 6 : 3,
  });
}

/** Every card of it that somebody has is brought up to date, without a new message. */
export async function oweQuiet(
  work: Work,
  setup: Setup,
  question: Question,
  except: readonly number[],
  again: string,
): Promise<void> {
  for (const person of await peopleShowing(work.tx, `question:${question.id}`))
    if (!except.includes(person)) await oweQuestion(work, setup, question, person, 'quiet', again);
}

/** Owes the asker what came of it: in the thread where they asked, else in the private chat. */
export async function oweAsker(
  work: Work,
  setup: Setup,
  question: Question,
  again: string,
): Promise<void> {
  if (question.thread === null)
    return oweQuestion(work, setup, question, question.asked_by, 'news', again);
  const view = { view: 'question', question: question.id };
  await oweThread(work, setup, question.thread, `question:${question.id}:thread${again}`, view);
}

/** What never reaches the thread (recalled, or we were put out of the group) goes to the asker alone. */
export async function oweInstead(
  work: Work,
  setup: Setup,
  delivery: { readonly id: string; readonly person_id: number | null; readonly view: View },
): Promise<void> {
  const { view, question: id } = delivery.view;
  if (view !== 'question' || delivery.person_id !== null) return;
  const question = await readResponse(work.tx, Number(id));
  if (!isQuestion(question)) return;
  await oweQuestion(work, setup, question, question.asked_by, 'news', `:instead:${delivery.id}`);
}

/** Owes an answer in the thread of a group's message: everybody there sees it, so nothing private. Groups are Feishu's only. */
export async function oweThread(
  work: Work,
  { jobs }: Setup,
  thread: string,
  what: string,
  view: View,
): Promise<void> {
  const heard = await work.tx
    .selectFrom('inbound')
    .select('chat')
    .where('key', '=', `feishu:msg:${thread}`)
    .executeTakeFirst();
  await oweTo(
    work,
    jobs,
    { address: { channel: 'feishu', id: thread }, person: null, group: heard?.chat ?? undefined },
    { what, view, attention: true, priority: 0 },
  );
}
