/** Taps on cards about rooms that are shared. Who may is asked here and now, never taken from the card. */
import { type Words, words } from '../../cards/words.ts';
import type { Toast } from '../../cards/card.ts';
import { actOnBump, type BumpAct } from '../meetings/sharing/bump.ts';
import { actOnClosure, type ClosureAct, moveAway } from '../meetings/sharing/closures.ts';
import { drawSharing, SHARING, type Sharing } from '../meetings/sharing/draw.ts';
import { moveToSpare } from '../meetings/sharing/spare.ts';
import { actOnSwap, type SwapAct } from '../meetings/sharing/swap.ts';
import { joinAgain, joinLine, leaveLine, takeOffered } from '../meetings/sharing/waiting.ts';
import { periodIn, roomWanted } from '../meetings/sharing/wanted.ts';
import type { Prepared, StoredForm } from '../requests/kind.ts';
import { closeDraft, type Draft, oweClosed } from './drafts.ts';
import { INVALID } from './outcomes.ts';
import { drawRequest } from './request-view.ts';
import type { Talk } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

/** The matter that a button is about: its sort stands before the hyphen. */
export function sharingSubject({ a, g }: TapWish): string | undefined {
  const sort = sortOf(a);
  return g === undefined || sort === undefined ? undefined : `${sort}:${g}`;
}

const sortOf = (act: string): Sharing | undefined =>
  SHARING.find((sort) => act.startsWith(`${sort}-`));

/** A tap on one of these cards. */
export async function tapSharing(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const { talk } = tap;
  const { work, setup, person } = talk;
  switch (wanted.a) {
    case 'wish-take': {
      const taken = await takeOffered(work, setup, id, person.id);
      if (!('request' in taken)) return shown(talk, 'wish', id, PASSED, 'warning');
      const { request } = taken;
      const card = await drawRequest(work.tx, request, person.id, setup.rules, talk);
      return {
        toast: { look: 'success', text: submitted(request.number) },
        card,
        subject: { name: `request:${request.id}`, version: request.version },
      };
    }
    case 'wish-leave': {
      const left = await leaveLine(work, setup, id, person.id);
      return shown(talk, 'wish', id, left.done ? LEFT : PASSED, left.done ? 'success' : 'info');
    }
    case 'wish-again': {
      const row = await joinAgain(work, setup, id, person.id);
      return shown(talk, 'wish', row?.id ?? id, JOINED, 'success');
    }
    case 'swap-ask':
    case 'swap-agree':
    case 'swap-refuse':
    case 'swap-drop': {
      const act = SWAP_ACTS[wanted.a];
      const done = await actOnSwap(work, setup, id, person.id, act);
      return shown(talk, 'swap', id, done ? SWAPPED[act] : PASSED, done ? 'success' : 'info');
    }
    case 'closure-close':
    case 'closure-drop':
    case 'closure-allow':
    case 'closure-refuse':
    case 'closure-reopen': {
      const act = CLOSURE_ACTS[wanted.a];
      const done = await actOnClosure(work, setup, id, person.id, act);
      return shown(talk, 'closure', id, done ? CLOSED[act] : PASSED, done ? 'success' : 'info');
    }
    case 'bump-ask':
    case 'bump-drop':
    case 'bump-keep':
    case 'bump-give':
    case 'bump-move': {
      const act = BUMP_ACTS[wanted.a];
      const done = await actOnBump(work, setup, id, person.id, act, wanted.o ?? '', talk);
      return shown(talk, 'bump', id, done ? BUMPED[act] : PASSED, done ? 'success' : 'info');
    }
    case 'closure-move': {
      const moved = await moveAway(work, setup, id, person.id, wanted.o ?? '');
      const text = moved ? MOVED(moved.number) : PASSED;
      return shown(talk, 'closure', id, text, moved ? 'success' : 'info');
    }
    case 'spare-move': {
      const moved = await moveToSpare(work, setup, id, person.id, wanted.o ?? '');
      const text = moved ? MOVED(moved.number) : PASSED;
      return shown(talk, 'spare', id, text, moved ? 'success' : 'info');
    }
    default:
      return { toast: { look: 'error', text: INVALID } };
  }
}

