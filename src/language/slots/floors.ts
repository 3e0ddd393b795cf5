import { oneOf } from '../characters.ts';
import type { Found } from '../meaning.ts';
import { foundAt, perSentence } from '../sentence.ts';
import { amountAt } from './amounts.ts';

const mayBeBelow = oneOf('b负地');

/** A storey at `at`: 3楼, 十层, 12F, B2, 负一楼; below ground counts down from -1. */
export function floorAt(
  text: string,
  at: number,
): { readonly floor: number; readonly to: number } | null {
  const below = !mayBeBelow(text, at)
    ? null
    : /^(?:b(\d)(?:层|楼|f)?(?!\d)|(?:负|地下)([一二三1-3])(?:层|楼))/.exec(text.slice(at, at + 5));
  if (below !== null && text.charAt(at + below[0].length) !== '-') {
    const digit = below[1] ?? below[2] ?? '1';
    return { floor: -(Number(digit) || '一二三'.indexOf(digit) + 1), to: at + below[0].length };
  }
  const amount = amountAt(text, at);
  if (amount === null || text.charAt(at - 1) === '同' || text.charAt(at - 1) === '每') return null;
  if (!/[楼层f]/.test(text.charAt(amount.to))) return null;
  if (text.charAt(amount.to) === 'f' && /[a-z]/.test(text.charAt(amount.to + 1))) return null;
  return amount.value >= 1 && amount.value < 200
    ? { floor: amount.value, to: amount.to + 1 }
    : null;
}

/** Storeys named in the sentence. */
export const findFloors = perSentence((sentence): readonly Found<number>[] => {
  const found: Found<number>[] = [];
  for (let i = 0; i < sentence.text.length;) {
    const floor = floorAt(sentence.text, i);
    if (floor !== null) found.push(foundAt(sentence, i, floor.to, floor.floor));
    i = floor?.to ?? i + 1;
  }
  return found;
});
