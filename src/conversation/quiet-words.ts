/** What a sentence about quiet time wants: 别在周末提醒我, 晚上8点以后别提醒我, 恢复默认免打扰. Pure. */
import { fold } from '../language/fold.ts';
import { findTimes } from '../language/times.ts';
import type { Hours } from '../time/hours.ts';
import { parseHours } from '../time/hours.ts';

/** A wish; hours that were not named (`from`, `to`) stay as they are. `look`: only wants to see them. */
export type QuietWish =
  | { readonly wish: 'look' | 'usual' | 'none' }
  | { readonly wish: 'days-off'; readonly quiet: boolean }
  | { readonly wish: 'hours'; readonly from?: string; readonly to?: string };

const USUAL = /恢复默认|恢复成默认|改回默认|还原|重置|\breset\b|\bdefault\b/u;
const DAYS_OFF =
  /周末|双休|节假日|休息[日天]|非工作日|放假|假期|假日|不上班|周[六日天]|星期[六日天]|礼拜[六日天]|weekend|holiday|days? off|saturday|sunday/u;
const OFF =
  /(?:取消|关闭|关掉|停用|去掉|不用|不要|不需要).{0,6}(?:免打扰|免打搅|勿扰)|\bturn(?:ed)? off\b|\bdisable\b|\bno quiet\b/u;
const NO =
  /别|不要|勿|不用|不必|不想|不需要|甭|停止|免打[扰搅]|少发|\bdon.?t\b|\bdont\b|\bdo not\b|\bno\b|\bnever\b|\bstop\b|\bmute\b|\bquiet\b/u;
const ASKS = /怎么|如何|怎样|几点|吗|什么|多久|\bhow\b|\bwhat\b|\bwhen\b|[?？]/u;
const AFTER_WORK = /下班(?:以后|之后|后|了)?/u;
const BEFORE = /\bbefore\b|\buntil\b/u;

/** `closing`: when the office closes, for 下班以后. Times without a day are every day's; 今晚 is no wish for every day. */
export function quietWish(said: string, now: Temporal.ZonedDateTime, closing: string): QuietWish {
  const text = fold(said).toLowerCase();
  if (ASKS.test(text)) return { wish: 'look' };
  if (USUAL.test(text)) return { wish: 'usual' };
  if (DAYS_OFF.test(text)) return { wish: 'days-off', quiet: !OFF.test(text) && NO.test(text) };
  const hours = writtenHours(text) ?? spokenHours(text, now);
  if (hours) return { wish: 'hours', ...hours };
  if (OFF.test(text)) return { wish: 'none' };
  if (AFTER_WORK.test(text)) return { wish: 'hours', from: closing };
  return { wish: 'look' };
}

/** 20:00到9:00: two times of the clock as they stand; the second is the next morning's when it is earlier. */
const WRITTEN =
  /(\d{1,2})[:：](\d{2})\s{0,2}(?:到|至|-|~|—|–|to)\s{0,2}(?:第二天|次日|明早)?(?:早上|早晨|上午)?(\d{1,2})[:：](\d{2})/u;

function writtenHours(text: string): Hours | undefined {
  const found = WRITTEN.exec(text);
  if (!found) return undefined;
  const [, h1 = '', m1 = '', h2 = '', m2 = ''] = found;
  // 晚上8:00到早上9:00 is understood as spoken.
  if (/(?:晚上|下午|夜里)\s*$/u.test(text.slice(0, found.index))) return undefined;
  return parseHours(`${h1.padStart(2, '0')}:${m1}-${h2.padStart(2, '0')}:${m2}`) ?? undefined;
}

type Part = { readonly from?: string; readonly to?: string };

function spokenHours(text: string, now: Temporal.ZonedDateTime): Part | undefined {
  const times: string[] = [];
  for (const { value } of findTimes(text, now)) {
    if (value.type === 'timerange') {
      const [from, to] = [value.start?.slice(0, 5), value.end?.slice(0, 5)];
      return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    }
    if (value.type === 'time' && value.start !== undefined) times.push(value.start.slice(0, 5));
  }
  const [first, second] = times;
  if (first === undefined) return undefined;
  if (second !== undefined) return { from: first, to: second };
  return BEFORE.test(text) ? { to: first } : { from: first };
}