const BUMP_ACTS = {
  'bump-ask': 'ask',
  'bump-drop': 'drop',
  'bump-keep': 'keep',
  'bump-give': 'give',
  'bump-move': 'move',
} as const;
const BUMPED: { readonly [act in BumpAct]: Words } = {
  ask: words('已发给对方', 'The other has been told'),
  drop: words('好的，不用了', 'Dropped'),
  keep: words('好的，您的预订不变', 'Yours stays as it is'),
  give: words('已让出，谢谢', 'Given away; thank you'),
  move: words('已改好，谢谢', 'Moved; thank you'),
};

const CLOSURE_ACTS = {
  'closure-close': 'close',
  'closure-drop': 'drop',
  'closure-allow': 'allow',
  'closure-refuse': 'refuse',
  'closure-reopen': 'reopen',
} as const;
const CLOSED: { readonly [act in ClosureAct]: Words } = {
  close: words('已办，受影响的人会收到通知', 'Done; everybody affected is told'),
  drop: words('好的，不办了', 'Dropped'),
  allow: words('已同意，受影响的人会收到通知', 'Allowed; everybody affected is told'),
  refuse: words('已不同意', 'Refused'),
  reopen: words('已重新开放，已通知大家', 'Open again; everybody was told'),
};
const MOVED = (number: string): Words => words(`${number} 已改好`, `${number} has moved`);

const SWAP_ACTS = {
  'swap-ask': 'ask',
  'swap-agree': 'agree',
  'swap-refuse': 'refuse',
  'swap-drop': 'drop',
} as const;
const SWAPPED: { readonly [act in SwapAct]: Words } = {
  ask: words('已发给对方，同意后两边一起换', 'Asked; both move together once they agree'),
  agree: words('已交换，双方的参会人会收到通知', 'Exchanged; everybody invited is told'),
  refuse: words('好的，不换', 'It stays as it is'),
  drop: words('好的，不换了', 'Dropped'),
};

const submitted = (number: string): Words => words(`已提交 ${number}`, `Submitted ${number}`);
const LEFT = words('好的，已不再排队', 'You are out of the line');
const JOINED = words('已排上，空出来就告诉您', 'You are in line; I will tell you');
const PASSED = words('这个已经不在了，请看最新的', 'That is gone; please see how it stands now');
const NOT_FOUND = words('没有找到您的这件事', 'There is nothing of yours like that');

async function shown(
  talk: Talk,
  sort: Sharing,
  id: number,
  text: Words,
  look: Toast['look'],
): Promise<Tapped> {
  const { work, setup, person } = talk;
  const drawn = await drawSharing(work.tx, { sort, id }, person.id, setup.rules, talk);
  if (!drawn) return { toast: { look: 'error', text: NOT_FOUND } };
  return {
    toast: { look, text },
    card: drawn.card,
    subject: { name: drawn.subject, version: drawn.version },
  };
}

/**
 * 排队 on a draft that nothing is free for: it becomes a place in line. Undefined when that cannot be: another thing is missing, or it
 * can be had after all.
 */
async function queueDraft(
  talk: Talk,
  draft: Draft,
  prepared: Prepared<StoredForm>,
  gaps: readonly string[],
): Promise<number | undefined> {
  const { work, setup, person } = talk;
  const period = periodIn(prepared.form);
  if (prepared.mayQueue !== true || !period || gaps.some((field) => field !== 'room'))
    return undefined;
  const room = await roomWanted(work.tx, setup.rules, prepared.form);
  const { from, to } = period;
  const { channel } = draft;
  const form = prepared.form;
  const row = await joinLine(work, setup, { person: person.id, channel, room, from, to, form });
  await closeDraft(work, draft, 'cancelled');
  return row.id;
}

/** 排队 by the button: the draft's card becomes that of the place in line. */
export async function queueTapped(
  tap: Tap,
  draft: Draft,
  prepared: Prepared<StoredForm>,
  gaps: readonly string[],
): Promise<Tapped | undefined> {
  const id = await queueDraft(tap.talk, draft, prepared, gaps);
  return id === undefined ? undefined : shown(tap.talk, 'wish', id, JOINED, 'success');
}

/** The same by words: the draft's card loses its buttons. */
export async function queueSaid(
  talk: Talk,
  draft: Draft,
  prepared: Prepared<StoredForm>,
  gaps: readonly string[],
): Promise<number | undefined> {
  const id = await queueDraft(talk, draft, prepared, gaps);
  if (id !== undefined) await oweClosed(talk, draft);
  return id;
}
