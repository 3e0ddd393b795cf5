import type { Words } from '../../cards/words.ts';
import { words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { readRequest } from '../filing/store.ts';
import type { StoredForm } from '../requests/kind.ts';
import { drawDraft, type DraftLook, lookAt, offerKey } from './draft-view.ts';
import { askingFor, closeDraft, type Draft, lockDraft, requestOf, reviseDraft } from './drafts.ts';
import { joinWith } from './joining.ts';
import { drawRequest } from './request-view.ts';
import type { Names } from './names.ts';
import { readDraftAgain } from './next-reading.ts';
import { noteEdited } from './rereading.ts';
import { queueTapped } from './sharing-taps.ts';
import { submitDraft } from './submitting.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

/** A tap on the card of a draft: only its owner's counts. */
export async function tapDraft(
  tap: Tap,
  names: Names,
  wanted: TapWish,
  id: number,
): Promise<Tapped> {
  const { talk } = tap;
  const draft = await lockDraft(talk.work.tx, id);
  if (!draft || draft.person_id !== talk.person.id) {
    await record(talk.work, 'refused.draft', `draft:${id}`);
    return { toast: { look: 'error', text: words('这张草稿不是您的', 'This is not your draft') } };
  }
  if (draft.state === 'submitted') return alreadySubmitted(tap, draft);
  if (draft.state !== 'open') return shown(tap, draft, { look: 'info', text: OVER });
  switch (wanted.a) {
    case 'submit':
      // What is submitted is what was on the card.
      return wanted.n === draft.version
        ? submitTapped(tap, draft)
        : shown(tap, draft, { look: 'warning', text: NEWER }, { remark: NEWER });
    case 'edit':
      return { ...(await shown(tap, draft, undefined, { editing: true })) };
    case 'cancel-draft':
      await closeDraft(talk.work, draft, 'cancelled');
      return shown(
        tap,
        { ...draft, state: 'cancelled' },
        { look: 'info', text: words('已取消', 'Cancelled') },
      );
    case 'not-meant':
      return notMeant(tap, names, draft);
    case 'queue':
      return queue(tap, draft);
    case 'offer':
      return takeOffer(tap, draft, wanted.o);
    default:
      return shown(tap, draft);
  }
}

const NEWER = words(
  '草稿已更新，请看过再提交',
  'The draft has changed; please look before submitting',
);
const OVER = words('这张草稿已经关闭，需要的话再说一遍', 'This draft is closed; just ask again');

const NO_LINE = words(
  '现在不用排队：有空的可以直接选，缺的请先补上',
  'There is no line now: choose what is free, or fill in what is missing first',
);

async function submitTapped(tap: Tap, draft: Draft): Promise<Tapped> {
  const { talk, incoming } = tap;
  const answers = Object.keys(incoming.answers).length > 0 ? incoming.answers : undefined;
  const result = await submitDraft(talk, draft, answers, true);
  if (answers) await noteEdited(talk, draft);
  if ('draft' in result) {
    return shown(
      tap,
      result.draft,
      { look: 'warning', text: result.remark },
      { remark: result.remark },
    );
  }
  const { request, told: text } = result;
  return {
    toast: { look: 'success', text },
    card: await drawRequest(talk.work.tx, request, talk.person.id, talk.setup.rules, talk),
    subject: { name: `request:${request.id}`, version: request.version },
  };
}

/** Their place in line for it; when there is none to stand in, the card shows why. */
async function queue(tap: Tap, draft: Draft): Promise<Tapped> {
  const { prepared, gaps } = await lookAt(draft, askingFor(tap.talk, draft.changes_request_id));
  const fields = gaps.map(({ field }) => field);
  const queued =
    draft.changes_request_id === null && (await queueTapped(tap, draft, prepared, fields));
  return queued || shown(tap, draft, { look: 'warning', text: NO_LINE }, { remark: NO_LINE });
}

/** The offered change, found by what it sets; one that is gone meanwhile is said, and the card shows what there is now. */
async function takeOffer(tap: Tap, draft: Draft, key: string | undefined): Promise<Tapped> {
  const { prepared } = await lookAt(draft, askingFor(tap.talk, draft.changes_request_id));
  const offer = prepared.offers?.find(({ set }) => offerKey(set) === key);
  if (!offer) {
    const gone = words(
      '这个选择已经没有了，请看最新的',
      'That choice is gone; please see the new ones',
    );
    return shown(tap, draft, { look: 'warning', text: gone }, { remark: gone });
  }
  if (offer.joins !== undefined) return joined(tap, draft, offer.joins);
  const form: StoredForm = { ...prepared.form, ...offer.set };
  const { draft: revised } = await reviseDraft(tap.talk, draft, form);
  return shown(tap, revised, { look: 'success', text: words('已更新', 'Updated') });
}

/** 「我也遇到了」: in the place of a second report the person watches the first. */
async function joined(tap: Tap, draft: Draft, id: number): Promise<Tapped> {
  const { talk } = tap;
  const { work, setup, person } = talk;
  const request = await joinWith(talk, draft, id);
  if (!request) {
    const over = words('那一单已经修好了，请提交您的', 'That one is done; please submit yours');
    return shown(tap, draft, { look: 'warning', text: over }, { remark: over });
  }
  return {
    toast: {
      look: 'success',
      text: words(
        `已加入 ${request.number}，有进展会告诉您`,
        `You are with ${request.number} now and will hear how it goes on`,
      ),
    },
    card: await drawRequest(work.tx, request, person.id, setup.rules, talk),
    subject: { name: `request:${request.id}`, version: request.version },
  };
}

/** 「不是这个意思」 by the button: this draft is closed, and its sentence read in the next best way, as when it is said. */
async function notMeant(tap: Tap, names: Names, draft: Draft): Promise<Tapped> {
  const { talk } = tap;
  if (draft.said === null) return shown(tap, draft);
  await readDraftAgain(talk, await names.lexicon(talk.work.tx), draft, draft.said);
  return shown(
    tap,
    { ...draft, state: 'cancelled' },
    { look: 'info', text: words('换一种理解', 'Read another way') },
  );
}

/** Tapped again after it was submitted (a double tap, an old card): the request it became. */
async function alreadySubmitted(tap: Tap, draft: Draft): Promise<Tapped> {
  const { tx } = tap.talk.work;
  const id = await requestOf(tx, draft);
  const request = id === undefined ? undefined : await readRequest(tx, id);
  const text = words('已经提交过了', 'Already submitted');
  if (!request) return { toast: { look: 'info', text } };
  const card = await drawRequest(tx, request, tap.talk.person.id, tap.talk.setup.rules, tap.talk);
  return { toast: { look: 'info', text }, card };
}

async function shown(
  { talk }: Tap,
  draft: Draft,
  toast?: { readonly look: 'info' | 'success' | 'warning'; readonly text: Words },
  look: DraftLook = {},
): Promise<Tapped> {
  const card = await drawDraft(draft, askingFor(talk, draft.changes_request_id), look);
  return {
    ...(toast ? { toast } : {}),
    card,
    subject: { name: `draft:${draft.id}`, version: draft.version },
  };
}
