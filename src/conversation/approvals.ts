import { peopleById } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { openStep } from '../workflow/workflow.ts';
import { findNames, matchName } from '../language/names.ts';
import { type Heard, slotText } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { kindOfTarget } from './lists.ts';
import { NOT_FOUND } from './outcomes.ts';
import { actByWord, askWhich, namedRequest } from './own-requests.ts';
import { amongPeople, peopleMeant } from './people-meant.ts';
import { pointedAt } from './pointing.ts';
import { answer, say, type Talk } from './talk.ts';

/** 「都同意」 decides at most so many; a longer pile is gone through card by card. */
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
  for (const each of waiting) await decide(talk, each, heard);
  return {};
}

async function decide(talk: Talk, request: Request, heard: Heard): Promise<Led> {
  const comment = reasonIn(heard);
  const action = slotText(heard, 'action');
  if (action === 'transfer') return transferByWord(talk, request, heard);
  if (action === 'approve' || action === 'reject') {
    await actByWord(talk, { request: request.id, act: action, ...(comment ? { comment } : {}) });
  } else {
    await answer(talk, { view: 'request', request: request.id });
  }
  return {};
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
  const transfer = slotText(heard, 'action') === 'transfer';
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

const firstClause = (said: string): string => /^[^，,。；;：:]*/u.exec(said)?.[0] ?? '';

/** Why: as the sentence marks it, behind a number, or behind the clause that rejects. */
function reasonIn(heard: Heard): string | undefined {
  const marked = slotText(heard, 'comment') ?? afterNumber(heard.said);
  if (marked !== undefined || slotText(heard, 'action') !== 'reject') return marked;
  return heard.said.slice(firstClause(heard.said).length + 1).trim() || undefined;
}

/** 把上海那个转给刘洋: whom it goes to does not tell which it is. */
const beforeName = ({ said }: Heard): string =>
  said.replace(/(?:转|交|移|加签|委托|forward|hand).*$/iu, '');

/** 转给市场部的刘洋: the name behind the word of handing over, without what tells who it is. */
function nameOfReceiver(heard: Heard): string | undefined {
  const behind = heard.said.slice(beforeName(heard).length);
  const [known] = findNames(behind, heard.lexicon.people);
  return known?.value.name ?? slotText(heard, 'person');
}

/** To the one person meant; several of one name are chosen between by buttons with their departments. */
async function transferByWord(talk: Talk, request: Request, heard: Heard): Promise<Led> {
  const name = nameOfReceiver(heard);
  const approval = openStep(request.workflow)?.sort === 'approval';
  const without = [talk.person.id, ...(approval ? [request.requester_id] : [])];
  const meant = name === undefined ? [] : await peopleMeant(talk.work.tx, name, without);
  const told = await amongPeople(
    talk.work.tx,
    meant.map((each) => each.id),
    heard.said,
  );
  const [only, another] = told.length === 1 ? told : meant;
  if (!only) {
    await say(
      talk,
      '请在卡片上点「转交」选择同事',
      'Please choose the colleague with “Hand over” on the card',
    );
    await answer(talk, { view: 'request', request: request.id });
    return {};
  }
  if (another) {
    const people = meant.map((each) => each.id);
    await answer(talk, { view: 'whom', request: request.id, people });
    return { asked: { asked: 'whom', request: request.id, people } };
  }
  await actByWord(talk, { request: request.id, act: 'transfer', to: only.id });
  return {};
}
