import type { Terms } from './lexicon.ts';

/** Plain words that say how much a matter presses. Silence is neither. */
export const urgency: Terms = {
  urgent:
    '紧急 加急 特急 急用 急需 急 马上 尽快 尽早 赶紧 赶快 立刻 立即 快来 快点 快派 速来 速 十万火急 抓紧 asap urgent urgently'.split(
      ' ',
    ),
  low: '不急 不着急 不紧急 不是很急 有空再 有空的时候 有空时 有空帮 有空来 等有空 有空看 方便的时候 方便时 抽空 啥时候都行 什么时候都行 慢慢来'.split(
    ' ',
  ),
  // Words that hold 急 or 速 and say nothing of haste.
  '': '还有空 有空的 有空闲 有空房 有空会议 有空吗 有空余 没有空 有空间 有空调 有空位 急救 急诊 应急 急停 高速 速度 网速 速溶 速递 加速 快速 减速 限速 测速 急性 着急的话 马上到 速冻'.split(
    ' ',
  ),
};
