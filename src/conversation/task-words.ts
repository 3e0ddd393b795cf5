import { readRequest } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import type { Led } from './last-said.ts';
import { actByWord } from './own-requests.ts';
import type { Talk } from './talk.ts';

/** Whole answers to the card of a task; anything longer is read as a sentence. */
const TAKES =
  /^(?:接单|我接|我接单|我来|我来处理|我去|接了|i(?:'| wi)ll (?:do|take) it|take it)$/iu;
const DONE =
  /^(?:完成|完成了|已完成|做完了|办好了|办完了|弄好了|修好了|已处理|处理好了|已发放|发放|签收|已签收|收到了|done|fixed|received)$/iu;

/** 「接单」「修好了」「签收」 in reply to the card of a task that waits for the person: what its button does. */
export async function taskByReply(talk: Talk, said: string): Promise<Led | undefined> {
  if (!talk.about || !('request' in talk.about)) return undefined;
  const act = taskWord(said);
  const request = act && (await readRequest(talk.work.tx, talk.about.request));
  const step = request && openStep(request.workflow);
  if (!act || !request || step?.sort !== 'task' || !assigneesOf(step).includes(talk.person.id))
    return undefined;
  await actByWord(talk, { request: request.id, act });
  return {};
}

/** What the whole sentence does to a task, if it is one of those words. */
function taskWord(said: string): 'claim' | 'complete' | undefined {
  const bare = fold(said)
    .trim()
    .replace(/[。.!！~～]+$/u, '');
  return TAKES.test(bare) ? 'claim' : DONE.test(bare) ? 'complete' : undefined;
}

export const isTaskWord = (said: string): boolean => taskWord(said) !== undefined;
