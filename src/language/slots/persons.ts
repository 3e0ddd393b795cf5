import type { Found } from '../meaning.ts';
import { foundAt, isStopAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import {
  surnames,
  personAt,
  addressedAt,
  closes,
  isHan,
  mayBeginName,
  nickAt,
  officeAt,
} from './person-forms.ts';
import { findWords } from './terms.ts';

type Context = {
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  readonly anywhere?: boolean;
  readonly close?: boolean;
};

/** A list of names from `at` on: 陈涛、吴敏和我. */
function listAt(
  sentence: Sentence,
  at: number,
  word: string,
  close: boolean,
): readonly Found<string>[] {
  const text = sentence.timeless();
  const found: Found<string>[] = [];
  let i = at;
  const between = close ? /[\s:：是为叫姓下个-]/ : /[\s:：,，是为叫姓下-]/;
  if (text.startsWith('一下', i)) i += 2;
  while (between.test(text.charAt(i)) && text.charAt(i) !== '' && i < at + 4) i++;
  for (;;) {
    const to =
      nameEnd(sentence, i) ?? (word === '姓' && surnames.has(text.charAt(i)) ? i + 1 : null);
    if (to === null) return found;
    found.push(foundAt(sentence, i, to, sentence.said.slice(i, to)));
    if (!/[、和与及跟,，\s]/.test(text.charAt(to)) || to >= text.length) return found;
    i = to + 1;
  }
}

const nameEnd = (sentence: Sentence, at: number): number | null =>
  sentence.named('people').find((p) => p.from === at)?.to ??
  latinName(sentence.said, at) ??
  departmentAt(sentence.timeless(), at) ??
  personAt(sentence.timeless(), at) ??
  officeAt(sentence.timeless(), at) ??
  nickAt(sentence.timeless(), at);

const departmentAt = (text: string, at: number): number | null => {
  const name =
    /^(?:财务|人事|人力资源|行政|市场|销售|技术|研发|法务|采购|运营|产品|信息|后勤|审计|综合|生产|质量|客服|设计|工程|项目|物业|战略|投资|品牌|公关)(?:总监|经理|主管|部长|主任|负责人|同事|部门|部|科|处|中心|室|(?=$|[,，。.!！\s]|[审批]))/.exec(
      text.slice(at, at + 8),
    );
  return name === null ? null : at + name[0].length;
};

const latinName = (said: string, at: number): number | null => {
  const name = /^(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?/.exec(
    said.slice(at, at + 32),
  );
  return name === null || /^(?:Zoom|Wifi|Ok|Hello|Hi)$/i.test(name[0]) ? null : at + name[0].length;
};

/** Names after words that announce them (earlier words of the list first), before words that follow them, known ones, and sure forms anywhere. */
export function findPersons(sentence: Sentence, context: Context): readonly Found<string>[] {
  const text = sentence.timeless();
  const found: Found<string>[] = [];
  const words = context.after ?? [];
  const announcing = findWords(sentence, words).toSorted(
    (a, b) => words.indexOf(a.value) - words.indexOf(b.value),
  );
  for (const word of announcing)
    found.push(...listAt(sentence, word.to, word.value, context.close === true));
  for (const word of findWords(sentence, context.before ?? [])) {
    found.push(...namesBefore(sentence, word.from));
  }
  if (context.anywhere === true) {
    for (const { from, to } of sentence.named('people'))
      found.push(foundAt(sentence, from, to, sentence.said.slice(from, to)));
    for (let i = 0; i < text.length; i++) {
      if (!mayBeginName(text, i)) continue;
      const to = startsWord(text, i) ? personAt(text, i, true) : addressedAt(text, i);
      if (to !== null) found.push(foundAt(sentence, i, to, sentence.said.slice(i, to)));
    }
  }
  return withoutDoubles(found);
}

/** Names joined by 、 and 和 that end where a word begins: 王磊、赵倩|和我. */
function namesBefore(sentence: Sentence, end: number): readonly Found<string>[] {
  const found: Found<string>[] = [];
  for (let name = nameBefore(sentence, end); name !== null;) {
    found.unshift(name);
    name = /[、和与及]/.test(sentence.text.charAt(name.from - 1))
      ? nameBefore(sentence, name.from - 1)
      : null;
  }
  return found;
}

/** Wang Wei, Lucy, right before. */
const latinBefore = /(?<![A-Za-z])[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?$/;

/** The name that ends where a word begins: 王强|负责, 李明的|申请. */
function nameBefore(sentence: Sentence, end: number): Found<string> | null {
  const { said } = sentence;
  const text = sentence.timeless();
  const to = text.charAt(end - 1) === '的' ? end - 1 : end;
  const latin = latinBefore.exec(said.slice(Math.max(0, to - 32), to));
  if (latin !== null) return foundAt(sentence, to - latin[0].length, to, latin[0]);
  for (const length of [4, 3, 2]) {
    const from = to - length;
    if (from < 0 || !startsWord(text, from)) continue;
    if (nameEnd(sentence, from) === to || personAt(text.slice(from, to), 0) === length)
      return foundAt(sentence, from, to, said.slice(from, to));
  }
  return null;
}

/** A name can begin here: at the start, after punctuation, after a character that ends a word. */
const startsWord = (text: string, at: number): boolean =>
  at === 0 ||
  isStopAt(text, at - 1) ||
  !isHan(text.charAt(at - 1)) ||
  closes.has(text.charAt(at - 1)) ||
  /[了着加叫姓为准替对成务部派知]/.test(text.charAt(at - 1));

function withoutDoubles(found: readonly Found<string>[]): readonly Found<string>[] {
  const kept: Found<string>[] = [];
  for (const one of found)
    if (!kept.some((k) => k.from < one.to && one.from < k.to)) kept.push(one);
  return kept;
}
