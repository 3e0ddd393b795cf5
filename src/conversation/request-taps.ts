import type { Toast } from '../../cards/card.ts';
import { words } from '../../cards/words.ts';
import { clean } from '../../cards/clean.ts';
import { record } from '../audit/record.ts';
import { act, mayRead, rate, type Wish } from '../filing/act.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { urge } from '../filing/urge.ts';
import { mayChange } from '../filing/change.ts';
import { answerText } from '../requests/fields/answers.ts';
import { drawDraft } from './draft-view.ts';
import { oweFiles } from './request-files.ts';
import { askingFor } from './drafts.ts';
import { denialText, doneText, NOT_FOUND, urgedText } from './outcomes.ts';
import { takingBack } from './own-requests.ts';
import { startChange } from './changing.ts';
import { askRequester, replyToOffice } from '../responses/questions.ts';
import { noteProgress } from './progress.ts';
import { followUpRating, isLow } from '../repairs/accepting.ts';
import { tapRepair, WHY_LOW } from './repair-taps.ts';
import { meetingOf } from '../meetings/store.ts';
import { meetingPanel, savePanel } from './meeting-panel.ts';
import { reshape, RESHAPES } from './reshaping.ts';
import { tapSeries } from './series-taps.ts';
import { actionsFor, drawRequest, type RequestLook } from './request-view.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import { answer } from './talk.ts';
import { undoShown } from './undo.ts';

/** Buttons that move a request, by what they are called in a card. */
const MOVES: { readonly [a: string]: Wish['act'] } = {
  approve: 'approve',
  reject: 'reject',
  return: 'return',
  transfer: 'transfer',
  add: 'add',
  copy: 'copy',
  reclaim: 'reclaim',
  resubmit: 'resubmit',
  claim: 'claim',
  complete: 'complete',
  'send-back': 'send-back',
  withdraw: 'withdraw',
  cancel: 'cancel',
};

/** A tap on the card of a request, or on a list that names it. Who may do it is asked here and now. */
export async function tapRequest(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const moving = Object.hasOwn(MOVES, wanted.a) ? MOVES[wanted.a] : undefined;
  if (moving && moving !== 'cancel') return moved(tap, wanted, id, moving);
  const request = await lockRequest(tap.talk.work.tx, id);
  const dates =
    request && mayRead(request, tap.talk.person.id) && (await tapSeries(tap, wanted, request));
  if (dates) return dates;
  if (moving) return moved(tap, wanted, id, moving);
  if (!request) return notFound;
  if (!mayRead(request, tap.talk.person.id)) {
    await record(tap.talk.work, 'refused.read', `request:${id}`);
    return notFound;
  }
  switch (wanted.a) {
    case 'take-back':
      return moved(tap, wanted, id, takingBack(request));
    case 'ask-transfer':
      return shown(tap, request, undefined, { panel: 'transfer' });
    case 'ask-return':
      return shown(tap, request, undefined, { panel: 'return' });
    case 'ask-add':
      return shown(tap, request, undefined, { panel: 'add' });
    case 'ask-copy':
      return shown(tap, request, undefined, { panel: 'copy' });
    case 'urge':
      return shown(
        tap,
        request,
        await urgedText(
          tap.talk.work.tx,
          await urge(tap.talk.work, tap.talk.setup, request),
          tap.talk,
        ),
      );
    case 'undo':
      return undone(tap, request, wanted.n);
    case 'note':
      return noted(tap, request);
    case 'ask-back':
      return askedBack(tap, request);
    case 'reply-back':
      return repliedBack(tap, request);
    case 'rate':
      return rated(tap, request);
    case 'files':
      return { toast: { look: 'info', text: await oweFiles(tap.talk, request) } };
    case 'below':
      // The list it was opened from stays as it is.
      await answer(tap.talk, { view: 'request', request: id });
      return {};
    case 'edit-request':
      return edited(tap, request);
    case 'ask-meeting':
      return asked(tap, request);
    case 'save-meeting':
      return saveMeeting(tap, request);
    default:
      return ofKind(tap, wanted, request);
  }
}

