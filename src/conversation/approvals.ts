import { type Words, words } from '../../cards/words.ts';
import { peopleById } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { type AddedPlace, openStep } from '../workflow/workflow.ts';
import { findNames, matchName } from '../language/names.ts';
import { type Heard, slotText } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { kindOfTarget } from './lists.ts';
import { NOT_FOUND } from './outcomes.ts';
import { actByWord, askWhich, namedRequest } from './own-requests.ts';
import { amongPeople, peopleMeant } from '../directory/people-meant.ts';
import { pointedAt } from './pointing.ts';
import { answer, say, type Talk } from './talk.ts';

/** 「都同意」 decides at most so many at once; a longer pile is gone through card by card. */
const MOST_AT_ONCE = 10;

/**
 * 「同意 TRIP-26-0042」「驳回，预算超了」「转给刘总」: everything a button does can be said. Without a number it is done only
 * when exactly one approval can be meant; otherwise they are shown which there are.
 */
export async function approveByWord(talk: Talk, heard: Heard): Promise<Led> {
  const waiting = await waitingFor(talk, heard);
  if (waiting === 'unknown') {
    await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
    return {};
  }
  const [only, another] = waiting;
  if (!only) {
    await say(talk, '没有等您审批的申请', 'Nothing is waiting for your approval');
    return {};
  }
  if (!another) return decide(talk, only, heard);
  const all = heard.reading.slots['all'] === true && slotText(heard, 'action') === 'approve';
  if (!all || waiting.length > MOST_AT_ONCE) return askWhich(talk, waiting, 'show');
  return askForAll(talk, waiting);
}

/** 「全部同意」 lists what it will do, and asks once. */
async function askForAll(talk: Talk, waiting: readonly Request[]): Promise<Led> {
  const requests = waiting.map(({ id, version }) => ({ id, version }));
  await answer(talk, { view: 'bulk', requests });
  return { asked: { asked: 'bulk', requests, act: 'approve' } };
}

async function decide(talk: Talk, request: Request, heard: Heard): Promise<Led> {
  const comment = reasonIn(heard);
  const verb = verbIn(heard);
  if (verb === 'transfer' || verb === 'add' || verb === 'copy')
    return withColleague(talk, request, heard, verb);
  if (verb === undefined) {
    await answer(talk, { view: 'request', request: request.id });
    return {};
  }
  const back = verb === 'return' ? { back: backTo(request, heard.said) } : {};
  await actByWord(talk, {
    request: request.id,
    act: verb,
    ...back,
    ...(comment ? { comment } : {}),
  });
  return {};
}

type Verb = 'approve' | 'reject' | 'return' | 'transfer' | 'add' | 'copy';

/** What an approver's sentence does. The language tells agreeing, refusing and handing over; the rest is told by its word. */
function verbIn(heard: Heard): Verb | undefined {
  const { said } = heard;
  const action = slotText(heard, 'action');
  if (/抄送|\bcc\b/iu.test(said)) return 'copy';
  if (/加签|一起会签|再请.{1,8}(?:批|审|看)/u.test(said)) return 'add';
  if (action === 'transfer') return 'transfer';
  const givesBack = /退回|打回|退给|发回|重填|重新填|改(?:好|完|一?下)?再(?:提|报|交)/u.test(said);
  if (givesBack && action !== 'approve' && !/驳回|拒绝|否决/u.test(said)) return 'return';
  return action === 'approve' || action === 'reject' ? action : undefined;
}

/** 退回上一步: the approval before; else the requester. */
function backTo({ workflow }: Request, said: string): string {
  if (!/上一(?:步|环节|级|个)|前一(?:步|环节)/u.test(said)) return 'requester';
  const open = workflow.steps.findIndex(({ state }) => state === 'open');
  const before = workflow.steps
    .slice(0, Math.max(0, open))
    .findLast(({ sort }) => sort === 'approval');
  return before?.id ?? 'requester';
}

