/** What somebody decides in the platform's approval centre: the same as 同意 and 驳回 on a card, asked and recorded the same way. */
import { z } from 'zod';
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { actingAs, attempt, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { DecisionAnswer, IncomingDecision } from '../channels/channel.ts';
import { personAt } from '../directory/people.ts';
import { act, type Acted, mayRead } from '../filing/act.ts';
import type { Setup } from '../filing/move.ts';
import { lockRequest } from '../filing/store.ts';
import { denialText, doneText, NOT_FOUND } from './outcomes.ts';
import { hearingAt } from './talk.ts';

/**
 * Their turn as it was told to the platform: request, step, the version whose form they saw, and how many decisions of that step had
 * been set aside by then. It came back from outside.
 */
const turn = z.strictObject({
  r: z.number().int().positive(),
  s: z.string().max(60),
  n: z.number().int().nonnegative(),
  e: z.number().int().nonnegative(),
});

const LONGEST_REASON = 500;

/** Decides as this person, if they may, now. */
export async function receiveDecision(
  work: Work,
  setup: Setup,
  incoming: IncomingDecision,
): Promise<DecisionAnswer> {
  const person = await personAt(work.tx, incoming.from);
  const wanted = turn.safeParse(parsed(incoming.context));
  const not = (text: Words): DecisionAnswer => ({
    done: false,
    text,
    language: person?.language ?? setup.rules.language,
  });
  if (!person || !wanted.success) {
    await record(work, `refused.${incoming.act}`, 'office');
    return not(NOT_FOUND);
  }
  const theirs = actingAs(work, person.id);
  const at = hearingAt(work.now, setup.rules.timeZone);
  const reason = clean(incoming.reason, LONGEST_REASON);
  const wish = {
    request: wanted.data.r,
    person: person.id,
    act: incoming.act,
    step: wanted.data.s,
    version: wanted.data.n,
    ...(reason ? { comment: reason } : {}),
  };
  const asked = await isAskedSo(work, wanted.data, person.id);
  if (asked !== true) {
    await record(theirs, `refused.${incoming.act}`, `request:${wanted.data.r}`);
    return not(await denialText(work.tx, asked, at));
  }
  const tried = await attempt(theirs, () => act(theirs, setup, wish, at));
  if ('refused' in tried) {
    const { what, next } = tried.refused;
    return not(next ? words(`${what.zh}。${next.zh}`, `${what.en}. ${next.en}`) : what);
  }
  const acted = tried.done;
  if (!acted) return not(NOT_FOUND);
  if (acted.done || isRepeat(acted, person.id, incoming.act))
    return {
      done: true,
      text: doneText(incoming.act, acted.request.number),
      language: person.language,
    };
  return not(await denialText(work.tx, acted, at));
}

/**
 * Whether the turn is the one that is open, as far as it is the business of `act` to say anything at all. What was decided before a
 * request was sent back is no decision about what came again, though a call may come late, or be played back.
 */
async function isAskedSo(
  work: Work,
  { r, s, e }: z.infer<typeof turn>,
  person: number,
): Promise<true | Extract<Acted, { readonly done: false }>> {
  const request = await lockRequest(work.tx, r);
  if (!request || !mayRead(request, person)) return true;
  const step = request.workflow.steps.find(({ id }) => id === s);
  if ((step?.earlier?.length ?? 0) === e) return true;
  return { request, done: false, denial: { denied: 'changed' } };
}

/** Nobody is refused what they have done: the platform calls again when it did not hear our answer. */
const isRepeat = (
  { denial }: Extract<Acted, { readonly done: false }>,
  person: number,
  decided: IncomingDecision['act'],
): boolean =>
  denial.denied === 'already' && denial.decision.by === person && denial.decision.act === decided;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What came back is not what we gave: told by the outcome.
    return undefined;
  }
}