/** What only its kind offers; else the card as it is now. */
async function ofKind(tap: Tap, wanted: TapWish, request: Request): Promise<Tapped> {
  const reshaped = await tapBooking(tap, wanted, request);
  if (reshaped) return reshaped;
  const tapped = await tapRepair(tap, wanted, request);
  if (!tapped) return shown(tap, request);
  return shown(tap, tapped.request, tapped.toast, tapped.ask ? { ask: tapped.ask } : {});
}

/** 延长 and 提前结束 on the card of a booking whose meeting is under way; undefined for other buttons. */
async function tapBooking(
  tap: Tap,
  wanted: TapWish,
  request: Request,
): Promise<Tapped | undefined> {
  const act = RESHAPES.find((each) => each === wanted.a);
  if (request.kind !== 'room' || !act) return undefined;
  const { talk } = tap;
  const meeting = await meetingOf(talk.work.tx, request.id);
  if (!meeting) return notFound;
  const { done, text } = await reshape(talk, meeting, act, wanted.n === request.version);
  const after = (await lockRequest(talk.work.tx, request.id)) ?? request;
  return shown(tap, after, { look: done ? 'success' : 'warning', text });
}

const notFound: Tapped = { toast: { look: 'error', text: NOT_FOUND } };

async function moved(tap: Tap, wanted: TapWish, id: number, moving: Wish['act']): Promise<Tapped> {
  const { talk, incoming } = tap;
  const { work, setup, person } = talk;
  const to = Number(answerText('to', incoming.answers) ?? wanted.o ?? Number.NaN);
  const comment = clean(answerText('comment', incoming.answers) ?? '', 500);
  const acted = await act(
    work,
    setup,
    {
      request: id,
      person: person.id,
      act: moving,
      touched: true,
      answers: incoming.answers,
      ...(comment ? { comment } : {}),
      ...(Number.isSafeInteger(to) ? { to, people: [to] } : {}),
      ...placeIn(answerText('place', incoming.answers) ?? wanted.l),
      ...backTo(answerText('back', incoming.answers)),
      ...(wanted.s === undefined ? {} : { step: wanted.s }),
      ...(wanted.n === undefined ? {} : { version: wanted.n }),
    },
    talk,
  );
  if (!acted) return notFound;
  if (!acted.done) {
    const text = await denialText(work.tx, acted, talk);
    if (!mayRead(acted.request, person.id)) return { toast: { look: 'error', text } };
    return shown(tap, acted.request, { look: 'warning', text }, { remark: text });
  }
  const stars = moving === 'complete' && answerText('stars', incoming.answers) !== undefined;
  const rating = stars && (await rate(work, acted.request, person.id, incoming.answers));
  const request = rating ? await followedUp(tap, acted.request) : acted.request;
  if (isLow(request, setup)) return askedWhy(tap, request);
  return shown(tap, request, { look: 'success', text: doneText(moving, request.number) });
}

const placeIn = (answer: string | undefined): Pick<Wish, 'place'> =>
  answer === 'before' || answer === 'after' || answer === 'beside' ? { place: answer } : {};

const backTo = (answer: string | undefined): Pick<Wish, 'back'> =>
  answer === undefined ? {} : { back: answer };

/** A progress note by who works on it; the requester's card shows it. */
async function noted(tap: Tap, request: Request): Promise<Tapped> {
  const { talk, incoming } = tap;
  const text = clean(answerText('note', incoming.answers) ?? '', 200);
  if (text === '') {
    return shown(tap, request, {
      look: 'warning',
      text: words('请先写一句进展', 'Please write a line first'),
    });
  }
  if (!actionsFor(request, talk.person.id, talk.setup.rules, talk).note) {
    await record(talk.work, 'refused.note', `request:${request.id}`);
    const text = words('这一步不在您手上，没有记下', 'This step is not yours; nothing was noted');
    return shown(tap, request, { look: 'warning', text });
  }
  await noteProgress(talk, request, text);
  return shown(tap, request, { look: 'success', text: words('已记录', 'Noted') });
}

/** 等对方补充: what is written where a note would be goes to the requester as a question, and the clock of the answer stops. */
async function askedBack(tap: Tap, request: Request): Promise<Tapped> {
  const { work, setup, person } = tap.talk;
  const text = clean(answerText('note', tap.incoming.answers) ?? '', 200);
  if (text === '')
    return shown(tap, request, {
      look: 'warning',
      text: words('请先写一句要问什么', 'Please write what you need to know'),
    });
  if (await askRequester(work, setup, request, person.id, text))
    return shown(tap, request, {
      look: 'success',
      text: words('已问申请人，答复计时暂停', 'The requester was asked; the clock waits'),
    });
  await record(work, 'refused.ask-back', `request:${request.id}`);
  const nothing = words('现在不用等对方补充', 'Nothing is to be asked here now');
  return shown(tap, request, { look: 'warning', text: nothing });
}

