import type { Toast } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { peopleById } from '../directory/people.ts';
import { actOnItem, type ItemWish } from '../minutes/acting.ts';
import { correct, dateIn, type HandedOut, handOut } from '../minutes/correcting.ts';
import { addEmptyItem, draftOf, waive } from '../minutes/drafting.ts';
import {
  type ActionsLook,
  drawActions,
  drawMinutes,
  type MinutesLook,
} from '../minutes/drawing.ts';
import { isToHandOut, itemsOf, lockMinutes, type Minutes, readItem } from '../minutes/store.ts';
import { showEverywhere } from '../minutes/telling.ts';
import { answerText } from '../requests/fields/answers.ts';
import { foundText } from './minutes-words.ts';
import type { Names } from './names.ts';
import { NOT_FOUND } from './outcomes.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import { undoShown } from './undo.ts';

const notFound: Tapped = { toast: { look: 'error', text: NOT_FOUND } };

/** A tap on the card of minutes. Only their host corrects them and hands their items out. */
export async function tapMinutes(
  tap: Tap,
  names: Names,
  wanted: TapWish,
  id: number,
): Promise<Tapped> {
  const { work, person } = tap.talk;
  const minutes = await lockMinutes(work.tx, id);
  if (!minutes || minutes.host_id !== person.id) {
    await record(work, 'refused.minutes', minutes ? `minutes:${id}` : 'office');
    return notFound;
  }
  switch (wanted.a) {
    case 'minutes-give':
      return given(tap, names, minutes);
    case 'minutes-none':
      return waived(tap, minutes);
    case 'minutes-save':
    case 'minutes-page':
    case 'minutes-add':
    case 'minutes-confirm':
      return corrected(tap, minutes, wanted);
    default:
      return shown(tap, minutes);
  }
}

const warning = (zh: string, en: string): Toast => ({ look: 'warning', text: words(zh, en) });

async function given({ talk, incoming }: Tap, names: Names, minutes: Minutes): Promise<Tapped> {
  const tap = { talk, incoming };
  const text = answerText('text', incoming.answers) ?? '';
  if (minutes.state !== 'asked' && minutes.state !== 'waived') return shown(tap, minutes);
  if (text === '')
    return shown(
      tap,
      minutes,
      warning('请先写纪要，或直接发给我', 'Please write the minutes first, or just send them'),
    );
  const { people } = await names.lexicon(talk.work.tx);
  const reader = { now: talk.now, people };
  const drafted = await draftOf(talk.work, talk.setup, minutes, text, reader);
  const look = { remark: foundText(drafted.found) };
  return shown(
    tap,
    drafted.minutes,
    { look: 'success', text: words('已收到纪要', 'Minutes received') },
    look,
  );
}

async function waived(tap: Tap, minutes: Minutes): Promise<Tapped> {
  if (minutes.state !== 'asked') return shown(tap, minutes);
  const next = await waive(tap.talk.work, minutes);
  return shown(tap, next, {
    look: 'success',
    text: words('好的，这次无需纪要', 'All right, no minutes this time'),
  });
}

/** What was filled in is kept by every button of the form; confirming also hands out what is complete. */
async function corrected(tap: Tap, minutes: Minutes, wanted: TapWish): Promise<Tapped> {
  const { work, setup } = tap.talk;
  if (minutes.state === 'asked' || minutes.state === 'waived') return shown(tap, minutes);
  const first = wanted.f ?? 0;
  const { unknown } = await correct(
    work,
    setup,
    minutes,
    tap.incoming.answers,
    await ownerNames(tap, minutes),
  );
  if (wanted.a === 'minutes-add') {
    await addEmptyItem(work, minutes);
    const open = (await itemsOf(work.tx, minutes.id)).filter(isToHandOut);
    return shown(tap, minutes, undefined, { first: open.length - 1 });
  }
  if (wanted.a !== 'minutes-confirm')
    return shown(tap, minutes, unknownToast(unknown) ?? savedToast(wanted), { first });
  const handed = await handOut(work, setup, minutes);
  await showEverywhere(work, setup, handed.minutes, handed.handed, {
    tapped: { person: tap.talk.person.id, subject: `minutes:${minutes.id}` },
  });
  const text = handedText(handed, unknown);
  const look = handed.left > 0 ? 'warning' : 'success';
  return shown(tap, handed.minutes, { look, text }, handed.left > 0 ? { remark: text } : {});
}

const ownerNames = async (
  { talk }: Tap,
  minutes: Minutes,
): Promise<ReadonlyMap<number, string>> => {
  const items = await itemsOf(talk.work.tx, minutes.id);
  const people = await peopleById(
    talk.work.tx,
    items.flatMap(({ owner_id }) => owner_id ?? []),
  );
  return new Map([...people].map(([id, { name }]) => [id, name]));
};

