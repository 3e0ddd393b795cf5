import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Reading } from '../language/meaning.ts';
import { readAs } from '../language/understand.ts';
import { kinds } from '../requests/index.ts';
import type { RequestKind } from '../requests/kind.ts';
import { absenceByWord } from './absence.ts';
import { amend, fillOnlyGap, takeOut } from './amending.ts';
import { copyByWord } from './approvals.ts';
import { changeQuoted } from './changing.ts';
import { COMMANDS, NOT_SERVED } from './commands.ts';
import { doubt, type Draft, openDrafts, startDraft } from './drafts.ts';
import { type Heard, requestNumberIn } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { notUnderstood } from './not-understood.ts';
import { namedRequest, queryMine } from './own-requests.ts';
import { roundsByWord } from './rounds.ts';
import { askFromGroup } from './question-replies.ts';
import { isSmallTalk, isThanks } from './small-talk.ts';
import { withSeries } from './series-words.ts';
import { SURE } from './sure.ts';
import { answer, say, type Talk } from './talk.ts';
import { taskByReply } from './task-words.ts';

/** A wish of the draft's own kind said less clearly than this is a correction (不是珠峰是黄山), else a new wish. */
const ANEW = 0.9;

/** Does what one piece of a message asks for, and tells what came of it. */
export async function handlePiece(talk: Talk, piece: Piece, lexicon: Lexicon): Promise<Led> {
  const [best] = piece.readings;
  if (!best) return {};
  const kind = kinds.find((each) => each.heardAs.intent === best.intent);
  const heard: Heard = { reading: best, said: piece.text, lexicon };
  const acted = await taskByReply(talk, piece.text);
  if (acted) return acted;
  const about =
    (await absenceByWord(talk, piece.text, lexicon)) ??
    (await copyByWord(talk, heard)) ??
    (await roundsByWord(talk, piece.text));
  if (about) return about;
  const drafts = await openDrafts(talk);
  const [draft] = drafts;
  if (!draft && talk.about && 'draft' in talk.about && !(kind && best.confidence >= SURE)) {
    await say(talk, '这张草稿已经关闭，需要的话再说一遍', 'This draft is closed; just ask again');
    return {};
  }
  const corrected =
    (await correctsOne(talk, drafts, heard, kind)) ?? (await changedByReply(talk, heard, kind));
  if (corrected) return { as: best.intent, ...corrected };
  if (isServed(best)) return { as: best.intent, ...(await carryOut(talk, heard, draft)) };
  const filled = draft && best.intent === 'other' && (await fillOnlyGap(talk, draft, piece.text));
  if (filled) return filled;
  // A number alone, or with words we do not know, asks how that request stands.
  if (requestNumberIn(heard) !== undefined) {
    await queryMine(talk, heard);
    return { as: 'query.mine' };
  }
  if (isThanks(piece.text)) {
    await say(talk, '不客气', 'You are welcome');
    return {};
  }
  await notUnderstood(talk, piece);
  return {};
}

/** Whether there is something we do at this reading, and it is sure enough to be done. */
export const isServed = ({ intent, confidence }: Reading): boolean =>
  isAnswered(intent) ||
  (confidence >= SURE && (isKind(intent) || intent in COMMANDS || intent in NOT_SERVED));

const isKind = (intent: string): boolean => kinds.some((each) => each.heardAs.intent === intent);
const isAnswered = (intent: string): boolean =>
  kinds.some((each) => each.answersIntents.includes(intent));

/** A sentence of its intent, however sure it is: a draft, an answer, a command. */
export async function carryOut(talk: Talk, heard: Heard, draft: Draft | undefined): Promise<Led> {
  const { reading, said } = heard;
  const kind = kinds.find((each) => each.heardAs.intent === reading.intent);
  if (kind) return ask(talk, kind, heard);
  const answering = kinds.find((each) => each.answersIntents.includes(reading.intent));
  if (answering) {
    const { intent, confidence, slots, words, reasons } = reading;
    // Field by field: a reading works its slots out when it is asked for them, and writing it down as it is does not ask.
    const whole = { intent, confidence, slots, words, reasons };
    await answer(talk, { view: 'answer', kind: answering.name, reading: whole });
    return {};
  }
  const command = COMMANDS[reading.intent];
  if (command) return (await command(talk, heard, draft)) ?? {};
  const what = NOT_SERVED[reading.intent];
  if (what && !(await askFromGroup(talk)))
    await answer(talk, { view: 'not-served', said: said.slice(0, 200), what });
  return {};
}

/** A sentence read again as the intent that its speaker chose. Nothing when there is no such intent. */
export async function carryOutAs(
  talk: Talk,
  lexicon: Lexicon,
  said: string,
  intent: string,
): Promise<Led> {
  if (!lexicon.intents.some((each) => each.intent === intent)) return {};
  const reading = readAs(said, lexicon, talk.now, intent);
  return { as: intent, ...(await carryOut(talk, { reading, said, lexicon }, undefined)) };
}

/** A new draft of what was asked for. */
async function ask(talk: Talk, kind: RequestKind, { reading, said }: Heard): Promise<Led> {
  const form = withSeries(talk, kind, kind.hear(reading.slots, talk), said);
  const draft = await startDraft(talk, kind, form, { said });
  if (reading.reasons.includes('model')) await doubt(talk, draft, Object.keys(form));
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** The first of the open drafts, newest first, for which a sentence says something. */
async function correctsOne(
  talk: Talk,
  drafts: readonly Draft[],
  heard: Heard,
  kind: RequestKind | undefined,
): Promise<Led | undefined> {
  for (const draft of drafts) {
    const led = await corrects(talk, draft, heard, kind);
    if (led) return led;
  }
  return undefined;
}

/** What a sentence changes in an open draft; undefined when it is about something else. */
async function corrects(
  talk: Talk,
  draft: Draft,
  heard: Heard,
  kind: RequestKind | undefined,
): Promise<Led | undefined> {
  if (isSmallTalk(heard.reading)) return undefined;
  const removed = await takeOut(talk, draft, heard);
  if (removed) return removed;
  const adds = kind?.name === draft.kind && isAddition(heard.said);
  if (!adds && clearlyElse(heard.reading, kind, draft.kind)) return undefined;
  return amend(talk, draft, heard);
}

/** 还要两支笔: to be added to the draft of that kind, not in its place. 再订一间 is a wish of its own. */
const isAddition = (said: string): boolean =>
  /^(?:还要|还需要|还有|再要|再来|再加|加上|外加|另加|也要)(?!.*[订约])|^(?:and|also|plus)\b/iu.test(
    said.trim(),
  );

/** A new wish of another kind, or a command, said while a draft is open: not an addition to the draft. */
function clearlyElse(best: Reading, kind: RequestKind | undefined, about: string): boolean {
  if (kind) return best.confidence >= (kind.name === about ? ANEW : SURE);
  return best.intent !== 'modify' && best.intent !== 'other' && best.confidence >= SURE;
}

/** A reply to the card of a request that is no command says how it is to be changed. */
async function changedByReply(
  talk: Talk,
  heard: Heard,
  kind: RequestKind | undefined,
): Promise<Led | undefined> {
  if (!talk.about || !('request' in talk.about)) return undefined;
  const request = await namedRequest(talk, heard);
  if (!request || request === 'unknown') return undefined;
  if (clearlyElse(heard.reading, kind, request.kind)) return undefined;
  return changeQuoted(talk, request, heard);
}