async function repliedBack(tap: Tap, request: Request): Promise<Tapped> {
  const { work, setup, person } = tap.talk;
  const text = clean(answerText('reply', tap.incoming.answers) ?? '', 200);
  if (text === '')
    return shown(tap, request, {
      look: 'warning',
      text: words('请先写一句', 'Please write a line first'),
    });
  const theirs = request.requester_id === person.id;
  if (theirs && (await replyToOffice(work, setup, request, text)))
    return shown(tap, request, { look: 'success', text: words('已发给经办人', 'Sent') });
  return shown(tap, request, {
    look: 'warning',
    text: words('现在不用补充', 'Nothing is waited for from you here'),
  });
}

/** 撤销: the card as it was before, or why that cannot be any more. */
async function undone(tap: Tap, request: Request, version: number | undefined): Promise<Tapped> {
  const { toast } = await undoShown(tap.talk, `request:${request.id}`, version);
  const now = (await lockRequest(tap.talk.work.tx, request.id)) ?? request;
  return shown(tap, now, toast);
}

async function rated(tap: Tap, request: Request): Promise<Tapped> {
  const { talk, incoming } = tap;
  const done = await rate(talk.work, request, talk.person.id, incoming.answers);
  if (!done)
    return shown(tap, request, {
      look: 'warning',
      text: words('请先选几颗星', 'Please choose the stars first'),
    });
  const now = await followedUp(tap, request);
  if (isLow(now, talk.setup)) return askedWhy(tap, now);
  return shown(tap, now, { look: 'success', text: words('谢谢评价', 'Thank you') });
}

/** The request after its stars were given; a low rating is a task of the office from here on. */
async function followedUp({ talk }: Tap, request: Request): Promise<Request> {
  const now = (await lockRequest(talk.work.tx, request.id)) ?? request;
  return followUpRating(talk.work, talk.setup, now);
}

/** Who was not content is asked why at once. */
const askedWhy = (tap: Tap, request: Request): Promise<Tapped> =>
  shown(
    tap,
    request,
    { look: 'info', text: words('谢谢，行政主管会跟进', 'Thank you; the office will follow up') },
    { ask: WHY_LOW },
  );

/** 修改: a draft that changes the request takes the place of its card until it is submitted or cancelled. */
async function edited(tap: Tap, request: Request): Promise<Tapped> {
  const { talk } = tap;
  if (request.requester_id !== talk.person.id || !mayChange(request)) {
    return shown(tap, request, {
      look: 'warning',
      text: words('现在不能修改了', 'It can no longer be changed'),
    });
  }
  const draft = await startChange(talk, request);
  const card = await drawDraft(draft, askingFor(talk, request.id), { editing: true });
  return { card, subject: { name: `draft:${draft.id}`, version: draft.version } };
}

/** 参会与材料: inputs in the place of the card, until they are saved. */
async function asked(tap: Tap, request: Request): Promise<Tapped> {
  const card = await meetingPanel(tap.talk, request);
  if (!card)
    return shown(tap, request, {
      look: 'warning',
      text: words('现在不能补充了', 'Nothing can be added any more'),
    });
  return { card, subject: { name: `request:${request.id}`, version: request.version } };
}

async function saveMeeting(tap: Tap, request: Request): Promise<Tapped> {
  const { request: after, told } = await savePanel(tap.talk, request, tap.incoming.answers);
  return shown(tap, after, { look: 'success', text: told });
}

async function shown(
  { talk }: Tap,
  request: Request,
  toast?: Toast,
  look: RequestLook = {},
): Promise<Tapped> {
  const card = await drawRequest(
    talk.work.tx,
    request,
    talk.person.id,
    talk.setup.rules,
    talk,
    look,
  );
  return {
    ...(toast ? { toast } : {}),
    card,
    subject: { name: `request:${request.id}`, version: request.version },
  };
}
