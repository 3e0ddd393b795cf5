import { z } from 'zod';
import { attempt, type Work, actingAs } from '../../db/work.ts';
import { type Text, type Words, words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import type { IncomingTap, TapAnswer } from '../channels/channel.ts';
import { looksOf, showing } from '../delivery/outcome.ts';
import { personAt } from '../directory/people.ts';
import { STRANGER } from '../../cards/answers.ts';
import { BULK_ACTS, bulkDoneCard } from '../../cards/bulk.ts';
import { actOnListed, readListed } from './bulk.ts';
import type { Setup } from '../filing/move.ts';
import { ROOM_DAY } from '../requests/room/day.ts';
import { elsewhereOf } from './elsewhere.ts';
import { tapAssets } from './asset-taps.ts';
import { tapDraft } from './draft-taps.ts';
import { tapFeed } from './feed-words.ts';
import { tapImport } from './imports.ts';
import type { Names } from './names.ts';
import { tapMaterial, tapMeeting } from './meeting-taps.ts';
import { hear } from './message.ts';
import { tapActions, tapMinutes } from './minutes-taps.ts';
import { INVALID } from './outcomes.ts';
import { hearAs, noteNotUnderstood, tapChange } from './rereading.ts';
import { tapQuiet } from './quiet.ts';
import { tapAskOffice, tapQuestion } from './question-taps.ts';
import { companionSubject, tapCompanion } from './trip-taps.ts';
import { tapRequest } from './request-taps.ts';
import { roomDayListed, tapRoomBook } from './room-words.ts';
import { roundSubject, tapRound } from './rounds.ts';
import { stockSubject, tapStock } from './stock-taps.ts';
import { sharingSubject, tapSharing } from './sharing-taps.ts';
import { answer, hearingAt, type Talk } from './talk.ts';
import { undoTogether } from './undo.ts';
import { drawView } from './views.ts';

/** A text as our own buttons carry it: nothing in it that no database takes. */
const written = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u);

/**
 * A button's value as it comes back: a wish, checked for shape only. Numbers are ours or nothing. Keys are short because platforms bound the
 * size of cards: `a` what is wished; about which request (`r`), draft (`d`), question (`q`), meeting (`m`), material (`k`), minutes (`w`),
 * action item (`i`) or matter of rooms that are shared (`g`, its sort before the hyphen of `a`); `n` its version, `s` the step, `o` what of it, `t` a text, `l` a list and `f` from where on.
 */
export const wish = z.strictObject({
  v: z.literal(1),
  a: written(30),
  r: z.number().int().positive().optional(),
  d: z.number().int().positive().optional(),
  q: z.number().int().positive().optional(),
  m: z.number().int().positive().optional(),
  g: z.number().int().positive().optional(),
  k: z.number().int().positive().optional(),
  w: z.number().int().positive().optional(),
  i: z.number().int().positive().optional(),
  n: z.number().int().nonnegative().optional(),
  s: written(60).optional(),
  o: written(40).optional(),
  t: written(300).optional(),
  l: written(40).optional(),
  f: z.number().int().nonnegative().max(100_000).optional(),
});
export type TapWish = z.infer<typeof wish>;

/** A tap on its way: who tapped which message, with what filled in. */
export type Tap = { readonly talk: Talk; readonly incoming: IncomingTap };

/** What a tap leads to: an answer, and which card the tapped message shows from now on. */
export type Tapped = TapAnswer & {
  readonly subject?: { readonly name: string; readonly version: number };
};

