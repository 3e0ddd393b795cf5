/** 撤销: whoever has just tapped or said something takes it back. Whether it still can be is asked here and now. */
import type { Toast } from '../../cards/card.ts';
import { actName, insteadOf } from '../../cards/undo.ts';
import { type Words, words } from '../../cards/words.ts';
import { attempt } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { undoAct } from '../filing/undo.ts';
import {
  type Deed,
  type DeedSubject,
  deedOn,
  deedsWith,
  isInTime,
  lastDeeds,
  mayTakeBack,
  type TakenBack,
} from '../undo/deeds.ts';
import { undoPreparation } from '../meetings/preparations.ts';
import { undoMeeting } from '../meetings/undo.ts';
import type { TappedCard } from '../minutes/telling.ts';
import { undoItem } from '../minutes/undo.ts';
import { undoRound } from '../rounds/undo.ts';
import { undoCount, undoReceipt } from '../supplies/undo.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

/** What became of taking one thing back; `why` in words where it was not. */
type Outcome = { readonly deed: Deed; readonly name: string; readonly why?: Words };

/** Takes one thing back by what it was about. A Refusal of what cannot be put back comes as its words. */
async function takeOneBack(talk: Talk, deed: Deed, tapped?: TappedCard): Promise<Outcome> {
  const tried = await attempt(talk.work, () => undoOf(talk, deed, tapped));
  if ('refused' in tried) {
    await record(talk.work, 'refused.undo', 'office', {
      after: { deed: deed.id, subject: deed.subject, why: tried.refused.code },
    });
    return { deed, name: '', why: refusalText(tried.refused) };
  }
  const { done } = tried;
  if (done.undone) return { deed, name: done.name };
  await record(talk.work, 'refused.undo', 'office', {
    after: { deed: deed.id, subject: deed.subject, why: done.why },
  });
  return { deed, name: done.name, why: notUndoneText(talk, deed, done) };
}

function undoOf({ work, setup }: Talk, deed: Deed, tapped?: TappedCard): Promise<TakenBack> {
  const isOf = (sort: string): boolean => deed.subject.startsWith(`${sort}:`);
  if (isOf('action')) return undoItem(work, setup, deed, tapped);
  if (isOf('meeting')) return undoMeeting(work, setup, deed);
  if (isOf('preparation')) return undoPreparation(work, setup, deed);
  if (isOf('round')) return undoRound(work, setup, deed);
  if (isOf('receipt')) return undoReceipt(work, setup, deed);
  if (isOf('take')) return undoCount(work, setup, deed);
  return undoAct(work, setup, deed, tapped !== undefined);
}

/** Why not, and what to do instead. */
function notUndoneText(
  { setup }: Talk,
  { act }: Deed,
  { why }: Extract<TakenBack, { readonly undone: false }>,
): Words {
  if (why === 'before') return words('刚才那一步已经撤销了', 'That was taken back already');
  const instead = insteadOf(act);
  const then = words(instead ? `。${instead.zh}` : '', instead ? `. ${instead.en}` : '');
  if (why === 'moved-on')
    return words(
      `之后又有了变化，不能撤销了${then.zh}`,
      `It has moved on since and cannot be taken back${then.en}`,
    );
  const seconds = setup.rules.undoSeconds;
  return seconds === null
    ? words(`这里不能撤销${then.zh}`, `Nothing is taken back here${then.en}`)
    : words(
        `已过 ${seconds} 秒，不能撤销了${then.zh}`,
        `${seconds} seconds are over, it cannot be taken back${then.en}`,
      );
}

/** 「已撤销「同意」：TRIP-26-0001」, with those that could not be and why. */
function toldText(outcomes: readonly Outcome[]): Words {
  const done = outcomes.filter(({ why }) => why === undefined);
  const left = outcomes.filter(({ why }) => why !== undefined);
  const [first] = left;
  if (outcomes.length === 1 && first?.why) return first.why;
  const act = actName(outcomes[0]?.deed.act ?? '');
  const names = done.map(({ name }) => name).filter((name) => name !== '');
  const kept = {
    zh: left.map(({ name, why }) => `${name} ${why?.zh ?? ''}`.trim()).join('；'),
    en: left.map(({ name, why }) => `${name} ${why?.en ?? ''}`.trim()).join('; '),
  };
  const of = names.length > 0 ? names.join('、') : '';
  return words(
    `${done.length > 0 ? `已撤销「${act.zh}」${of === '' ? '' : `：${of}`}` : '没有能撤销的'}${kept.zh === '' ? '' : `；${kept.zh}`}`,
    `${done.length > 0 ? `Taken back: ${act.en}${of === '' ? '' : ` (${of})`}` : 'Nothing could be taken back'}${kept.en === '' ? '' : `; ${kept.en}`}`,
  );
}

