/** Writing off by word: 「报废 5个坏鼠标」, 「核销过期墨盒2个，受潮了」. */
import { clean } from '../../cards/clean.ts';
import { LONGEST_WHY } from '../../cards/write-off.ts';
import { allItems } from '../requests/supply/stock.ts';
import { isKeeper } from '../supplies/office.ts';
import { countIn, nameLeft, thingIn } from '../supplies/said.ts';
import { draftWriteOff } from '../supplies/writing-off.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

const WRITE_OFF =
  /^(?:请|帮我)?(?:报废|核销|报损)(?:掉|一下)?[\s:，,]*(.{2,})$|^(?:请|帮我)?(?:把)?(.{2,}?)(?:都|要|申请)?(?:报废|核销|报损)(?:了|掉)?$|^write off (.{2,})$/iu;

/**
 * Does what somebody who keeps the store room says about things that leave it broken or spoilt; undefined for any other sentence, and for
 * everybody else: what they use is not stock. `said` is folded and without its full stop.
 */
export async function writeOffByWord(talk: Talk, said: string): Promise<Led | undefined> {
  const found = WRITE_OFF.exec(said);
  const what = found?.[1] ?? found?.[2] ?? found?.[3];
  if (what === undefined) return undefined;
  const { work, setup, person } = talk;
  const named = thingIn(what, await allItems(work.tx));
  if (!named || !(await isKeeper(work, setup.rules, person.id))) return undefined;
  const { thing } = named;
  const count = countIn(named.rest);
  if (!count || count.count <= 0) {
    await say(
      talk,
      `「${thing.name}」要报废多少？例如「报废 2${thing.unit}${thing.name}，坏了」`,
      `How many of “${thing.name}” are to be written off? For example “报废 2${thing.unit}${thing.name}，坏了”`,
    );
    return {};
  }
  if (count.count > thing.on_hand) {
    await say(
      talk,
      `「${thing.name}」库存只有 ${thing.on_hand} ${thing.unit}，报废不了 ${count.count} ${thing.unit}。数目不对请先盘点`,
      `There are only ${thing.on_hand} of “${thing.name}”, not ${count.count}. If that is wrong, count it first`,
    );
    return {};
  }
  const off = await draftWriteOff(work, person.id, {
    item: thing.id,
    quantity: count.count,
    why: whyIn(count.rest),
  });
  await answer(talk, { view: 'write-off', off });
  return {};
}

/** What is left of the sentence is the reason: 「坏」 as 「坏了」. */
function whyIn(rest: string): string | undefined {
  const left = nameLeft(rest).replace(/^(?:因为|由于|原因(?:是)?|because (?:of )?)\s*/iu, '');
  if (left === '') return undefined;
  return clean(/^\p{Script=Han}$/u.test(left) ? `${left}了` : left, LONGEST_WHY);
}