/** What a tap sets off, in the transaction that claimed its key. The answer is stored with the claim by the caller. */
export async function receiveTap(
  work: Work,
  setup: Setup,
  names: Names,
  incoming: IncomingTap,
): Promise<TapAnswer> {
  const person = await personAt(work.tx, incoming.from);
  if (!person) {
    await record(work, 'refused.stranger', 'office', { after: { channel: incoming.from.channel } });
    return { toast: { look: 'error', text: STRANGER } };
  }
  const elsewhere = await elsewhereOf(work.tx, setup.rules, person.id);
  const parsed = wish.safeParse(incoming.value);
  const talk: Talk = {
    work: actingAs(work, person.id),
    setup,
    person,
    address: incoming.from,
    chat: 'private', // cards stand in the private chat, also when the wish was said in a group
    answers: { count: 0 },
    ...hearingAt(work.now, setup.rules.timeZone, elsewhere),
  };
  if (!parsed.success || (await aboutAnother(talk, incoming, parsed.data))) {
    await record(talk.work, 'refused.tampered', 'office', { after: { person: person.id } });
    return error(INVALID.zh, INVALID.en);
  }
  const { subject, ...answer } = await carryOut({ talk, incoming }, names, parsed.data);
  if (subject && incoming.message) {
    // The answer is the card's new look: nothing that looks the same is sent after it. Whoever does not get it is told by their
    // client that the tap failed, taps again, and gets it then.
    await showing(talk.work, {
      person: person.id,
      subject: subject.name,
      channel: incoming.from.channel,
      message: incoming.message,
      version: subject.version,
      looks: answer.card
        ? looksOf({ send: { card: answer.card }, language: person.language })
        : null,
    });
  }
  return { ...answer, language: person.language };
}

const error = (zh: string, en: string): TapAnswer => ({
  toast: { look: 'error', text: words(zh, en) },
});

/** The tapped message is known as the living card of something else: the value was tampered with. */
async function aboutAnother(talk: Talk, incoming: IncomingTap, wanted: TapWish): Promise<boolean> {
  if (incoming.message === undefined) return false;
  const shown = await talk.work.tx
    .selectFrom('shown_card')
    .select('subject')
    .where('channel', '=', incoming.from.channel)
    .where('message', '=', incoming.message)
    .execute();
  const meant = subjectOf(wanted);
  return shown.length > 0 && meant !== undefined && !shown.some((row) => row.subject === meant);
}

function subjectOf(wanted: TapWish): string | undefined {
  const { a, r, d, q, m, w, o } = wanted;
  if (r !== undefined) return `request:${r}`;
  if (d !== undefined) return `draft:${d}`;
  if (q !== undefined) return `question:${q}`;
  if (m !== undefined && a.startsWith('cal-')) return `drift:${m}`;
  if (m !== undefined)
    return a.endsWith('prepared') ? `preparation:${m}:${o ?? ''}` : `meeting:${m}`;
  if (w !== undefined) return `minutes:${w}`;
  return (
    sharingSubject(wanted) ??
    companionSubject(wanted) ??
    roundSubject(wanted) ??
    stockSubject(wanted)
  );
}

async function carryOut(tap: Tap, names: Names, wanted: TapWish): Promise<Tapped> {
  const { talk, incoming } = tap;
  const tried = await attempt(talk.work, async (): Promise<Tapped> => {
    if (wanted.d !== undefined) return tapDraft(tap, names, wanted, wanted.d);
    if (wanted.r !== undefined && wanted.a === 'change')
      return tapChange(talk, names, wanted.r, wanted.t ?? '');
    if (wanted.r !== undefined) return tapRequest(tap, wanted, wanted.r);
    const round = await tapRound(tap, wanted);
    if (round) return round;
    const stock = (await tapStock(tap, wanted)) ?? (await tapAssets(tap, wanted));
    if (stock) return stock;
    const companion = await tapCompanion(tap, wanted);
    if (companion) return companion;
    if (wanted.q !== undefined) return tapQuestion(tap, wanted, wanted.q);
    if (wanted.m !== undefined) return tapMeeting(tap, wanted, wanted.m);
    if (wanted.a === 'import' || wanted.a === 'import-not') return tapImport(talk, wanted);
    if (wanted.g !== undefined) return tapSharing(tap, wanted, wanted.g);
    if (wanted.k !== undefined) return tapMaterial(tap, wanted, wanted.k);
    if (wanted.w !== undefined) return tapMinutes(tap, names, wanted, wanted.w);
    if (wanted.i !== undefined || wanted.a === 'actions') return tapActions(tap, wanted);
    switch (wanted.a) {
      case 'say':
        await hear(talk, names, wanted.t ?? '');
        return {};
      case 'as':
        await hearAs(talk, names, wanted.t ?? '', wanted.l ?? '');
        return {};
      case 'bulk':
        return bulk(talk, wanted);
      case 'undo':
        return undone(talk, Number(wanted.o));
      case 'list':
        return list(talk, wanted);
      case 'quiet':
        return tapQuiet(talk, wanted.l ?? '', incoming.answers);
      case 'feed-revoke':
        return tapFeed(talk, Number(wanted.o));
      case 'room-book':
        return tapRoomBook(talk, wanted.t ?? '');
      case 'waited':
        return waited(talk, wanted.t ?? '');
      case 'ask-office':
        await noteNotUnderstood(talk, names, wanted.t ?? '');
        return tapAskOffice(talk, wanted.t ?? '');
      default:
        return error(INVALID.zh, INVALID.en);
    }
  });
  if ('done' in tried) return tried.done;
  return { toast: { look: 'error', text: spoken(tried.refused.what, tried.refused.next) } };
}

