import type { Found } from '../meaning.ts';
import { clauseAround, foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { amountAt, measureAt } from './amounts.ts';
import { findWords } from './terms.ts';

type Hint = { readonly of: readonly string[]; readonly units?: readonly string[] };

/** The number that goes with one of the things: 3台空调, 报价单三份, 服务器报废，共4台. A count of something else is none (补一张). With `units`, only counts in them. */
export function findCounts(sentence: Sentence, { of, units }: Hint): readonly Found<number>[] {
  const { text } = sentence;
  const named = findWords(sentence, of);
  const found: Found<number>[] = [];
  const devices: Found<number>[] = [];
  for (let i = 0; i < text.length;) {
    const amount = amountAt(text, i);
    const measure = amount === null ? null : measureAt(text, amount.to);
    if (amount !== null && measure !== null && countsDevices.test(measure.unit))
      devices.push(foundAt(sentence, i, measure.to, amount.value));
    if (
      amount !== null &&
      measure !== null &&
      !text.startsWith('人', measure.to) &&
      (units === undefined ? belongs(sentence, named, i, measure.to) : units.includes(measure.unit))
    )
      found.push(foundAt(sentence, i, measure.to, amount.value * parties(text, i)));
    i = amount?.to ?? i + 1;
  }
  // 对讲机我先拿一部走: the only count in a measure of devices is theirs, wherever it stands.
  const [only] = devices;
  return found.length === 0 && units === undefined && devices.length === 1 && only !== undefined
    ? [only]
    : found;
}

const countsDevices = /^[台部辆套架把]$/;

const perParty = /(双|两|三|四)(?:方|家)(?:公司)?各(?:执|持|留|拿|自)?$/;

/** 双方各两份 are four. */
const parties = (text: string, at: number): number => {
  const each = perParty.exec(text.slice(Math.max(0, at - 8), at))?.[1];
  return each === undefined ? 1 : ({ 双: 2, 两: 2, 三: 3, 四: 4 }[each] ?? 1);
};

const belongs = (
  sentence: Sentence,
  named: readonly Found<string>[],
  from: number,
  to: number,
): boolean =>
  named.some(
    (thing) =>
      (thing.from >= to && thing.from - to <= 2) || (thing.to <= from && from - thing.to <= 2),
  ) || standsAlone(sentence, from, to);

/** A clause that is nothing but the count: …，共4台 or …，5个. */
function standsAlone(sentence: Sentence, from: number, to: number): boolean {
  const clause = clauseAround(sentence.text, from);
  const before = sentence.text.slice(clause.from, from);
  const after = sentence.text.slice(to, clause.to);
  return (
    /^[\s]*(?:一共|总共|共计|共|合计|各|一式|盖|要|需要|需)?$/.test(before) &&
    /^[\s了吧的]*$/.test(after)
  );
}
