import { LONGEST_LINE } from '../../cards/question.ts';
import type { Toast } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { nameOf } from '../directory/people.ts';
import { answerText } from '../requests/fields/answers.ts';
import { answerQuestion, askBack, askOffice, replyBack } from '../responses/questions.ts';
import { isQuestion, lockResponse, type Question, readResponse } from '../responses/store.ts';
import { mayAnswer, organisation } from '../responses/tell.ts';
import { drawQuestion, mayAskAgain, promiseText } from './question-view.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import type { Talk } from './talk.ts';

const NOT_YOURS = words(
  '这个问题由行政答复，您不能操作',
  'The office answers this one; you cannot',
);
const WRITE_FIRST = words('请先写一句', 'Please write a line first');

/** 「转给行政」: the sentence becomes a question, and its card takes the place of ours. */
export async function tapAskOffice(talk: Talk, said: string): Promise<Tapped> {
  const { work, setup, person, address } = talk;
  const asking = { question: said, person: person.id, channel: address.channel };
  const { question, fresh } = await askOffice(work, setup, asking);
  const promise = promiseText(question.within);
  return shown(talk, question.id, {
    look: fresh ? 'success' : 'info',
    text: fresh
      ? words(
          `已转给行政同事，${promise.zh}内答复`,
          `Sent to the office; an answer comes within ${promise.en}`,
        )
      : words('已经转给行政了，答复后会告诉您', 'The office has it already; you will be told'),
  });
}

/** A tap on the card of a question. Who may do it is asked here and now. */
export async function tapQuestion(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const { talk, incoming } = tap;
  const question = await lockResponse(talk.work.tx, id);
  const asker = question?.asked_by === talk.person.id;
  const office = wanted.a === 'answer' || wanted.a === 'ask-back';
  if (!isQuestion(question) || office === asker || (office && !(await mine(talk, question)))) {
    await record(talk.work, `refused.${wanted.a}`, `response:${id}`);
    return { toast: { look: 'error', text: NOT_YOURS } };
  }
  const text = clean(answerText('reply', incoming.answers) ?? '', LONGEST_LINE, 'many');
  if (wanted.a === 'unsolved') return askAgain(talk, question);
  if (text === '') return shown(talk, id, { look: 'warning', text: WRITE_FIRST });
  return office
    ? byOffice(talk, question, wanted.a, text)
    : byAsker(talk, question, wanted.a, text);
}

const mine = async ({ work, setup, person }: Talk, question: Question): Promise<boolean> =>
  mayAnswer(question, person.id, await organisation(work, setup), setup.rules);

async function byOffice(talk: Talk, question: Question, a: string, text: string): Promise<Tapped> {
  const { work, setup, person } = talk;
  if (question.answered_at !== null) {
    const by = question.answered_by ?? 0;
    const who = await nameOf(work.tx, by);
    const when = momentText(question.answered_at, talk);
    return shown(talk, question.id, {
      look: 'warning',
      text: words(
        `${who}已在 ${when.zh} 回复，这句没有发出；要补充请直接回复这张卡片`,
        `${who} answered it, ${when.en}; yours was not sent. Reply to this card to add to it`,
      ),
    });
  }
  if (a === 'ask-back') {
    await askBack(work, setup, question, person.id, text);
    const told = words('已问对方，答复计时暂停', 'Asked; the clock waits for the reply');
    return shown(talk, question.id, { look: 'success', text: told });
  }
  await answerQuestion(work, setup, question, person.id, text);
  return shown(talk, question.id, { look: 'success', text: words('已回复', 'Answered') });
}

async function byAsker(talk: Talk, question: Question, a: string, text: string): Promise<Tapped> {
  if (a !== 'reply-back' || question.state !== 'paused') return shown(talk, question.id, OVER);
  await replyBack(talk.work, talk.setup, question, text);
  return shown(talk, question.id, { look: 'success', text: words('已发给行政', 'Sent') });
}

const OVER: Toast = {
  look: 'warning',
  text: words('这个问题现在不等您补充', 'Nothing is waited for from you here'),
};

/** 「还没解决」: the same question once more, with a clock of its own. */
async function askAgain(talk: Talk, question: Question): Promise<Tapped> {
  const { work, setup, person } = talk;
  if (!(await mayAskAgain(work.tx, question)))
    return shown(talk, question.id, {
      look: 'warning',
      text: words(
        '已经再转过一次，请直接联系行政',
        'It was sent again already; please call the office',
      ),
    });
  const { question: anew } = await askOffice(work, setup, {
    question: question.question,
    person: person.id,
    channel: question.channel,
    thread: question.thread ?? undefined,
    reopens: question.id,
  });
  const promise = promiseText(anew.within);
  return shown(talk, anew.id, {
    look: 'success',
    text: words(
      `已再转行政，${promise.zh}内答复`,
      `Sent to the office again; within ${promise.en}`,
    ),
  });
}

/** The card as the person now sees it. A group's message is nobody's living card. */
async function shown(talk: Talk, id: number, toast: Toast): Promise<Tapped> {
  const { work, setup, person } = talk;
  const question = await readResponse(work.tx, id);
  if (!isQuestion(question)) return { toast };
  const card = await drawQuestion(work.tx, question, person.id, setup.rules, talk);
  const inGroup = question.thread !== null && person.id === question.asked_by;
  return {
    toast,
    ...(card ? { card } : {}),
    ...(card && !inGroup
      ? { subject: { name: `question:${question.id}`, version: question.version } }
      : {}),
  };
}