const spoken = (what: { zh: string; en: string }, next?: { zh: string; en: string }): Text =>
  next ? words(`${what.zh}。${next.zh}`, `${what.en}. ${next.en}`) : what;

/** Another page of a list, drawn as its first one was. A bundle is only ever its own person's. */
async function list(talk: Talk, { l = '', f: first = 0, n: seen }: TapWish): Promise<Tapped> {
  const [name, which = '', status = ''] = l.split(':');
  const page = { first, ...(seen === undefined ? {} : { seen }) };
  const { work, setup, person } = talk;
  if (name === ROOM_DAY) return roomDayListed(talk, which, status, page);
  const view =
    name === 'bundle'
      ? { view: 'bundle', bundle: Number(which), ...page }
      : name === 'tasks'
        ? { view: 'tasks', ...page }
        : { view: 'requests', ...page, kind: which, status };
  if (name === 'bundle' && !Number.isSafeInteger(Number(which))) return gone;
  const drawn = await drawView(work.tx, view, person.id, setup.rules, work.now, setup.links);
  return drawn && 'send' in drawn && 'card' in drawn.send ? { card: drawn.send.card } : gone;
}

/** One of the messages that waited, on its own. */
async function waited(talk: Talk, id: string): Promise<Tapped> {
  if (!z.uuid().safeParse(id).success) return gone;
  const row = await talk.work.tx
    .selectFrom('delivery')
    .select('view')
    .where('id', '=', id)
    .where('person_id', '=', talk.person.id)
    .where('bundle', 'is not', null)
    .executeTakeFirst();
  if (!row) return gone;
  // Asked for by itself it is shown as it stands, also when there is nothing left to do.
  await answer(talk, { ...row.view, waits: false });
  return {};
}

const gone: Tapped = {
  toast: { look: 'info', text: words('这些都已经处理完了', 'All of it has been dealt with') },
};

/** 「同意这 3 项」, 「全部接单（2）」 under a list: each is asked for itself, now. */
async function bulk(talk: Talk, { t: listed = '', o = 'approve' }: TapWish): Promise<Tapped> {
  const requests = readListed(listed);
  const act = BULK_ACTS.find((each) => each === o);
  if (!requests || !act) return error(INVALID.zh, INVALID.en);
  const { text, undo } = await actOnListed(talk, act, requests);
  return { toast: { look: 'info', text }, card: bulkDoneCard(text, undo) };
}

/** 撤销 under what became of them: each that still can be. */
async function undone(talk: Talk, deed: number): Promise<Tapped> {
  if (!Number.isSafeInteger(deed)) return error(INVALID.zh, INVALID.en);
  const { done, toast } = await undoTogether(talk, deed);
  return { toast, ...(done ? { card: bulkDoneCard(asWords(toast.text)) } : {}) };
}

const asWords = (text: Text): Words => (typeof text === 'string' ? words(text, text) : text);
