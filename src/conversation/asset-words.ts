/** What people have of the office, by word: 「我名下的资产」, 「请大家确认资产」, 「资产确认结果」. */
import { fold } from '../language/fold.ts';
import { isKeeper } from '../supplies/office.ts';
import { newestCheck, wouldAsk } from '../supplies/holders.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

const MINE =
  /^(?:看看?|看一下|查一下|查询?)?我(?:名下|手里|手上)?(?:都)?(?:有)?(?:哪些|什么|的)资产(?:有哪些|清单)?$|^my assets$/iu;
const ASK =
  /^(?:请|让|叫|通知)?(?:大家|全员|所有人|每个人|各位)(?:都)?(?:确认|核对)(?:一下)?(?:自己)?(?:名下|手里|手上)?(?:的)?资产$|^发起资产(?:确认|核对)$|^ask (?:everybody|everyone) to confirm their assets$/iu;
const RESULT = /^资产(?:确认|核对)(?:的)?(?:结果|进度|情况|怎么样了?)$|^asset check$/iu;

/** Does what a sentence says about who has what; undefined for any other sentence. */
export async function assetByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = fold(text)
    .trim()
    .replace(/[。.!！?？]+$/u, '');
  if (MINE.test(said)) {
    await answer(talk, { view: 'my-assets' });
    return {};
  }
  const asks = ASK.test(said);
  if (!asks && !RESULT.test(said)) return undefined;
  const { work, setup, person } = talk;
  if (!(await isKeeper(work, setup.rules, person.id))) {
    await say(
      talk,
      '资产确认由行政发起。看自己的请说「我名下的资产」',
      'The office begins asset checks. For your own, say “my assets”',
    );
    return {};
  }
  return asks ? asking(talk) : result(talk);
}

async function asking(talk: Talk): Promise<Led> {
  if ((await wouldAsk(talk.work.tx)).assets > 0) await answer(talk, { view: 'asset-asking' });
  else
    await say(
      talk,
      '台账里还没有写使用人的资产。请导入资产，填「使用人」一列（姓名、工号或邮箱）',
      'No asset has a holder yet. Import the assets with the column 使用人',
    );
  return {};
}

async function result(talk: Talk): Promise<Led> {
  const check = await newestCheck(talk.work.tx);
  if (check) await answer(talk, { view: 'asset-checks', check: check.id });
  else
    await say(
      talk,
      '还没有发起过资产确认。说「请大家确认资产」开始',
      'There has been no asset check. Say “请大家确认资产” to begin one',
    );
  return {};
}
