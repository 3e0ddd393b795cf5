import type { Slots } from '../language/meaning.ts';
import { readAs } from '../language/understand.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { lookAt } from './draft-view.ts';
import { askingFor, type Draft, isSameForm, reviseDraft, saidIn } from './drafts.ts';
import type { Heard } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { answer, type Talk } from './talk.ts';

/** Takes what was said into the open draft: a correction, or what was missing. Undefined when it says nothing for it. */
export async function amend(talk: Talk, draft: Draft, heard: Heard): Promise<Led | undefined> {
  const kind = kindNamed(draft.kind);
  const said = saidIn(draft);
  const { reading } = heard;
  const slots = reading.intent === 'modify' ? reading.slots : slotsFor(talk, draft, heard);
  const form = kind.amend(said, slots, talk);
  if (isSameForm(form, said)) return undefined;
  return revised(talk, draft, form);
}

const slotsFor = (talk: Talk, draft: Draft, { said, lexicon }: Heard): Slots =>
  readAs(said, lexicon, talk.now, kindNamed(draft.kind).heardAs.intent).slots;

const OUT = /去掉|去除|删[掉除了]|拿掉|减掉|不要|不用|\b(?:remove|drop|without|no more)\b/iu;

/** 去掉A4纸, 不要鼠标了: taken out of the draft, where its kind knows how. Undefined when the draft holds no such thing. */
export async function takeOut(talk: Talk, draft: Draft, heard: Heard): Promise<Led | undefined> {
  if (!OUT.test(heard.said)) return undefined;
  const said = saidIn(draft);
  const form = kindNamed(draft.kind).takeOut(said, slotsFor(talk, draft, heard), talk);
  return form && revised(talk, draft, form);
}

async function revised(talk: Talk, draft: Draft, form: StoredForm): Promise<Led> {
  const { draft: now } = await reviseDraft(talk, draft, form);
  await answer(talk, { view: 'draft', draft: now.id });
  return { draft: now.id, before: saidIn(draft) };
}

/** A longer answer, or a question, is not what a missing field was waiting for. */
const LONGEST_ANSWER = 30;

/**
 * The one thing a draft still lacks, said without any word that tells what it is (「年会」 for 事由): taken as its answer.
 * Only free texts; times, rooms and numbers are known by themselves.
 */
export async function fillOnlyGap(
  talk: Talk,
  draft: Draft,
  text: string,
): Promise<Led | undefined> {
  const answered = text.trim().replace(/[。.!！]+$/u, '');
  if (answered.length > LONGEST_ANSWER || /[?？]|吗$|呢$/u.test(answered)) return undefined;
  const { gaps } = await lookAt(draft, askingFor(talk, draft.changes_request_id));
  const [gap, another] = gaps;
  const field = gap && kindNamed(draft.kind).fields[gap.field];
  if (!gap || another || !field || draft.form[gap.field] !== undefined) return undefined;
  const [input, more] = field.inputs(gap.field, undefined, [], talk);
  if (!input || input.input !== 'text' || more) return undefined;
  const value = field.reads(gap.field, { [gap.field]: answered }, talk);
  return field.schema.safeParse(value).success
    ? revised(talk, draft, { ...saidIn(draft), [gap.field]: value })
    : undefined;
}
