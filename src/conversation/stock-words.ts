/** The store room by word: 「签字笔还有多少」, 「入库 A4纸 50包 每包22元 得力」, 「导出库存台账」. */
import { fold } from '../language/fold.ts';
import { findTimes } from '../language/times.ts';
import { allItems, type Item } from '../requests/supply/stock.ts';
import { draftReceipt, supplierNamed } from '../supplies/receiving.ts';
import { countIn, nameLeft, priceIn, thingIn, thingsMeant } from '../supplies/said.ts';
import { MOST_TOLD } from '../supplies/stock.ts';
import type { Led } from './last-said.ts';
import { keeps } from './stock-answers.ts';
import { mayReadUse } from './stock-views.ts';
import { takeByWord } from './take-words.ts';
import { amountByWord } from './amount-words.ts';
import { loanByWord } from './loan-words.ts';
import { purchaseByWord } from './purchase-words.ts';
import { writeOffByWord } from './write-off-words.ts';
import { answer, say, type Talk } from './talk.ts';

const LEFT =
  /^(?:请问|查一下|查查|看看|看一下|问一下)?(.{1,30}?)(?:现在|目前)?(?:还|库存)?(?:有|剩|余)(?:下)?(?:多少|几)\p{Script=Han}{0,2}(?:了|呢)?$/u;
const STOCK_OF =
  /^(?:请问|查一下|查查|看看|看一下)?(?:库存(?:里)?(?:还)?(?:有没有|有)?\s*(.{1,30}?)(?:吗|么)?|(.{1,30}?)的?库存(?:有?多少|还有吗)?)$/u;
const STOCK_EN = /^how (?:many|much) (.{1,40}?)(?: (?:is|are))?(?: there)? (?:left|in stock)$/iu;
const RECEIVE = /^(?:验收入库|入库|到货了?|收货)[\s:，,]*(.{2,})$|^(.{2,}?)[\s，,]*入库$/u;
const LEDGER =
  /^(?:请|帮我)?(?:导出|下载|发我|发一下|看看?)?(?:一下)?(?:库存|物资|出入库|办公用品)(?:出入库)?(?:台账|流水|明细账)(?:发给?我)?$|^(?:export )?stock ledger$/iu;

const PICK_UP =
  /^(?:请问|看看?|查一下)?(?:今天|现在)?(?:有)?(?:谁|哪些人|多少人)(?:要)?(?:来|会来)?(?:领|领东西|领取|领用|领物资)(?:东西)?(?:的)?$|^(?:待领|待发|(?:待)?(?:领取|领用|发放))清单$|^pick-?up list$/iu;

const USE =
  /^.{0,12}(?:各|每个|所有)?部门.{0,6}(?:用|领|消耗|花)(?:了|掉)?.{0,12}(?:用品|物资|耗材|文具|东西)?.{0,4}$|^.{0,12}(?:物资|办公用品|用品)(?:消耗|用量|领用)(?:统计|情况|报表)?$/u;
const THINGS = /用品|物资|耗材|文具|东西/u;

const bare = (text: string): string =>
  fold(text)
    .trim()
    .replace(/[。.!?]+$/u, '');

/** Does what a sentence says about the store room; undefined for any other sentence. */
export async function stockByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = bare(text);
  if (said.length > 120 || said.includes('\n')) return undefined;
  if (LEDGER.test(said)) return ledger(talk);
  const other =
    (await takeByWord(talk, said)) ??
    (await purchaseByWord(talk, said)) ??
    (await loanByWord(talk, said)) ??
    (await writeOffByWord(talk, said)) ??
    (await amountByWord(talk, said));
  if (other) return other;
  if (USE.test(said)) return used(talk, said);
  if (PICK_UP.test(said)) {
    if (await keeps(talk)) await answer(talk, { view: 'pick-up' });
    return {};
  }
  const received = RECEIVE.exec(said);
  if (received) return receive(talk, received[1] ?? received[2] ?? '');
  return asked(talk, said);
}

/** 「签字笔还有多少」: anybody may ask. Only of what is in the catalogue; whatever else is left is asked in other ways. */
async function asked(talk: Talk, said: string): Promise<Led | undefined> {
  const stock = STOCK_OF.exec(said);
  const name = LEFT.exec(said)?.[1] ?? stock?.[1] ?? stock?.[2] ?? STOCK_EN.exec(said)?.[1];
  if (name === undefined) return undefined;
  const items = thingsMeant(name.trim(), await allItems(talk.work.tx));
  if (items.length === 0) return undefined;
  await answer(talk, {
    view: 'stock',
    items: items.slice(0, MOST_TOLD).map(({ id }) => id),
  });
  return {};
}

async function ledger(talk: Talk): Promise<Led> {
  if (await keeps(talk)) await answer(talk, { view: 'stock-ledger' });
  return {};
}

async function receive(talk: Talk, what: string): Promise<Led | undefined> {
  const items = await allItems(talk.work.tx);
  const price = priceIn(what);
  const found = thingIn(price?.rest ?? what, items);
  if (!found) return undefined;
  if (!(await keeps(talk))) return {};
  const count = countIn(found.rest);
  if (!count || count.count <= 0) {
    await say(
      talk,
      `「${found.thing.name}」到了多少？例如「入库 ${found.thing.name} 50${found.thing.unit} 每${found.thing.unit}22元 得力」`,
      `How many of “${found.thing.name}” came? For example “入库 ${found.thing.name} 50${found.thing.unit}”`,
    );
    return {};
  }
  await answer(talk, { view: 'receipt', receipt: await put(talk, found.thing, count, price) });
  return {};
}

async function put(
  { work, person }: Talk,
  item: Item,
  { count, rest }: { readonly count: number; readonly rest: string },
  price: ReturnType<typeof priceIn>,
): Promise<number> {
  const supplier = nameLeft(rest);
  return draftReceipt(work, person.id, {
    item: item.id,
    quantity: count,
    ...(price ? { value: Math.round(price.of === 'each' ? price.fen * count : price.fen) } : {}),
    ...(supplier === '' ? {} : { supplier: await supplierNamed(work, supplier) }),
  });
}

/** 「上个月各部门用了多少办公用品」; without a month the last one is meant. */
async function used(talk: Talk, said: string): Promise<Led | undefined> {
  if (!THINGS.test(said)) return undefined;
  const { work, setup, person, now } = talk;
  if (!(await mayReadUse(work, setup.rules, person.id))) {
    await say(
      talk,
      '各部门的消耗给行政和主任看。您自己的可以说「我的申请」',
      'What departments used is for the office. For your own, say “my requests”',
    );
    return {};
  }
  const value = findTimes(said, now)[0]?.value;
  const start = value && 'start' in value ? value.start : undefined;
  const month =
    typeof start === 'string' && /^\d{4}-\d{2}-/.test(start)
      ? start.slice(0, 7)
      : now.toPlainDate().toPlainYearMonth().subtract({ months: 1 }).toString();
  await answer(talk, { view: 'consumption', month });
  return {};
}