/** 「驳回 TRIP-26-0042 预算超了」: what stands behind the number is the reason. */
const afterNumber = (said: string): string | undefined =>
  /[A-Za-z]+-?\d{2}-?\d{1,6}[\s，,：:。]*(\S.*)$/u.exec(said)?.[1]?.trim();

/** Requests whose approval waits for the person, narrowed by what was said; `unknown` for a number that is not theirs to see. */
async function waitingFor(talk: Talk, heard: Heard): Promise<readonly Request[] | 'unknown'> {
  const named = await namedRequest(talk, heard);
  if (named !== undefined) return named === 'unknown' ? 'unknown' : [named];
  const requests = await openApprovals(talk);
  const kind = kindOfTarget(heard.reading.slots['target']);
  const sorted = requests.filter((each) => !kind || each.kind === kind);
  return meantAmong(talk, sorted.length > 0 ? sorted : requests, heard);
}

/** In the order of 我的待办, so that 第二个 is the second there. */
async function openApprovals({ work, person }: Talk): Promise<readonly Request[]> {
  const rows = await work.tx
    .selectFrom('task')
    .select('request_id')
    .where('person_id', '=', person.id)
    .where('state', '=', 'open')
    .where('sort', '=', 'approval')
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .execute();
  const requests: Request[] = [];
  for (const id of new Set(rows.map((row) => row.request_id))) {
    const request = await readRequest(work.tx, id);
    if (request) requests.push(request);
  }
  return requests;
}

/** By who asked (陈晨的, 李总那单), then by the words and times of the sentence. The reason given is no pointer. */
async function meantAmong(
  talk: Talk,
  requests: readonly Request[],
  heard: Heard,
): Promise<readonly Request[]> {
  const people = await peopleById(
    talk.work.tx,
    requests.map((each) => each.requester_id),
  );
  const without = exceptIn(heard.said);
  if (without !== undefined) return exceptFor(requests, without, people);
  const transfer = ['transfer', 'add', 'copy'].includes(verbIn(heard) ?? '');
  const who = transfer ? undefined : slotText(heard, 'person');
  const askers = [...people.values()].map(({ id, name }) => ({ id: String(id), name }));
  const named = who === undefined ? [] : matchName(who, askers).map((each) => Number(each.id));
  const theirs = requests.filter((each) => named.includes(each.requester_id));
  const left = theirs.length > 0 ? theirs : requests;
  const besides = new Map(
    left.map((each) => [each.id, [people.get(each.requester_id)?.name ?? '']]),
  );
  const pointed = (said: string): readonly Request[] =>
    pointedAt(left, { said, lexicon: heard.lexicon, besides }, talk);
  if (transfer) return pointed(beforeName(heard));
  // 驳回苏州的，南京也在那几天: what is behind the first clause is the reason, unless the first clause tells nothing.
  const first = pointed(firstClause(heard.said));
  return first.length < left.length
    ? first
    : pointed(heard.said.replace(reasonIn(heard) ?? '', ''));
}

