/** Several at once, as they were listed: each is checked and done for itself at that moment, and one sentence tells what became of them. */
import { type BulkAct, type BulkLine, bulkText } from '../../cards/bulk.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { attempt } from '../../db/work.ts';
import { act, type Acted } from '../filing/act.ts';
import { lockRequest, readRequest, type Request } from '../filing/store.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import type { Led } from './last-said.ts';
import { denialText } from './outcomes.ts';
import { takingBack } from './own-requests.ts';
import { refusalText } from './submitting.ts';
import { say, type Talk } from './talk.ts';
import { undoableHere } from './undo.ts';

/** What became of several: one sentence, and what a button names to take it all back. */
export type BulkDone = { readonly text: Words; readonly undo: number | undefined };

/**
 * Does it with each as it was listed: what is somebody else's turn by now, done or changed since is left as it is, and said so. What does not
 * exist for this person is passed over.
 */
export async function actOnListed(
  talk: Talk,
  what: BulkAct,
  listed: readonly BulkLine[],
): Promise<BulkDone> {
  let done = 0;
  const left: { readonly number: string; readonly why: Words }[] = [];
  for (const line of listed) {
    const tried = await attempt(talk.work, () => actOn(talk, what, line));
    if ('refused' in tried) {
      const request = await readRequest(talk.work.tx, line.id);
      if (request) left.push({ number: request.number, why: refusalText(tried.refused) });
      continue;
    }
    const acted = tried.done;
    if (acted === 'changed')
      left.push({ number: await numberOf(talk.work.tx, line), why: CHANGED });
    else if (acted?.done) done += 1;
    else if (acted)
      left.push({
        number: acted.request.number,
        why: await denialText(talk.work.tx, acted, talk),
      });
  }
  return { text: bulkText(what, done, left), undo: await undoableHere(talk) };
}

const CHANGED = words('已有变化，请单独看', 'has changed meanwhile, please look');

const numberOf = async (tx: Tx, { id }: BulkLine): Promise<string> =>
  (await readRequest(tx, id))?.number ?? '';

async function actOn(
  talk: Talk,
  what: BulkAct,
  { id, version }: BulkLine,
): Promise<Acted | 'changed' | undefined> {
  const { work, setup, person } = talk;
  const by = { request: id, person: person.id };
  // An approval is for the form that was listed, whoever else has approved it since.
  if (what === 'approve') return act(work, setup, { ...by, act: 'approve', version }, talk);
  const request = await lockRequest(work.tx, id);
  const theirs =
    request &&
    (what === 'withdraw'
      ? request.requester_id === person.id
      : assigneesIn(request).includes(person.id));
  if (!request || (request.version !== version && theirs)) return request && 'changed';
  const doing = what === 'withdraw' ? takingBack(request) : what;
  return act(work, setup, { ...by, act: doing, version }, talk);
}

const assigneesIn = ({ workflow }: Request): readonly number[] => {
  const step = openStep(workflow);
  return step ? assigneesOf(step) : [];
};

/** The same, said in a sentence. */
export async function actOnAll(
  talk: Talk,
  what: BulkAct,
  listed: readonly BulkLine[],
): Promise<Led> {
  const { text, undo } = await actOnListed(talk, what, listed);
  const { undoSeconds: seconds } = talk.setup.rules;
  const may = undo !== undefined && seconds !== null;
  await say(
    talk,
    `${text.zh}${may ? `（${seconds} 秒内可说「撤销」）` : ''}`,
    `${text.en}${may ? ` (say “undo” within ${seconds} s to take it back)` : ''}`,
  );
  return {};
}

/** `12:3,15:1`, as a button carries it; undefined when it is none of ours. */
export function readListed(text: string): readonly BulkLine[] | undefined {
  const pairs = text.split(',').map((pair) => /^(\d{1,12}):(\d{1,9})$/.exec(pair));
  return pairs.every((pair) => pair !== null)
    ? pairs.map((pair) => ({ id: Number(pair[1]), version: Number(pair[2]) }))
    : undefined;
}
