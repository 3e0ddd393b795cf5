import type { Request } from '../filing/store.ts';
import type { Slots } from '../language/meaning.ts';
import { readAs } from '../language/understand.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { type Draft, isSameForm, startDraft } from './drafts.ts';
import type { Heard } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { NOT_FOUND } from './outcomes.ts';
import { askWhich, candidates, isChangeable } from './own-requests.ts';
import { dateMeant, inItsWeek } from './series-edits.ts';
import { answer, say, type Talk } from './talk.ts';

/** Right after something was filed, 「改到4点」 is about that one: minutes. The change is shown before it counts. */
const FRESH_MINUTES = 10;

/** Words behind which the new values stand; what is before them tells which request is meant. */
const NEW_VALUES =
  /改|换|推迟|推到|延|挪|调|提前|提早|变更|再加|多加|增加|减少|\b(?:move|change|reschedule|make it|switch)\b/i;

/** A correction to something already submitted: a draft of the change, shown before it counts. Undefined: there is nothing to change. */
export async function changeByWord(talk: Talk, heard: Heard): Promise<Led | undefined> {
  const { said, reading } = heard;
  const before = said.slice(0, Math.max(0, said.search(NEW_VALUES)));
  const found = await candidates(talk, heard, (each) => isChangeable(each, talk), before);
  if (found === 'unknown') {
    await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
    return {};
  }
  const touched = found.filter((each) => differs(talk, each, reading.slots));
  const meant = touched.length > 0 ? touched : found;
  const fresh = meant.find(
    (each) => talk.work.now.since(each.updated_at).total('minutes') < FRESH_MINUTES,
  );
  const [only, another] = fresh ? [fresh] : meant;
  if (!only) return undefined;
  if (another) return askWhich(talk, meant, 'change', said);
  if (!isChangeable(only, talk)) {
    await say(talk, `${only.number} 现在不能修改了`, `${only.number} can no longer be changed`);
    return {};
  }
  return showChange(talk, only, heard);
}

const differs = (talk: Talk, request: Request, slots: Slots): boolean => {
  const kind = kindNamed(request.kind);
  return !isSameForm(kind.amend(request.form, slots, talk), request.form);
};

/** Shows the draft of a change that a sentence asks for. */
export async function showChange(
  talk: Talk,
  request: Request,
  { reading, said }: Pick<Heard, 'reading' | 'said'>,
): Promise<Led> {
  const draft = await startChange(talk, request, reading.slots, said);
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** A draft that changes a request, with what was said already in it. */
export async function startChange(
  talk: Talk,
  request: Request,
  slots?: Slots,
  said?: string,
): Promise<Draft> {
  const kind = kindNamed(request.kind);
  const one = await dateMeant(talk, request, said);
  const old = one ?? request.form;
  const amended = slots ? kind.amend(old, slots, talk) : old;
  const form =
    one && said !== undefined ? inItsWeek(one, amended, said, talk.now.timeZoneId) : amended;
  return startChangeTo(talk, request, form, said);
}

/** A draft that makes a request say this. */
export const startChangeTo = (
  talk: Talk,
  request: Request,
  form: StoredForm,
  said?: string,
): Promise<Draft> =>
  startDraft(talk, kindNamed(request.kind), form, {
    changes: request.id,
    ...(said === undefined ? {} : { said }),
  });

/** 「4点」 in reply to the card of a request: taken as a change of it when it says something for its form. */
export async function changeQuoted(
  talk: Talk,
  request: Request,
  { said, lexicon }: Heard,
): Promise<Led | undefined> {
  if (request.requester_id !== talk.person.id || !isChangeable(request, talk)) return undefined;
  const intents = ['modify', kindNamed(request.kind).heardAs.intent];
  const readings = intents.map((intent) => readAs(said, lexicon, talk.now, intent));
  const reading = readings.find((each) => differs(talk, request, each.slots));
  return reading && showChange(talk, request, { reading, said });
}