/** 除了小王的都同意: whose are left out. */
const exceptIn = (said: string): string | undefined =>
  /(?:除了|除去|除|不含|不包括)(.{1,20}?)(?:的)?(?:以外|之外|外)?[，,]?(?:其他|其余|剩下|别的|全部|全|都|统统|一律)/u.exec(
    said,
  )?.[1] ?? /\ball (?:but|except) (.{1,30}?)(?:'s)?$/iu.exec(said)?.[1];

function exceptFor(
  requests: readonly Request[],
  said: string,
  people: ReadonlyMap<number, { readonly id: number; readonly name: string }>,
): readonly Request[] {
  const names = said.split(/[、，,和与跟]/u);
  const askers = [...people.values()].map(({ id, name }) => ({ id: String(id), name }));
  const left = new Set(
    names.flatMap((name) => matchName(name.trim(), askers).map(({ id }) => Number(id))),
  );
  return requests.filter(({ requester_id }) => !left.has(requester_id));
}

const firstClause = (said: string): string => /^[^，,。；;：:]*/u.exec(said)?.[0] ?? '';

/** Why: as the sentence marks it, behind a number, or behind the clause that rejects. */
function reasonIn(heard: Heard): string | undefined {
  const marked = slotText(heard, 'comment') ?? afterNumber(heard.said);
  if (marked !== undefined || slotText(heard, 'action') !== 'reject') return marked;
  return heard.said.slice(firstClause(heard.said).length + 1).trim() || undefined;
}

/** 把上海那个转给刘洋: whom it goes to does not tell which it is. */
const beforeName = ({ said }: Heard): string =>
  said.replace(/(?:转|交|移|加签|会签|再请|抄送|cc|委托|forward|hand).*$/iu, '');

/** 转给市场部的刘洋: the name behind the word of handing over, without what tells who it is. */
function nameOfReceiver(heard: Heard): string | undefined {
  const behind = heard.said.slice(beforeName(heard).length);
  const [known] = findNames(behind, heard.lexicon.people);
  return known?.value.name ?? slotText(heard, 'person');
}

/** How somebody is added: 和王芳会签, 我同意后再请王芳批; else before the one who adds. */
function placeIn(said: string): AddedPlace {
  if (/会签|一起|一块|共同/u.test(said)) return 'beside';
  return /(?:之后|后)(?:再)?(?:加签|请|由|给|让)|后加签|再请/u.test(said) ? 'after' : 'before';
}

const ON_THE_CARD: { readonly [verb in 'transfer' | 'add' | 'copy']: Words } = {
  transfer: words(
    '请在卡片上点「转交」选择同事',
    'Please choose the colleague with “Hand over” on the card',
  ),
  add: words(
    '请在卡片上点「加签」选择同事',
    'Please choose the colleague with “Add approver” on the card',
  ),
  copy: words(
    '请在卡片上点「抄送」选择同事',
    'Please choose the colleague with “Send a copy” on the card',
  ),
};

/** With the one person meant; several of one name are chosen between by buttons with their departments. */
async function withColleague(
  talk: Talk,
  request: Request,
  heard: Heard,
  verb: 'transfer' | 'add' | 'copy',
): Promise<Led> {
  const name = nameOfReceiver(heard);
  const approval = openStep(request.workflow)?.sort === 'approval' && verb !== 'copy';
  const without = [talk.person.id, ...(approval ? [request.requester_id] : [])];
  const meant = name === undefined ? [] : await peopleMeant(talk.work.tx, name, without);
  const told = await amongPeople(
    talk.work.tx,
    meant.map((each) => each.id),
    heard.said,
  );
  const [only, another] = told.length === 1 ? told : meant;
  const place = verb === 'add' ? { place: placeIn(heard.said) } : {};
  if (!only) {
    await say(talk, ON_THE_CARD[verb].zh, ON_THE_CARD[verb].en);
    await answer(talk, { view: 'request', request: request.id });
    return {};
  }
  if (another) {
    const people = meant.map((each) => each.id);
    await answer(talk, { view: 'whom', request: request.id, people, act: verb, ...place });
    return { asked: { asked: 'whom', request: request.id, people, act: verb, ...place } };
  }
  await actByWord(talk, {
    request: request.id,
    act: verb,
    to: only.id,
    people: [only.id],
    ...place,
  });
  return {};
}

/** 「抄送给王芳 TRIP-26-0042」, or in reply to its card: also by the requester, also when it is over. */
export async function copyByWord(talk: Talk, heard: Heard): Promise<Led | undefined> {
  if (!/抄送|\bcc\b/iu.test(heard.said)) return undefined;
  const request = await namedRequest(talk, heard);
  if (!request || request === 'unknown') return undefined;
  return withColleague(talk, request, heard, 'copy');
}
