import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Reading } from '../language/meaning.ts';
import { understand } from '../language/understand.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import { ACTS_AT_ONCE, COMMANDS, NOT_SERVED } from './commands.ts';
import { closeDraft, type Draft, oweClosed, readDraft, reviseDraft } from './drafts.ts';
import { type LastSaid, type Led, recall, remember } from './last-said.ts';
import { keepMisreading } from './misreadings.ts';
import { guessesFor } from './not-understood.ts';
import { carryOut } from './piece.ts';
import { answer, hearingAt, type Talk } from './talk.ts';

const WHOLE =
  /^(?:我(?:的意思)?|这)?(?:不是(?:这个|那个|这|我要的|我想要的)?(?:意思)?|不对|(?:你)?(?:理解|听|看|弄|搞|会错意)错?了|(?:你)?误会了?|说的不是这个)(?:的|啊|呀|哦|吧|了)?$/u;
const WHOLE_ENGLISH =
  /^(?:no )?(?:(?:that|this|it)(?:'?s| is) )?(?:not (?:what i (?:meant|mean|want|wanted|asked(?: for)?)|it|that|this)|wrong|you misunderstood(?: me)?)$/;
/** 不是这个意思，我要报修: what follows is heard for itself. */
const WITH_MORE =
  /^(?:我)?(?:不是(?:这个|那个)意思|(?:你)?(?:理解|会错意|弄|搞)错了|(?:你)?误会了|(?:that(?:'?s| is) )?not what i mean[t]?)[\s，,。.;；：:]+(?=.{2})/iu;

/** What is left of a sentence behind 「不是这个意思」: '' when it says only that, undefined when it does not say it. */
export function disagreement(text: string): string | undefined {
  const folded = fold(text).trim();
  const bare = folded
    .toLowerCase()
    .replaceAll(/[\s，,。.!！~～…]+$/gu, '')
    .replaceAll('’', "'");
  if (WHOLE.test(bare) || WHOLE_ENGLISH.test(bare.replaceAll(/[,，]\s*/g, ' '))) return '';
  const more = WITH_MORE.exec(folded);
  return more ? folded.slice(more[0].length) : undefined;
}

/**
 * 「不是这个意思」: takes back what the last sentence did to a draft and tries its next best reading; with none left it says so
 * and offers the office. With `more` behind it only the taking back is done here; returns the misreading's id.
 */
export async function readAgain(
  talk: Talk,
  lexicon: Lexicon,
  last: LastSaid,
  more: string,
): Promise<number> {
  const undone = await takeBack(talk, last);
  const at = hearingAt(last.at, talk.now.timeZoneId);
  const readings = understand(last.said, lexicon, at.now)[0]?.readings ?? [];
  const next =
    undone || more !== '' ? undefined : readings.find((each) => isOpen(each, last.tried));
  const misreading =
    last.misreading ??
    (await keepMisreading(talk.work, {
      text: last.said,
      reading: readingText(readings, last.tried.at(-1)),
      correction: next ? next.intent : '',
    }));
  if (more !== '') return misreading;
  const led = undone || (await tryReading(talk, lexicon, last, readings, next));
  await remember(talk, {
    said: last.said,
    tried: [...last.tried, ...(next ? [next.intent] : [])],
    draft: led.draft,
    before: undefined,
    asked: led.asked,
    misreading: next ? undefined : misreading,
    at: last.at,
  });
  return misreading;
}

/**
 * The same for the sentence that a draft was made of, whatever was said since. What was tried before for that sentence is not tried
 * again.
 */
export async function readDraftAgain(
  talk: Talk,
  lexicon: Lexicon,
  draft: Draft,
  said: string,
): Promise<void> {
  const last = await recall(talk);
  const intent = kindNamed(draft.kind).heardAs.intent;
  const tried = last?.said === said ? last.tried : [];
  const sentence: LastSaid = {
    said,
    tried: tried.includes(intent) ? tried : [...tried, intent],
    draft: draft.id,
    before: undefined,
    asked: undefined,
    misreading: undefined,
    at: draft.created_at,
  };
  await readAgain(talk, lexicon, sentence, '');
}

/** A correction is undone, a draft that was begun is closed. What was decided stays: that is no draft any more. */
async function takeBack(talk: Talk, last: LastSaid): Promise<Led | undefined> {
  const draft = last.draft === undefined ? undefined : await readDraft(talk.work.tx, last.draft);
  if (!draft || draft.state !== 'open') return undefined;
  if (last.before === undefined) {
    await closeDraft(talk.work, draft, 'cancelled');
    await oweClosed(talk, draft);
    return undefined;
  }
  await reviseDraft(talk, draft, last.before);
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** A reading that was not tried yet and leads somewhere. */
const isOpen = ({ intent }: Reading, tried: readonly string[]): boolean =>
  !tried.includes(intent) &&
  (kinds.some((each) => each.heardAs.intent === intent || each.answersIntents.includes(intent)) ||
    intent in NOT_SERVED ||
    (intent in COMMANDS &&
      intent !== 'greeting' &&
      intent !== 'confirm' &&
      intent !== 'nevermind'));

async function tryReading(
  talk: Talk,
  lexicon: Lexicon,
  last: LastSaid,
  readings: readonly Reading[],
  next: Reading | undefined,
): Promise<Led> {
  const said = last.said.slice(0, 200);
  if (!next) {
    await answer(talk, { view: 'no-idea', said, guesses: guessesFor(readings, last.tried) });
    return {};
  }
  if (ACTS_AT_ONCE.has(next.intent)) {
    await answer(talk, { view: 'maybe', said, intent: next.intent });
    return {};
  }
  return carryOut(talk, { reading: next, said: last.said, lexicon }, undefined);
}

/** The reading as the office sees it: its intent and the words its slots were taken from. */
export function readingText(readings: readonly Reading[], intent: string | undefined): string {
  const reading = readings.find((each) => each.intent === intent);
  const slots = Object.entries(reading?.words ?? {}).map(([slot, words]) => `${slot}=${words}`);
  return [intent ?? 'other', ...slots].join(' ');
}