const savedToast = ({ a }: TapWish): Toast | undefined =>
  a === 'minutes-save' ? { look: 'success', text: words('已保存', 'Saved') } : undefined;

const unknownToast = (unknown: readonly string[]): Toast | undefined =>
  unknown.length === 0
    ? undefined
    : warning(
        `责任人请再确认：${unknown.join('、')}（没有找到，或有几位同名）`,
        `Please check the owner: ${unknown.join(', ')} (nobody, or several, of that name)`,
      );

function handedText({ handed, left }: HandedOut, unknown: readonly string[]): Words {
  const who =
    unknown.length === 0
      ? words('', '')
      : words(`（${unknown.join('、')} 请再确认）`, ` (please check ${unknown.join(', ')})`);
  const rest = words(`还有 ${left} 项待补齐才能分派${who.zh}`, `${left} still incomplete${who.en}`);
  if (handed.length === 0) return left > 0 ? rest : words('纪要已确认', 'Minutes confirmed');
  const out = words(`已分派 ${handed.length} 项`, `${handed.length} handed out`);
  return left > 0 ? words(`${out.zh}，${rest.zh}`, `${out.en}, ${rest.en}`) : out;
}

async function shown(
  { talk }: Tap,
  minutes: Minutes,
  toast?: Toast,
  look: MinutesLook = {},
): Promise<Tapped> {
  const card = await drawMinutes(talk.work.tx, minutes, talk.person.id, talk, look);
  if (!card) return notFound;
  return {
    ...(toast ? { toast } : {}),
    card,
    subject: { name: `minutes:${minutes.id}`, version: minutes.version },
  };
}

/** A tap on a card of action items: a page, or something done with one of them. Who may is asked in `actOnItem`. */
export async function tapActions(tap: Tap, wanted: TapWish): Promise<Tapped> {
  const scope = scopeOf(wanted.l);
  const first = wanted.f ?? 0;
  const { i: id } = wanted;
  // Turning pages says how long the list was.
  const seen = wanted.a === 'actions' ? wanted.n : undefined;
  if (id === undefined || wanted.a === 'item-show')
    return actionsShown(tap, scope, undefined, { first, seen });
  if (wanted.a === 'item-ask-postpone' || wanted.a === 'item-ask-refuse') {
    const item = await readItem(tap.talk.work.tx, id);
    // A panel for what is not theirs any more would only be refused later.
    if (item?.owner_id !== tap.talk.person.id)
      return actionsShown(tap, scope, undefined, { first });
    const asks = wanted.a === 'item-ask-postpone' ? 'postpone' : 'refuse';
    return actionsShown(tap, scope, undefined, { first, panel: { item: id, asks } });
  }
  if (wanted.a === 'item-undo') {
    const { toast } = await undoShown(tap.talk, `action:${id}`, undefined, {
      person: tap.talk.person.id,
      subject: `actions:${scope}`,
    });
    return actionsShown(tap, scope, toast, { first });
  }
  const wish = wishOf(tap, wanted.a);
  if (!wish) return notFound;
  const { work, setup, person } = tap.talk;
  const tapped = { person: person.id, subject: `actions:${scope}` };
  const { done, item, text } = await actOnItem(work, setup, person.id, id, wish, tapped);
  if (!item) return { toast: { look: 'error', text } };
  const asks = wish.act === 'postpone' || wish.act === 'refuse' ? wish.act : undefined;
  const panel = done || !asks || item.state === 'done' ? {} : { panel: { item: id, asks } };
  const mayUndo = done && setup.rules.undoSeconds !== null;
  return actionsShown(
    tap,
    scope,
    { look: done ? 'success' : 'warning', text },
    { first, ...panel, ...(mayUndo ? { undo: { item: id, number: item.number ?? '' } } : {}) },
  );
}

const scopeOf = (l: string | undefined): number => {
  const scope = Number(l ?? 0);
  return Number.isSafeInteger(scope) && scope > 0 ? scope : 0;
};

function wishOf({ incoming }: Tap, a: string): ItemWish | undefined {
  const reason = clean(answerText('reason', incoming.answers) ?? '', 200);
  switch (a) {
    case 'item-done':
      return { act: 'done' };
    case 'item-doing':
      return { act: 'doing' };
    case 'item-postpone':
      return { act: 'postpone', due: dateIn(answerText('due', incoming.answers)), reason };
    case 'item-refuse':
      return { act: 'refuse', reason };
    default:
      return undefined;
  }
}

async function actionsShown(
  { talk }: Tap,
  scope: number,
  toast: Toast | undefined,
  look: ActionsLook,
): Promise<Tapped> {
  const card = await drawActions(talk.work.tx, talk.person.id, scope, talk, look);
  return { ...(toast ? { toast } : {}), card, subject: { name: `actions:${scope}`, version: 0 } };
}
