import { oneOf } from '../characters.ts';
import { numberAt } from '../numbers.ts';
import { indexWords, longestAt } from '../trie.ts';

/** A number at a place in a text; `to` is the offset after it. */
export type Amount = { readonly value: number; readonly to: number };

const counting = '零一二三四五六七八九十';
const counted = (c: string): number =>
  c === '两' || c === '俩' ? 2 : c === '仨' ? 3 : counting.indexOf(c);

const isFigure = (c: string): boolean => c >= '0' && c <= '9' && c.length === 1;

/** What an amount can begin with: most characters of most sentences are seen there to begin none. */
const mayBegin = oneOf(`0123456789${counting}两俩仨半百廿`);

/** 两三, 五六: two neighbouring figures mean "about"; the greater is taken, so that there is enough. */
function aboutAt(text: string, at: number): Amount | null {
  const low = counted(text.charAt(at));
  const high = counted(text.charAt(at + 1));
  const apart = low > 0 && high === low + 1 && high < 10 && counted(text.charAt(at + 2)) < 0;
  return apart ? { value: high, to: at + 2 } : null;
}

/** The number that begins at `at`; null inside a longer run of figures or letters (A4, 2B). */
export function amountAt(text: string, at: number): Amount | null {
  if (!mayBegin(text, at)) return null;
  const c = text.charAt(at);
  if (
    isFigure(c) &&
    /[0-9a-zA-Z.]$|[0-9a-zA-Z]-$/.test(text.slice(Math.max(0, at - 2), at)) &&
    !/[^a-zA-Z0-9][xX]$/.test(text.slice(Math.max(0, at - 2), at))
  )
    return null;
  if (c === '半') return { value: 0.5, to: at + 1 };
  return aboutAt(text, at) ?? numberAt(text, at);
}

const measures =
  '个 支 只 枝 包 盒 箱 本 张 卷 瓶 台 把 条 块 套 件 份 袋 打 副 付 对 根 枚 桶 提 令 沓 叠 筒 罐 壶 片 颗 粒 面 排 组 串 架 部 辆 顶 册 束 刀 板 双 盆 朵 幅 盘 节 米 公斤 斤 升 杯 扎 封 筐 框 间 pcs box boxes pack packs bottle bottles 包儿 盒儿 个儿'.split(
    ' ',
  );
const measureWords = indexWords(measures.map((word) => [word, word] as const));

/** 俩 and 仨 are two and three 个: 五个扫把俩拖把. */
const measureInside = (text: string, at: number): boolean => /[俩仨]/.test(text.charAt(at - 1));

/** The measure word at `at` (支, 盒, 公斤, boxes); null when there is none. */
export function measureAt(
  text: string,
  at: number,
): { readonly unit: string; readonly to: number } | null {
  const measure = longestAt(measureWords, text, at);
  if (measure !== undefined) return { unit: measure.value, to: measure.to };
  return measureInside(text, at) ? { unit: '个', to: at } : null;
}
