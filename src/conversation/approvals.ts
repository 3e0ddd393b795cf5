import { matchName } from '../language/names.ts';
import type { Reading } from '../language/meaning.ts';
import { requestNumbered } from '../filing/store.ts';
import { activePeople } from '../directory/people.ts';
import { actByWord } from './own-requests.ts';
import { kindOfTarget } from './lists.ts';
import { NOT_FOUND } from './outcomes.ts';
import { answer, say, type Talk } from './talk.ts';

/**
 * 「同意 TRIP-26-0042」「驳回，预算超了」「转给刘总」: everything a button does can be said. Without a number it is done only
 * when exactly one approval waits for the person; otherwise they are shown which there are.
 */
export async function approveByWord(talk: Talk, reading: Reading, said: string): Promise<void> {
  const waiting = await waitingFor(talk, reading);
  if (waiting === 'unknown') return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  const [only, another] = waiting;
  if (!only) return say(talk, '没有等您审批的申请', 'Nothing is waiting for your approval');
  if (another) return answer(talk, { view: 'which', requests: waiting, act: 'show' });
  const comment = text(reading, 'comment') ?? afterNumber(said);
  const remark = comment ? { comment } : {};
  const action = text(reading, 'action');
  if (action === 'approve' || action === 'reject') {
    return actByWord(talk, { request: only, act: action, ...remark });
  }
  if (action === 'transfer') return transferByWord(talk, only, text(reading, 'person'));
  return answer(talk, { view: 'request', request: only });
}

/** 「驳回 TRIP-26-0042 预算超了」: what stands behind the number is the reason. */
const afterNumber = (said: string): string | undefined =>
  /[A-Za-z]+-?\d{2}-?\d{1,6}[\s，,：:。]*(\S.*)$/u.exec(said)?.[1]?.trim();

/** Requests whose approval waits for the person, narrowed by what was said; `unknown` for a number that is not theirs to see. */
async function waitingFor(talk: Talk, reading: Reading): Promise<readonly number[] | 'unknown'> {
  const id = text(reading, 'id');
  if (id !== undefined) {
    const request = await requestNumbered(talk.work.tx, id);
    return request ? [request.id] : 'unknown';
  }
  const rows = await talk.work.tx
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .innerJoin('person', 'person.id', 'request.requester_id')
    .select(['request.id', 'request.kind', 'person.name'])
    .where('task.person_id', '=', talk.person.id)
    .where('task.state', '=', 'open')
    .where('task.sort', '=', 'approval')
    .orderBy('task.opened_at', 'desc')
    .execute();
  const kind = kindOfTarget(reading.slots['target']);
  const who = reading.slots['action'] === 'transfer' ? undefined : text(reading, 'person');
  const fit = rows.filter(
    (row) =>
      (!kind || row.kind === kind) &&
      (!who || row.name.includes(who) || who.startsWith(row.name.slice(0, 1))),
  );
  return [...new Set((fit.length > 0 ? fit : rows).map((row) => row.id))];
}

/** To the one person meant; two of one name are chosen between on the card, with their departments. */
async function transferByWord(
  talk: Talk,
  request: number,
  said: string | undefined,
): Promise<void> {
  const people = await activePeople(talk.work.tx);
  const known = people.map((each) => ({
    id: String(each.id),
    name: each.name,
    ...(each.department ? { hint: each.department } : {}),
  }));
  const [best, second] = said === undefined ? [] : matchName(said, known);
  const clear =
    best !== undefined && best.score >= 0.8 && (second === undefined || second.score < best.score);
  if (!clear) {
    await say(
      talk,
      '请在卡片上点「转交」选择同事',
      'Please choose the colleague with “Hand over” on the card',
    );
    return answer(talk, { view: 'request', request });
  }
  return actByWord(talk, { request, act: 'transfer', to: Number(best.id) });
}

const text = (reading: Reading, slot: string): string | undefined => {
  const value = reading.slots[slot];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};
