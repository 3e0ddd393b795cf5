import { type Words, words } from '../../cards/words.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Reading, Slots } from '../language/meaning.ts';
import { readAs } from '../language/understand.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import type { RequestKind } from '../requests/kind.ts';
import { approveByWord } from './approvals.ts';
import {
  closeDraft,
  type Draft,
  openDraft,
  oweClosed,
  reviseDraft,
  saidIn,
  startDraft,
} from './drafts.ts';
import { kindOfTarget } from './lists.ts';
import { cancelByWord, changeByWord, queryMine, urgeByWord } from './own-requests.ts';
import { submitDraft } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

/** Below this a reading is offered as a guess instead of acted upon. */
const SURE = 0.45;
/** A wish of the draft's own kind said less clearly than this is a correction (不是珠峰是黄山), else a new wish. */
const ANEW = 0.9;
/** A second failure within this many minutes offers the office first. */
const AGAIN_MINUTES = 10;

/** Does what one piece of a message asks for. */
export async function handlePiece(talk: Talk, piece: Piece, lexicon: Lexicon): Promise<void> {
  const [best] = piece.readings;
  const draft = await openDraft(talk);
  if (!best) return;
  const kind = kinds.find((each) => each.heardAs.intent === best.intent);
  if (draft && !clearlyElse(best, kind, draft) && (await amend(talk, draft, piece, best, lexicon)))
    return;
  if (kind && best.confidence >= SURE) return ask(talk, kind, best);
  const answering = kinds.find((each) => each.answersIntents.includes(best.intent));
  if (answering) return answer(talk, { view: 'answer', kind: answering.name, reading: best });
  const command = COMMANDS[best.intent];
  if (command && best.confidence >= SURE) return command(talk, best, draft, piece.text);
  const what = NOT_SERVED[best.intent];
  if (what && best.confidence >= SURE) {
    return answer(talk, { view: 'not-served', said: piece.text.slice(0, 200), what });
  }
  return notUnderstood(talk, piece);
}

/** What an office does and we understand, but do not run yet. */
const NOT_SERVED: { readonly [intent: string]: Words } = {
  'visitor.register': words('访客登记', 'Visitors'),
  'seal.request': words('用印', 'Seals'),
  document: words('公文', 'Documents'),
  asset: words('资产', 'Assets'),
  minutes: words('会议纪要', 'Minutes'),
  todo: words('待办提醒', 'Reminders of your own'),
};

/** A new draft of what was asked for. */
async function ask(talk: Talk, kind: RequestKind, reading: Reading): Promise<void> {
  const draft = await startDraft(talk, kind, kind.hear(reading.slots, talk));
  await answer(talk, { view: 'draft', draft: draft.id });
}

type Command = (
  talk: Talk,
  reading: Reading,
  draft: Draft | undefined,
  said: string,
) => Promise<void>;

const COMMANDS: { readonly [intent: string]: Command } = {
  help: (talk) => answer(talk, { view: 'help', first: false }),
  greeting: async (talk) => {
    // Somebody greeted for the first time has just been shown what can be said.
    if (talk.person.greeted) await answer(talk, { view: 'help', first: false });
  },
  'query.mine': queryMine,
  'query.tasks': (talk) => answer(talk, { view: 'tasks', first: 0 }),
  'approval.act': (talk, reading, _draft, said) => approveByWord(talk, reading, said),
  urge: urgeByWord,
  cancel: async (talk, reading, draft) => {
    const target = kindOfTarget(reading.slots['target']);
    const named = ['id', 'room', 'object', 'to', 'when'].some(
      (slot) => reading.slots[slot] !== undefined,
    );
    const aboutDraft = draft && !named && (!target || target === draft.kind);
    return aboutDraft ? dropDraft(talk, draft) : cancelByWord(talk, reading);
  },
  modify: async (talk, reading) => {
    if (!(await changeByWord(talk, reading))) {
      await say(
        talk,
        '没有可以修改的申请。直接说要办什么就行',
        'There is nothing to change. Just say what you need',
      );
    }
  },
  confirm: async (talk, _reading, draft) => {
    if (draft) return submitByWord(talk, draft);
    return say(talk, '好的', 'All right');
  },
  nevermind: async (talk, _reading, draft) => {
    if (draft) return dropDraft(talk, draft);
    return say(talk, '好的', 'All right');
  },
};

/** A new wish of another kind, or a command, said while a draft is open: not an addition to the draft. */
function clearlyElse(best: Reading, kind: RequestKind | undefined, draft: Draft): boolean {
  if (kind) return best.confidence >= (kind.name === draft.kind ? ANEW : SURE);
  return best.intent !== 'modify' && best.intent !== 'other' && best.confidence >= SURE;
}

/** Takes what was said into the open draft: a correction, or what was missing. False when it says nothing for it. */
async function amend(
  talk: Talk,
  draft: Draft,
  piece: Piece,
  best: Reading,
  lexicon: Lexicon,
): Promise<boolean> {
  const kind = kindNamed(draft.kind);
  const said = saidIn(draft);
  const slots: Slots =
    best.intent === 'modify'
      ? best.slots
      : readAs(piece.text, lexicon, talk.now, kind.heardAs.intent).slots;
  const form = kind.amend(said, slots, talk);
  if (JSON.stringify(form) === JSON.stringify(said)) return false;
  const { draft: revised } = await reviseDraft(talk, draft, form);
  await answer(talk, { view: 'draft', draft: revised.id });
  return true;
}

async function submitByWord(talk: Talk, draft: Draft): Promise<void> {
  const result = await submitDraft(talk, draft, undefined, false);
  if ('request' in result) return answer(talk, { view: 'request', request: result.request.id });
  await say(talk, result.remark.zh, result.remark.en);
  return answer(talk, { view: 'draft', draft: result.draft.id });
}

async function dropDraft(talk: Talk, draft: Draft): Promise<void> {
  await closeDraft(talk.work, draft, 'cancelled');
  await oweClosed(talk, draft);
  await say(talk, '好的，草稿已取消', 'All right, the draft is cancelled');
}

/** Up to three guesses to tap, an example, a way to a human; the second time in a row the human comes first. */
async function notUnderstood(talk: Talk, piece: Piece): Promise<void> {
  const guesses = piece.readings.flatMap((reading) => {
    const kind = kinds.find((each) => each.heardAs.intent === reading.intent);
    return kind ? [{ label: words(kind.title.zh, kind.title.en), says: kind.example }] : [];
  });
  const fallback = kinds.map((kind) => ({ label: kind.title, says: kind.example }));
  const since = talk.work.now.subtract({ minutes: AGAIN_MINUTES });
  const before = await talk.work.tx
    .selectFrom('delivery')
    .select('id')
    .where('person_id', '=', talk.person.id)
    .where('created_at', '>', since)
    .where('what', 'like', 'answer:%')
    .where((where) => where(where.ref('view', '->>').key('view'), '=', 'not-understood'))
    .executeTakeFirst();
  await answer(talk, {
    view: 'not-understood',
    said: piece.text.slice(0, 200),
    guesses: guesses.length > 0 ? guesses : fallback.slice(0, 3),
    again: before !== undefined,
  });
}
