import type { Found } from '../meaning.ts';
import { clauseAround, foundAt, inTime, isStopAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { longestAt } from '../trie.ts';
import { findWords, wordsIn } from './terms.ts';

const edge = /^[\s:：,，、"“”'《》【】()（）是为于的\-—]+|[\s,，。.;；!！?？、"“”'（(]+$/g;

/** The slice between two offsets without punctuation at its ends; null when nothing is left. */
function trimmed(sentence: Sentence, from: number, to: number): Found<string> | null {
  const said = sentence.said.slice(from, to);
  const start = from + (/^[\s:：,，、"“”'《》【】()（）是为于的\-—]+/.exec(said)?.[0].length ?? 0);
  const value = said.replaceAll(edge, '');
  return value === '' ? null : foundAt(sentence, start, start + value.length, value);
}

type After = {
  readonly after: readonly string[];
  readonly apart?: readonly string[];
  readonly whole?: boolean;
  readonly quoted?: boolean;
};

const titled = /《([^《》]{2,60})》/;

/** What follows one of the words, to the end of the clause or of the piece; earlier words of the list first. */
export function findRest(
  sentence: Sentence,
  { after, apart, whole, quoted }: After,
): readonly Found<string>[] {
  const title = quoted === true ? titled.exec(sentence.said) : null;
  if (title?.[1] !== undefined)
    return [foundAt(sentence, title.index + 1, title.index + 1 + title[1].length, title[1])];
  const parted = findWords(sentence, apart ?? []).filter(({ to }) => isStopAt(sentence.text, to));
  const words = findWords(sentence, after).toSorted(
    (a, b) => after.indexOf(a.value) - after.indexOf(b.value),
  );
  return [...words, ...parted].flatMap(({ to }) => {
    let start = to;
    while (start < sentence.text.length && /[\s:：,，]/.test(sentence.text.charAt(start))) start++;
    const end = whole === true ? sentence.text.length : clauseAround(sentence.text, start).to;
    const stop = beforeKind(sentence.text, start, end);
    return trimmed(sentence, start, stop) ?? [];
  });
}

/** Characters that cannot be inside the subject of a meeting, seen from its head to the left. */
const notInTopic =
  '写从找里的开有是要用在我你他她们和与跟给帮为了参加召办请订定约把这那场次个间来去做进行搞得想下上午早晚到至周星期礼拜据出份点半时分月号日楼层室明今后天到、安排弄找借于'.split(
    '',
  );
const stopsTopic = new Set(notInTopic);
const isName = (c: string): boolean =>
  (c >= '\u4e00' && c <= '\u9fff' && !stopsTopic.has(c)) || /[A-Za-z0-9]/.test(c);

/** Words of meetings that hold a character which elsewhere ends the subject: 仓库盘点, 开发评审, 月度, 办公会, 用户调研. */
const inTopic = [
  '盘点',
  '开发',
  '月度',
  '办公',
  '用户',
  '开工',
  '开业',
  '上线',
  '下乡',
  '半年',
  '日常',
  '周年',
  '时事',
  '节点',
  '重点',
  '试点',
  '要素',
  '计划',
  '层级',
  '分管',
  '分析',
  '分工',
  '分公司',
  '办事处',
  '参展',
  '进度',
  '进展',
  '来料',
  '现场',
];
const longestInTopic = 3;

/** How far back a word that belongs into a subject reaches from `at`; 0 when there is none. */
function wordBefore(text: string, at: number): number {
  for (let length = longestInTopic; length >= 2; length--)
    if (at >= length && inTopic.includes(text.slice(at - length, at))) return length;
  return 0;
}

/** 关于五一放假的通知 is about 五一放假; 通知 alone is about nothing. */
const beforeKind = (text: string, from: number, to: number): number => {
  const kind = /(?:的|^)(?:通知|请示|报告|决定|函|公告|通报|批复|意见|说明|通告|方案)$/.exec(
    text.slice(from, to),
  );
  return kind === null || kind.index === 1 ? to : from + kind.index;
};

type Topic = { readonly heads: readonly string[]; readonly after?: readonly string[] };

/** What a meeting is about: after 主题/用途, or the words that lead up to a head (项目评审|会, 季度|总结). */
export function findTopics(sentence: Sentence, { heads, after }: Topic): readonly Found<string>[] {
  const labelled = findRest(sentence, { after: after ?? [] });
  if (labelled.length > 0) return labelled;
  const { text } = sentence;
  const index = wordsIn(heads);
  const found: Found<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    const head = longestAt(index, text, i);
    if (head === undefined) continue;
    if (/^(?:议|室|儿|不|后|前|员|客|馆|所|场|展|见|来|有|计|能|把)/.test(text.slice(head.to)))
      continue;
    const from = topicStart(sentence, head.from);
    const single = head.to - head.from === 1;
    if (from === head.from && (single || head.value === '会议')) continue;
    found.push(foundAt(sentence, from, head.to, sentence.said.slice(from, head.to)));
    i = head.to - 1;
  }
  return found;
}

function topicStart(sentence: Sentence, head: number): number {
  const { text } = sentence;
  let from = head;
  while (from > 0 && head - from < 10) {
    const word = wordBefore(text, from);
    if (word === 0 && (!isName(text.charAt(from - 1)) || inTime(sentence, from - 1, from))) break;
    from -= Math.max(1, word);
  }
  return from;
}

type Purpose = { readonly verbs: readonly string[]; readonly after: readonly string[] };

/** What a journey is for: after 事由, or the first clause or clause end that begins with a verb of doing business (见客户, 参加展会). */
export function findPurposes(
  sentence: Sentence,
  { verbs, after }: Purpose,
): readonly Found<string>[] {
  const labelled = findRest(sentence, { after });
  if (labelled.length > 0) return labelled;
  const { text } = sentence;
  const index = wordsIn(verbs);
  for (let i = 0; i < text.length; i++) {
    const verb = longestAt(index, text, i);
    if (verb === undefined || inTime(sentence, verb.from, verb.to)) continue;
    const { to } = clauseAround(text, verb.to);
    const end = sentence.timeSpans().find((t) => t.from > verb.from && t.from < to)?.from ?? to;
    const found = trimmed(sentence, verb.from, end);
    if (found !== null && found.to > verb.to - 1) return [found];
  }
  return [];
}
