/** Taps on the store room's cards. What a button is about stands in `l`: `receipt:12`. */
import type { Answers, Toast } from '../../cards/card.ts';
import { Refusal } from '../../cards/refusal.ts';
import { type Words, words } from '../../cards/words.ts';
import { answerText } from '../requests/fields/answers.ts';
import {
  dropReceipt,
  type Inspected,
  readReceipt,
  type Receipt,
  shelve,
  takeIn,
} from '../supplies/receiving.ts';
import { agree, count, dropTake, readTake, type StockTake } from '../supplies/counting.ts';
import { drawTake } from '../supplies/take-view.ts';
import { followDelivery } from '../supplies/purchasing.ts';
import { drawReceipt } from '../supplies/stock.ts';
import { isKeeper } from '../supplies/office.ts';
import { onLoan } from './loan-taps.ts';
import { onPurchase, purchaseList } from './purchase-taps.ts';
import { onWriteOff } from './write-off-taps.ts';
import { ALREADY, done, gone, notTheirs, numberIn } from './stock-answers.ts';
import type { Talk } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import { undoHere, undoShown } from './undo.ts';

const SUBJECT = /^(receipt|take|purchase|loan|off):([1-9]\d{0,14})$/;

/** What a button of theirs is about: `receipt:12`. */
export const stockSubject = ({ l }: TapWish): string | undefined =>
  SUBJECT.test(l ?? '') ? l : undefined;

/** A tap on one of their cards; undefined when it is none of theirs. */
export async function tapStock(tap: Tap, wanted: TapWish): Promise<Tapped | undefined> {
  if (wanted.a === 'purchases') return purchaseList(tap, wanted);
  const [, sort, number] = SUBJECT.exec(wanted.l ?? '') ?? [];
  const id = Number(number);
  if (sort === 'receipt') return onReceipt(tap, wanted.a, id);
  if (sort === 'take') return onTake(tap, wanted, id);
  if (sort === 'loan') return onLoan(tap, wanted.a, id);
  if (sort === 'off') return onWriteOff(tap, wanted.a, id);
  return sort === 'purchase' ? onPurchase(tap, wanted.a, id) : undefined;
}

function inspected(answers: Answers): Inspected {
  const quantity = numberIn(answers, 'quantity', words('完好数量', 'Good ones'));
  const yuan = numberIn(answers, 'yuan', words('货款合计', 'Price'));
  const supplier = answerText('supplier', answers)?.slice(0, 60);
  const score = Number(answerText('score', answers) ?? '');
  if (quantity === undefined || yuan === undefined)
    throw new Refusal(
      'receipt.missing',
      words('请填写数量和货款', 'Please fill in quantity and price'),
    );
  return {
    quantity: Math.round(quantity * 1_000) / 1_000,
    damaged: numberIn(answers, 'damaged', words('破损数量', 'Damaged ones')) ?? 0,
    value: Math.round(yuan * 100),
    supplier,
    score: Number.isInteger(score) && score >= 1 && score <= 5 ? score : undefined,
  };
}

async function onReceipt({ talk, incoming }: Tap, act: string, id: number): Promise<Tapped> {
  const { work, setup, person } = talk;
  const { rules } = setup;
  const before = await readReceipt(work.tx, id);
  if (!before) return gone;
  if (!(await isKeeper(work, rules, person.id))) return notTheirs(talk);
  if (act === 'undo') {
    const { toast } = await undoShown(talk, `receipt:${id}`, undefined);
    return receiptShown(talk, (await readReceipt(work.tx, id)) ?? before, toast);
  }
  const now =
    act === 'receive' && before.state === 'draft'
      ? await takeIn(work, rules, person.id, id, inspected(incoming.answers))
      : act === 'receive-not'
        ? await dropReceipt(work, rules, person.id, id)
        : act === 'shelved'
          ? await shelve(work, rules, person.id, id)
          : before;
  if (!now) return gone;
  if (now.purchase_id !== null) await followDelivery(work, now.purchase_id);
  const changed = now.version !== before.version;
  const text =
    act === 'shelved'
      ? words('已上架', 'In its place')
      : now.state === 'in'
        ? words('已入库', 'Taken in')
        : words('没有入库', 'Nothing was taken in');
  return receiptShown(talk, now, changed ? done(text) : ALREADY);
}

async function receiptShown(talk: Talk, receipt: Receipt, toast: Toast): Promise<Tapped> {
  const subject = `receipt:${receipt.id}` as const;
  const { version } = receipt;
  const mayUndo = await undoHere(talk, subject, version);
  const card = await drawReceipt(talk.work.tx, receipt, talk, mayUndo);
  return { card, subject: { name: subject, version }, toast };
}

async function onTake(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const { work, setup, person } = tap.talk;
  const before = await readTake(work.tx, id);
  if (!before) return gone;
  if (!(await isKeeper(work, setup.rules, person.id))) return notTheirs(tap.talk);
  if (wanted.a === 'undo') {
    const { toast } = await undoShown(tap.talk, `take:${id}`, undefined);
    return takeShown(tap.talk, (await readTake(work.tx, id)) ?? before, toast);
  }
  const now = (await takeActed(tap, wanted, id)) ?? before;
  const told = now.version === before.version ? ALREADY : done(TAKE_TOLD[now.state]);
  return takeShown(tap.talk, now, told);
}

async function takeShown(talk: Talk, take: StockTake, toast: Toast): Promise<Tapped> {
  const subject = `take:${take.id}` as const;
  const { version } = take;
  const mayUndo = await undoHere(talk, subject, version);
  const card = await drawTake(talk.work.tx, take, talk.person.id, mayUndo);
  return { card, subject: { name: subject, version }, toast };
}

const TAKE_TOLD: { readonly [state in StockTake['state']]: Words } = {
  counting: words('已记下', 'Noted'),
  agreeing: words('数完了，差异等另一位行政同意', 'Counted; somebody else has to agree'),
  done: words('盘点完成', 'The stock-take is done'),
  dropped: words('已放弃，库存没有变', 'Given up; stock did not change'),
};

async function takeActed(
  { talk, incoming }: Tap,
  { a, f: item }: TapWish,
  id: number,
): Promise<StockTake | undefined> {
  const { work, setup, person } = talk;
  switch (a) {
    case 'take-count': {
      const counted = numberIn(incoming.answers, 'counted', words('实数', 'Counted'));
      if (counted === undefined || item === undefined)
        throw new Refusal('take.count', words('请填写实数', 'Please fill in what you counted'));
      return count(work, setup, person.id, { take: id, item, counted });
    }
    case 'take-skip':
      return item === undefined
        ? undefined
        : count(work, setup, person.id, { take: id, item, counted: 'skip' });
    case 'take-agree':
    case 'take-again':
      return agree(work, setup, person.id, id, a === 'take-agree');
    case 'take-drop':
      return dropTake(work, person.id, id);
    default:
      return undefined;
  }
}
