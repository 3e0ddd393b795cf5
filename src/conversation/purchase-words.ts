/** The purchase list by word: 「采购清单」, 「采购清单加 A4纸 50包」, 「报价 A4纸 得力 21.5元」. */
import { allItems } from '../requests/supply/stock.ts';
import { putDown } from '../requests/supply/reorder.ts';
import { addQuote, openPurchases } from '../supplies/purchasing.ts';
import { countIn, nameLeft, priceIn, thingIn } from '../supplies/said.ts';
import type { Led } from './last-said.ts';
import { keeps } from './stock-answers.ts';
import { answer, say, type Talk } from './talk.ts';

const LIST =
  /^(?:请|帮我)?(?:看看?|查看|打开)?(?:一下)?(?:采购清单|要买的东西|采购单)$|^purchase list$/iu;
const ADD = /^(?:采购清单(?:里)?(?:再)?(?:加上?|添加|增加)|purchase list add)\s*(.+)$/iu;
const QUOTE = /^报价\s*:?\s*(.+)$/u;

/** Does what a sentence says about purchases; undefined for any other sentence. `said` is folded. */
export async function purchaseByWord(talk: Talk, said: string): Promise<Led | undefined> {
  if (LIST.test(said)) {
    if (await keeps(talk)) await answer(talk, { view: 'purchases', first: 0 });
    return {};
  }
  const added = ADD.exec(said)?.[1];
  if (added !== undefined) return add(talk, added);
  const quoted = QUOTE.exec(said)?.[1];
  return quoted === undefined ? undefined : quote(talk, quoted);
}

async function add(talk: Talk, what: string): Promise<Led> {
  if (!(await keeps(talk))) return {};
  const found = thingIn(what, await allItems(talk.work.tx));
  const count = found && countIn(found.rest);
  if (!found || !count || count.count <= 0) {
    await say(
      talk,
      '要买什么、多少？物品要在物品目录里，例如「采购清单加 A4纸 50包」',
      'What, and how many? It has to be in the catalogue, for example “采购清单加 A4纸 50包”',
    );
    return {};
  }
  const { id: item, price } = found.thing;
  const wanted = { item, price, quantity: count.count, why: 'asked' } as const;
  const purchase = await putDown(talk.work, wanted);
  if (purchase !== undefined) await answer(talk, { view: 'purchase', purchase });
  return {};
}

/** A quote for what is on the list and waits for quotes. Undefined when it names nothing that is. */
async function quote(talk: Talk, said: string): Promise<Led | undefined> {
  const { work, setup, person } = talk;
  const found = thingIn(said, await allItems(work.tx));
  if (!found || !(await keeps(talk))) return found && {};
  const open = (await openPurchases(work.tx)).find(
    ({ item_id, state }) => item_id === found.thing.id && state === 'wanted',
  );
  if (!open) {
    await say(
      talk,
      `「${found.thing.name}」不在采购清单里，或已经下单`,
      `“${found.thing.name}” is not on the purchase list, or is ordered`,
    );
    return {};
  }
  const price = priceIn(found.rest) ?? plainPrice(found.rest);
  const supplier = nameLeft(price?.rest ?? '');
  if (!price || supplier === '') {
    await say(
      talk,
      `请说供应商和单价，例如「报价 ${found.thing.name} 得力 21.5元」`,
      'Please say supplier and price',
    );
    return {};
  }
  const each = Math.round(price.of === 'each' ? price.fen : price.fen / open.quantity);
  await addQuote(work, setup, person.id, open.id, { supplier, price: each });
  await answer(talk, { view: 'purchase', purchase: open.id });
  return {};
}

/** 「得力 21.5元」: a number with the currency behind it is the price of one. */
function plainPrice(text: string): ReturnType<typeof priceIn> {
  const found = /[¥￥]?\s*(?<![\d.])(\d{1,7}(?:\.\d{1,2})?)\s*(?:元|块钱?|$)/u.exec(text);
  if (!found) return undefined;
  const rest = text.replace(found[0], ' ');
  return { fen: Math.round(Number(found[1]) * 100), of: 'each', rest };
}
