/** What is written in reply to a card that waits for a first answer: the office's answer, or what the asker was asked for. */
import { LONGEST_LINE } from '../../cards/question.ts';
import { clean } from '../../cards/clean.ts';
import { words } from '../../cards/words.ts';
import { nameOf } from '../directory/people.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { understand } from '../language/understand.ts';
import { answerQuestion, askOffice, replyBack, replyToOffice } from '../responses/questions.ts';
import { officeTurn } from '../responses/follow.ts';
import { isOwing, isQuestion, lockResponse, responseOf } from '../responses/store.ts';
import { mayAnswer, organisation, oweThread } from '../responses/tell.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import type { About, AboutQuestion } from './about.ts';
import { askedBack } from './asked-back.ts';
import type { Names } from './names.ts';
import { noteProgress } from './progress.ts';
import { promiseText } from './question-view.ts';
import { SURE } from './sure.ts';
import { say, type Talk } from './talk.ts';
import { isTaskWord } from './task-words.ts';

/** A reply that is an answer, not a sentence to be understood. False: it is for somebody else to hear. */
export async function heardAsReply(
  talk: Talk,
  about: About | AboutQuestion,
  names: Names,
  said: string,
): Promise<boolean> {
  const text = clean(said, LONGEST_LINE, 'many');
  if ('draft' in about || text === '') return false;
  if ('question' in about) return aboutQuestion(talk, about.question, text);
  if (await isCommand(talk, names, text)) return false;
  const request = await lockRequest(talk.work.tx, about.request);
  if (!request) return false;
  return request.requester_id === talk.person.id
    ? byRequester(talk, request, text)
    : byOffice(talk, request, text);
}

async function aboutQuestion(talk: Talk, id: number, text: string): Promise<boolean> {
  const { work, setup, person } = talk;
  const question = await lockResponse(work.tx, id);
  if (!isQuestion(question)) return false;
  if (question.asked_by === person.id) {
    if (question.state !== 'paused') return false;
    await replyBack(work, setup, question, text);
    if (!talk.group) await say(talk, '已发给行政', 'Sent to the office');
    return true;
  }
  const org = await organisation(work, setup);
  if (!mayAnswer(question, person.id, org, setup.rules)) return false;
  await answerQuestion(work, setup, question, person.id, text);
  const name = await nameOf(work.tx, question.asked_by);
  await say(talk, `已回复${name}`, `Your answer went to ${name}`);
  return true;
}

/** What is clearly asked of us and not said to the other side, even in reply to a card. */
const COMMANDS: ReadonlySet<string> = new Set([
  'cancel',
  'urge',
  'help',
  'query.mine',
  'query.tasks',
  'approval.act',
]);

async function isCommand(talk: Talk, names: Names, text: string): Promise<boolean> {
  if (isTaskWord(text)) return true;
  const lexicon = await names.lexicon(talk.work.tx);
  const [best] = understand(text, lexicon, talk.now)[0]?.readings ?? [];
  return best !== undefined && COMMANDS.has(best.intent) && best.confidence >= SURE;
}

async function byRequester(talk: Talk, request: Request, text: string): Promise<boolean> {
  const { work, setup } = talk;
  if (!(await askedBack(work.tx, request)) || !(await replyToOffice(work, setup, request, text)))
    return false;
  await say(talk, `已发给经办人 ${request.number}`, `Sent to who works on ${request.number}`);
  return true;
}

/** A sentence of who has to act on it tells the requester how it goes: a first answer, while one is owed. */
async function byOffice(talk: Talk, request: Request, text: string): Promise<boolean> {
  const { work, setup, person } = talk;
  const step = openStep(request.workflow);
  if (officeTurn(request, setup.rules) === undefined || !step) return false;
  const response = await responseOf(work.tx, request.id);
  const owed = response !== undefined && isOwing(response);
  if (!owed || !assigneesOf(step).includes(person.id)) return false;
  await noteProgress(talk, request, clean(text, 200));
  await say(talk, `已告诉申请人 ${request.number}`, `The requester was told (${request.number})`);
  return true;
}

/** Whatever a group asks us that we cannot do ourselves is a question to the office; its thread is told so in a line. */
export async function askFromGroup(talk: Talk): Promise<boolean> {
  const { work, setup, person, address, group } = talk;
  if (!group) return false;
  const { question } = await askOffice(work, setup, {
    question: clean(group.said, LONGEST_LINE, 'many'),
    person: person.id,
    channel: address.channel,
    thread: group.message,
  });
  const promise = promiseText(question.within);
  const text = words(
    `已转行政，${promise.zh}内答复`,
    `With the office; an answer comes within ${promise.en}`,
  );
  await oweThread(work, setup, group.message, `group:${group.message}:asked`, {
    view: 'notice',
    text,
  });
  return true;
}
