import type { Found } from '../meaning.ts';
import { clausesOf } from '../pieces.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { findPersons } from './persons.ts';
import { findWords } from './terms.ts';

const lead =
  /^(?:[\s,，。:：、]|把(?!关)|给我|帮我|那个|这个|那件|这件|那条|这条|在|于|要|我|去(?=参加|开)|请|一个|一项|设置?个|定个|弄个|搞个|的?时候|备忘|还有|另外|然后|再|帮|提前(?:[一两二三半\d]{1,2})(?:个)?(?:天|小时|分钟|周|星期)|内容是|关于|的|需要|把这件事|大家|他们?|她们?|我们)+/;
const trail = /(?:[\s,，。.;；!！?？:：、]|的|吧|一下|谢谢|了|哦|这件事|这事儿?|我)+$/;

/** What is to be done: the first clause that still says something without its times and without the words that only ask for it. */
export function findDeeds(
  sentence: Sentence,
  without: readonly string[],
  givenTo: readonly string[],
): readonly Found<string>[] {
  const persons = findPersons(sentence, { after: givenTo });
  const cuts = [
    ...findWords(sentence, without),
    ...findWords(sentence, givenTo).filter((w) =>
      persons.some((p) => p.from - w.to <= 2 && p.from >= w.to),
    ),
    ...persons,
  ].toSorted((a, b) => a.from - b.from);
  return clausesOf(sentence.text).flatMap((clause) => {
    const inside = cuts.filter((cut) => cut.from < clause.to && cut.to > clause.from);
    const gaps = [clause.from, ...inside.map((cut) => cut.to)].map((from, i) => ({
      from,
      to: Math.max(from, inside[i]?.from ?? clause.to),
    }));
    return gaps
      .flatMap(({ from, to }) => trimmed(sentence, from, to))
      .toSorted((a, b) => b.value.length - a.value.length)
      .slice(0, 1);
  });
}

/** Cuts asking words and times off both ends; a time inside stays (准备国庆值班表). */
function trimmed(sentence: Sentence, from: number, to: number): readonly Found<string>[] {
  const { said } = sentence;
  const spans = sentence.timeSpans();
  let start = from;
  for (let last = -1; last !== start;) {
    last = start;
    start += lead.exec(said.slice(start, to))?.[0].length ?? 0;
    start = spans.find((t) => t.from <= start && start < t.to && t.to <= to)?.to ?? start;
  }
  let end = to;
  for (let last = -1; last !== end;) {
    last = end;
    end -= trail.exec(said.slice(start, end))?.[0].length ?? 0;
    end = spans.find((t) => t.to === end && t.from >= start)?.from ?? end;
  }
  return end - start < 2 ? [] : [foundAt(sentence, start, end, sentence.said.slice(start, end))];
}
