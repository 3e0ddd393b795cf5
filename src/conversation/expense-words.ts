/** 「报销」, 「报销 TRIP-26-0003」, 「高铁 553 发票24312000」 while a claim is being written, 「TRIP-26-0003 没有费用」, 「2月报销台账」. */
import type { Draft } from './drafts.ts';
import { words } from '../../cards/words.ts';
import { readRequest, requestNumbered } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { kindNamed } from '../requests/index.ts';
import { type Line, linesIn, MOST_LINES, tooMany } from '../requests/expense/lines.ts';
import { claimable, claimFor, nothingSpent } from '../trips/claims.ts';
import { mayReadLedger } from '../trips/ledger.ts';
import { openDrafts, reviseDraft, saidIn, startDraft } from './drafts.ts';
import type { Led } from './last-said.ts';
import { NOT_FOUND } from './outcomes.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

const CLAIM =
  /^(?:请|麻烦)?(?:帮我|我要|我想|我来)?\s*(?:填(?:写)?(?:一?张)?|提交|新建)?报销(?:单|一下)?\s*[:：]?\s*(?<rest>.*)$/su;
const ENGLISH =
  /^(?:i want to |please )?(?:(?:claim|file)(?: an?| my)? expenses?(?: claim| report)?|expense (?:claim|report))(?: for)?\s*[:：]?\s*(?<rest>.*)$/isu;
const TRIP = /trip-?\d{2}-?\d{1,6}/iu;
const JOURNEY = /^(?:我的|上次的?|这次的?|刚才的?)?(?:出差|差旅)(?:费用?)?(?:吧|了)?$/u;
const NOTHING = /^(?<number>trip-?\d{2}-?\d{1,6})\s*(?:没有|无)(?:费用|报销)$/iu;
const LEDGER =
  /^(?:看|查看|看看|发我|给我|导出)?(?:(?<year>\d{4})年)?(?:(?<month>\d{1,2})月|(?<last>上个?月|上月)|(?<now>本月|这个月))?的?报销台账$/u;

/** What a text does with claims; undefined when it is about something else. */
export async function expenseByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = fold(text)
    .trim()
    .replace(/[。.!！]+$/u, '');
  const ledger = LEDGER.exec(said);
  if (ledger) return showLedger(talk, ledger.groups ?? {});
  const nothing = NOTHING.exec(said);
  if (nothing) return noteNothing(talk, nothing.groups?.['number'] ?? '');
  const asked = (CLAIM.exec(said) ?? ENGLISH.exec(said))?.groups?.['rest'];
  if (asked === undefined) return moreOf(talk, text);
  const number = TRIP.exec(asked)?.[0];
  const rest = asked
    .replace(number ?? '', '')
    .replace(/^[\s:：,，的]+/u, '')
    .trim();
  const given = linesIn(rest, talk);
  if (given.length > MOST_LINES) return sayTooMany(talk);
  if (rest !== '' && given.length === 0 && !JOURNEY.test(rest)) return undefined;
  return begin(talk, number, given);
}

/** Receipts for the claim that is being written. */
async function moreOf(talk: Talk, text: string): Promise<Led | undefined> {
  const lines = linesIn(text, talk).filter((each) => saysReceipt(each, text));
  if (lines.length === 0) return undefined;
  const open = (await openDrafts(talk)).find(({ kind }) => kind === 'expense');
  return open && addLines(talk, open, lines);
}

/** A sentence with any number in it is no receipt: it has to name what was paid for, or the invoice. */
const saysReceipt = ({ sort, invoice }: Line, text: string): boolean =>
  text.length <= LONGEST && (invoice !== undefined || sort !== '其他' || /其他|其它/u.test(text));

/** Longer than this is no receipt told in words. */
const LONGEST = 200;

/** A claim is begun: for the journey that was named, else for the one that is not claimed yet. */
async function begin(talk: Talk, number: string | undefined, given: readonly Line[]): Promise<Led> {
  const { work, person, setup } = talk;
  const own = await claimable(work.tx, person.id, talk.now);
  const named = number === undefined ? undefined : await requestNumbered(work.tx, number);
  const trip =
    number === undefined
      ? given.length > 0
        ? undefined
        : own[0]
      : own.find(({ id }) => id === named?.id);
  if (number !== undefined && !trip) {
    const yours = named?.requester_id === person.id;
    const told = yours
      ? words(
          `${named.number} 现在不能报销：还没出发，或已经报过`,
          `${named.number} cannot be claimed now: it has not begun, or was claimed`,
        )
      : NOT_FOUND;
    await say(talk, told.zh, told.en);
    return {};
  }
  const request = trip && (await readRequest(work.tx, trip.id));
  const known = request ? await claimFor(work.tx, setup.rules, request, talk.now) : {};
  const form = given.length > 0 ? { ...known, lines: given } : known;
  const draft = await startDraft(talk, kindNamed('expense'), form);
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

async function addLines(talk: Talk, draft: Draft, lines: readonly Line[]): Promise<Led> {
  const form = saidIn(draft);
  const old = Array.isArray(form['lines']) ? form['lines'] : [];
  if (old.length + lines.length > MOST_LINES) return sayTooMany(talk);
  await reviseDraft(talk, draft, { ...form, lines: [...old, ...lines] });
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

async function sayTooMany(talk: Talk): Promise<Led> {
  const told = refusalText(tooMany());
  await say(talk, told.zh, told.en);
  return {};
}

async function noteNothing(talk: Talk, number: string): Promise<Led> {
  const request = await requestNumbered(talk.work.tx, number);
  if (request && (await nothingSpent(talk.work, request, talk.person.id, talk.now)))
    await say(
      talk,
      `好的，${request.number} 没有费用，预算已释放`,
      `${request.number} has nothing to claim; its budget is free again`,
    );
  else await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  return {};
}

type Month = { readonly [name: string]: string | undefined };

async function showLedger(talk: Talk, { year, month, now: current }: Month): Promise<Led> {
  const { work, person, setup } = talk;
  if (!(await mayReadLedger(work.tx, setup.rules, person.id, work.now))) {
    await say(
      talk,
      '报销台账只给财务和主任看',
      'The expense ledger is for finance and the director only',
    );
    return {};
  }
  const today = talk.now.toPlainDate().toPlainYearMonth();
  const wanted =
    month === undefined
      ? current === undefined
        ? today.subtract({ months: 1 })
        : today
      : monthNamed(today, Number(year ?? Number.NaN), Number(month));
  if (!wanted) {
    await say(talk, '没有这个月份', 'There is no such month');
    return {};
  }
  for (const view of ['expense-ledger', 'expense-ledger-file'])
    await answer(talk, { view, month: wanted.toString() });
  return {};
}

/** The month of that number: of that year, else the last one that has begun. */
function monthNamed(
  today: Temporal.PlainYearMonth,
  year: number,
  month: number,
): Temporal.PlainYearMonth | undefined {
  if (month < 1 || month > 12) return undefined;
  const of = Number.isNaN(year) ? (month <= today.month ? today.year : today.year - 1) : year;
  return Temporal.PlainYearMonth.from({ year: of, month });
}
