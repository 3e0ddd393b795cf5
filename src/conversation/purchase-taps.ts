import type { Answers } from '../../cards/card.ts';
import { Refusal } from '../../cards/refusal.ts';
import { type Words, words } from '../../cards/words.ts';
import { answerText } from '../requests/fields/answers.ts';
import { drawPurchase, drawPurchases } from '../supplies/purchase-view.ts';
import {
  addQuote,
  arrived,
  decide,
  dropPurchase,
  order,
  type Purchase,
  readPurchase,
} from '../supplies/purchasing.ts';
import { isKeeper } from '../supplies/office.ts';
import { ALREADY, done, gone, notTheirs, numberIn } from './stock-answers.ts';
import { answer } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

/** Another page of the purchase list. */
export async function purchaseList({ talk }: Tap, { f = 0, n }: TapWish): Promise<Tapped> {
  const { work, setup, person } = talk;
  if (!(await isKeeper(work, setup.rules, person.id))) return notTheirs(talk);
  return { card: await drawPurchases(work.tx, { first: f, seen: n }) };
}

/** A tap on a purchase: by who keeps the store room, or who decides about its price. */
export async function onPurchase(tap: Tap, act: string, id: number): Promise<Tapped> {
  const { talk } = tap;
  const { work, setup, person } = talk;
  const before = await readPurchase(work.tx, id);
  if (!before) return gone;
  if (!(await drawPurchase(work.tx, before, person.id, setup.rules, work.now)))
    return notTheirs(talk);
  if (act === 'purchase-show') {
    await answer(talk, { view: 'purchase', purchase: id });
    return {};
  }
  if (act === 'purchase-came') return came(tap, id);
  const now = await acted(tap, act, id);
  const card = now && (await drawPurchase(work.tx, now, person.id, setup.rules, work.now));
  if (!now || !card) return gone;
  return {
    card,
    subject: { name: `purchase:${id}`, version: now.version },
    toast: now.version === before.version ? ALREADY : done(told(now, act)),
  };
}

async function came({ talk }: Tap, id: number): Promise<Tapped> {
  const { work, setup, person } = talk;
  const receipt = await arrived(work, setup, person.id, id);
  if (receipt === undefined) return { toast: ALREADY };
  await answer(talk, { view: 'receipt', receipt });
  return {};
}

function told({ state }: Purchase, act: string): Words {
  if (act === 'purchase-quote') return words('已记下报价', 'Quote noted');
  switch (state) {
    case 'asking':
      return words('超过预算，已请主任审批', 'Over the budget: the director is asked');
    case 'agreed':
      return words('已同意，采购人可以下单了', 'Agreed; it can be ordered');
    case 'ordered':
      return words('已下单，到货后点「到货验收」', 'Ordered; tap “It came” when it does');
    case 'wanted':
      return words('没有同意，已告诉采购人', 'Refused; the office is told');
    case 'arrived':
    case 'shelved':
    case 'dropped':
      return words('已从清单去掉', 'Taken off the list');
    default:
      return state satisfies never;
  }
}

async function acted(
  { talk, incoming }: Tap,
  act: string,
  id: number,
): Promise<Purchase | undefined> {
  const { work, setup, person } = talk;
  const { answers } = incoming;
  switch (act) {
    case 'purchase-quote':
      return addQuote(work, setup, person.id, id, quoteIn(answers));
    case 'purchase-order':
      return order(work, setup, person.id, id, {
        quote: Number(answerText('quote', answers) ?? ''),
        waiver: answerText('waiver', answers)?.slice(0, 200),
        bargain: answerText('bargain', answers)?.slice(0, 200),
      });
    case 'purchase-yes':
    case 'purchase-no':
      return decide(work, setup, person.id, id, act === 'purchase-yes');
    case 'purchase-drop':
      return dropPurchase(work, setup, person.id, id);
    default:
      return undefined;
  }
}

function quoteIn(answers: Answers): { readonly supplier: string; readonly price: number } {
  const supplier = answerText('supplier', answers)?.slice(0, 60);
  const price = numberIn(answers, 'price', words('单价', 'Price'));
  if (supplier === undefined || price === undefined)
    throw new Refusal(
      'purchase.quote',
      words('请填写供应商和单价', 'Please fill in supplier and price'),
    );
  return { supplier, price: Math.round(price * 100) };
}