/** Whether a card that shows this version to who speaks offers 撤销. */
export const undoHere = (
  { work, setup, person }: Talk,
  subject: DeedSubject,
  version: number,
): Promise<boolean> =>
  mayTakeBack(work.tx, { person: person.id, subject, version }, work.now, setup.rules.undoSeconds);

/** What became of it, for the answer to a tap. */
export type Undone = { readonly done: boolean; readonly toast: Toast };

/** 撤销 on the card of one thing: what this person did with it, if the card shows it as they left it. */
export async function undoShown(
  talk: Talk,
  subject: DeedSubject,
  version: number | undefined,
  tapped: TappedCard = { person: talk.person.id, subject },
): Promise<Undone> {
  const deed = await deedOn(talk.work.tx, talk.person.id, subject);
  if (!deed || (version !== undefined && deed.version !== version))
    return { done: false, toast: { look: 'info', text: NOTHING } };
  return toldOf([await takeOneBack(talk, deed, tapped)]);
}

/** 撤销 under what was done to several at once. */
export async function undoTogether(talk: Talk, deed: number): Promise<Undone> {
  const deeds = await deedsWith(talk.work.tx, talk.person.id, deed);
  if (deeds.length === 0) return { done: false, toast: { look: 'info', text: NOTHING } };
  return toldOf(await takeAllBack(talk, deeds));
}

/** The last first, as it was done. */
async function takeAllBack(talk: Talk, deeds: readonly Deed[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const deed of deeds.toReversed()) outcomes.push(await takeOneBack(talk, deed));
  return outcomes.toReversed();
}

const toldOf = (outcomes: readonly Outcome[]): Undone => {
  const done = outcomes.some(({ why }) => why === undefined);
  const all = outcomes.every(({ why }) => why === undefined);
  return { done, toast: { look: all ? 'success' : 'warning', text: toldText(outcomes) } };
};

const NOTHING = words('没有可以撤销的', 'There is nothing to take back');

/** The whole sentence. 撤销 with anything behind it (撤销明天的会议室) is a wish of its own. */
const UNDO =
  /^(?:撤销|撤消|撤销(?:一下|掉|吧)|撤销刚才(?:的|那个|那一步|那步)?|(?:刚才|刚刚)(?:那个|那步|的)?(?:撤销|点错了|按错了)|点错了|按错了|误点了?|误触了?|手滑了?|undo|undo (?:it|that)|undo the last one)$/iu;

/** 「撤销」「点错了」: what this person did last, by tap or by word; undefined when that was minutes ago: then it means something else. */
export async function undoByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = plainSentence(text, /[。.!！~～]+$/u);
  if (!UNDO.test(said) || talk.about) return undefined;
  const deeds = await lastDeeds(talk.work, talk.person.id);
  const [first] = deeds;
  if (!first || (await beganSince(talk, first.at))) return undefined;
  const outcomes = await takeAllBack(talk, deeds);
  const { zh, en } = toldText(outcomes);
  await say(talk, zh, en);
  const [only, another] = outcomes.filter(({ why }) => why === undefined);
  if (only && !another && only.deed.subject.startsWith('request:'))
    await answer(talk, { view: 'request', request: Number(only.deed.subject.slice(8)) });
  return {};
}

/** Whether they have asked for something since: then it is that which they mean. */
async function beganSince({ work, person }: Talk, at: Temporal.Instant): Promise<boolean> {
  const draft = await work.tx
    .selectFrom('draft')
    .select('id')
    .where('person_id', '=', person.id)
    .where('updated_at', '>', at)
    .where('state', 'in', ['open', 'submitted'])
    .limit(1)
    .executeTakeFirst();
  return draft !== undefined;
}

/** The newest of what was done in this tap or sentence, while it may be taken back: what a button names. */
export async function undoableHere(talk: Talk): Promise<number | undefined> {
  const { work, setup, person } = talk;
  const deeds = await lastDeeds(work, person.id);
  const last = deeds.at(-1);
  if (!last || last.cause !== work.cause || last.cause === null) return undefined;
  return isInTime(last, work.now, setup.rules.undoSeconds) ? last.id : undefined;
}
