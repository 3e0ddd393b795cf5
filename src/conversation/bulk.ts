/** Several approvals at once, after they were listed and the person agreed to the list. */
import { type Words, words } from '../../cards/words.ts';
import { act } from '../filing/act.ts';
import type { Led } from './last-said.ts';
import { say, type Talk } from './talk.ts';

type Listed = { readonly id: number; readonly version: number };

/**
 * Approves each as it was listed: what is somebody else's turn by now, decided or changed since is left as it is, and said so.
 * Returns one sentence about all of them.
 */
export async function approveListed(talk: Talk, listed: readonly Listed[]): Promise<Words> {
  const done: string[] = [];
  const left: string[] = [];
  for (const { id, version } of listed) {
    const wish = { request: id, person: talk.person.id, act: 'approve' as const, version };
    const acted = await act(talk.work, talk.setup, wish, talk);
    if (acted) (acted.done ? done : left).push(acted.request.number);
  }
  const kept = left.length > 0;
  return words(
    `已同意 ${done.length} 项${kept ? `；${left.join('、')} 已有变化，没有处理，请单独看` : ''}`,
    `Approved ${done.length}${kept ? `; not ${left.join(', ')}: changed meanwhile, please look` : ''}`,
  );
}

/** The same, said in a sentence. */
export async function approveAll(talk: Talk, listed: readonly Listed[]): Promise<Led> {
  const text = await approveListed(talk, listed);
  await say(talk, text.zh, text.en);
  return {};
}

/** `12:3,15:1`, as a button carries it; undefined when it is none of ours. */
export function readListed(text: string): readonly Listed[] | undefined {
  const pairs = text.split(',').map((pair) => /^(\d{1,12}):(\d{1,9})$/.exec(pair));
  return pairs.every((pair) => pair !== null)
    ? pairs.map((pair) => ({ id: Number(pair[1]), version: Number(pair[2]) }))
    : undefined;
}
