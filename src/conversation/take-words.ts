/** Stock-takes by word: 「盘点」, 「数一下三楼文具柜」, 「继续盘点」, and the bare number that answers the card. */
import { allItems } from '../requests/supply/stock.ts';
import { beginTake, count, isOpen, itemsAt, linesOf, takeOf } from '../supplies/counting.ts';
import { isKeeper } from '../supplies/office.ts';
import { countIn } from '../supplies/said.ts';
import { openDrafts } from './drafts.ts';
import type { Led } from './last-said.ts';
import { keeps } from './stock-answers.ts';
import { answer, say, type Talk } from './talk.ts';

const BEGIN =
  /^(?:请|帮我|开始|来)?(?:盘点|清点|数一下|数一数|点一下|盘一下)(?:一下)?\s*(?:库存|仓库|物资|办公用品|全部)?\s*(.{0,20}?)(?:的?(?:库存|物资|东西))?$|^count (?:the )?(.{0,40})$/iu;
const GO_ON = /^(?:继续|接着)(?:盘点|数|清点)$|^continue counting$/iu;
const NUMBER_ONLY =
  /^[\d.]{1,9}\s*\p{Script=Han}{0,2}$|^[零一二两三四五六七八九十百千万]{1,8}\p{Script=Han}{0,1}$/u;

/** Does what a sentence says about a stock-take; undefined for any other sentence. `said` is folded and without its full stop. */
export async function takeByWord(talk: Talk, said: string): Promise<Led | undefined> {
  if (GO_ON.test(said)) return goOn(talk);
  if (NUMBER_ONLY.test(said)) return numberSaid(talk, said);
  const begun = BEGIN.exec(said);
  if (!begun) return undefined;
  const what = (begun[1] ?? begun[2] ?? '').trim();
  const items = itemsAt(what, await allItems(talk.work.tx));
  if (items.length === 0 && !(await isKeeper(talk.work, talk.setup.rules, talk.person.id)))
    return undefined;
  if (!(await keeps(talk))) return {};
  if (items.length === 0) {
    await say(
      talk,
      `没有放在「${what}」的物品，也没有这个分类。说「盘点」数全部，位置在物品清单的「位置」一列`,
      `Nothing lies at “${what}”, and there is no such category. Say “盘点” to count everything`,
    );
    return {};
  }
  const open = await takeOf(talk.work.tx, talk.person.id);
  if (open)
    await say(
      talk,
      '您有一次盘点还没数完，先接着数；不要了就点「放弃盘点」',
      'You have a stock-take open; please finish it first, or give it up',
    );
  const take = await beginTake(talk.work, talk.person.id, what, items);
  await answer(talk, { view: 'stock-take', take });
  return {};
}

async function goOn(talk: Talk): Promise<Led> {
  const open = await takeOf(talk.work.tx, talk.person.id);
  if (open) await answer(talk, { view: 'stock-take', take: open.id });
  else await say(talk, '您没有没数完的盘点', 'You have no stock-take open');
  return {};
}

/** A number alone answers the item that is to be counted, unless a draft is open that may be meant. */
async function numberSaid(talk: Talk, said: string): Promise<Led | undefined> {
  const { work, setup, person } = talk;
  const open = await takeOf(work.tx, person.id);
  const number = open && countIn(said);
  if (!open || !number || (await openDrafts(talk)).length > 0) return undefined;
  const line = (await linesOf(work.tx, open.id)).find(isOpen);
  if (!line) return undefined;
  await count(work, setup, person.id, { take: open.id, item: line.item, counted: number.count });
  await answer(talk, { view: 'stock-take', take: open.id });
  return {};
}
