/**
 * Minutes as people write them → what was decided, and who is to do what by when. Pure.
 *
 * - section: what stands under a head of its own (行动项, 决议): there every line is an item, or none is.
 * - clause: a part of a line that asks for one thing; 「陈晨确认需求，王磊给方案」 has two.
 */
import { fold } from '../language/fold.ts';
import { dueDatesIn } from './by-when.ts';
import { type Drafted, type Reader, trimmed } from './drafted.ts';
import { itemIn } from './line.ts';
import { tableItems } from './tables.ts';
import { nameReader, onlyTells } from './who.ts';

export type Extracted = {
  readonly items: readonly Drafted[];
  /** 决策要点: what was decided, in the words of the minutes. */
  readonly decisions: readonly string[];
};

/** More lines and items are no minutes of an office. */
const MOST_LINES = 400;
const MOST_ITEMS = 60;
const LONGEST_LINE = 400;

type Section = 'none' | 'items' | 'decisions' | 'talk';

const BULLET =
  /^\s*(?:(?:[-–—•·*●○■□▪◆>✓√☐☑]+|[（(]?\d{1,2}[)）.、．:：](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])\s*)+/u;
const HEADS: readonly (readonly [Section, RegExp])[] = [
  [
    'items',
    /^(?:本周|后续|会后|下步|下一步|主要|重点)?(?:行动项|行动计划|行动|待办|待办事项|后续工作|任务分工|任务安排|任务|工作安排|工作计划|下一步计划|下一步|分工)(?:清单|列表|安排)?$|^(?:action items?|actions?|next steps?|to-?dos?|tasks?|follow-?ups?)$/iu,
  ],
  [
    'decisions',
    /^(?:会议)?(?:决议|决定|结论|决策|决策要点|会议结论|决议事项)(?:如下)?$|^(?:key )?(?:decisions?|resolutions?|conclusions?)$/iu,
  ],
  [
    'talk',
    /^(?:\p{Script=Han}{0,4})(?:进展|讨论|讨论内容|议题|背景|汇报|情况|会议内容|要点|议程)$|^(?:discussion|notes|agenda|updates?|background|summary)$/iu,
  ],
];
/** Lines about the meeting itself. */
const ABOUT =
  /^(?:会议|下次会议|下次)?(?:时间|地点|日期|名称|主题|议题|主持人?|记录人?|纪要人|参会人?员?|参加人?员?|与会人?员?|出席人?员?|列席人?员?|缺席人?员?|请假|抄送|主送)\s*[：:]|^(?:date|time|location|place|venue|present|attendees|participants|absent|chair|host|minutes by|subject|topic)\s*:/iu;
const DECIDED =
  /决定|决议|一致(?:同意|通过|认为)|会议(?:同意|通过|明确)|原则(?:上)?同意|审议通过|\b(?:decided|agreed|resolved|approved)\b/iu;
/** 行动项：……, TODO: …, ACTION: … before an item on the same line. */
const MARKED = /^(?:行动项|待办|todo|action(?: item)?|ai)\s*[：:]\s*(?=\S)/iu;
const DECISION_MARK = /^(?:会议)?(?:决议|决定|结论)\s*[：:]\s*(?=\S)/iu;

/** Reads whole minutes, or a single line of them. */
export function extract(text: string, reader: Reader): Extracted {
  const lines = text
    .split(/\r?\n/u)
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
  const table = tableItems(lines, reader);
  const items: Drafted[] = [...table.items];
  const decisions: string[] = [];
  let section: Section = 'none';
  for (const [place, raw] of lines.entries()) {
    if (table.lines.has(place)) continue;
    const line = raw.replace(BULLET, '').trim();
    const head = headed(line);
    if (head) section = head;
    if (head || line === '' || ABOUT.test(fold(line))) continue;
    // A line without a bullet after a list of items is a new paragraph, not another item.
    const found = readLine(line, reader, section);
    items.push(...found.items);
    decisions.push(...found.decisions);
  }
  return { items: items.slice(0, MOST_ITEMS), decisions: decisions.slice(0, MOST_ITEMS) };
}

function headed(line: string): Section | undefined {
  const bare = fold(line).replace(/^[【[#\s*]+|[】\]：:\s*]+$/gu, '');
  return bare.length > 24 ? undefined : HEADS.find(([, head]) => head.test(bare))?.[0];
}

function readLine(line: string, reader: Reader, section: Section): Extracted {
  const marked = MARKED.test(fold(line));
  const mark = (marked ? MARKED : DECISION_MARK).exec(fold(line))?.[0] ?? '';
  const rest = line.slice(mark.length);
  const listed = marked || section === 'items';
  const items = clausesOf(rest, reader).flatMap((clause) => itemIn(clause, reader, listed) ?? []);
  const decided = items.length === 0 && (section === 'decisions' || DECIDED.test(fold(line)));
  return { items, decisions: decided ? [trimmed(line)] : [] };
}

/** Sentences, and within them what a second name begins. A line whose parts are labelled stays whole. */
function clausesOf(line: string, reader: Reader): readonly string[] {
  if (/(?:责任人|负责人|承办人|owner|assignee)\s*[：:]/iu.test(fold(line))) return [line];
  const topic = /^(?:关于|针对)[^：:，,]{1,20}[：:]\s*/u.exec(line)?.[0] ?? '';
  return line
    .slice(topic.length)
    .split(/[。；;！!]|(?<=[a-z])\.\s+(?=[A-Z])/u)
    .flatMap((sentence) => atNames(sentence, reader))
    .filter((clause) => trimmed(clause) !== '');
}

function atNames(sentence: string, { now, people }: Reader): readonly string[] {
  const folded = fold(sentence);
  const dues = dueDatesIn(sentence, now);
  const read = nameReader(sentence, folded, people);
  const clauses: string[] = [];
  let from = 0;
  for (const { index } of folded.matchAll(/[，,]/gu)) {
    const asks = /^\s*(?:请|由|让)?/u.exec(folded.slice(index + 1))?.[0].length ?? 0;
    const at = index + 1 + asks;
    // 周四 is a day before it is a name.
    if (dues.some(({ from: begins, to }) => begins <= at && at < to)) continue;
    const end = read(at);
    // What comes before has to be an item of its own, with a name.
    if (
      end === null ||
      onlyTells(folded.slice(end)) ||
      !beginsWithName(folded.slice(from), read, from)
    )
      continue;
    if (/^\s*(?:[，,）)]|$)/u.test(folded.slice(end))) continue;
    clauses.push(sentence.slice(from, index));
    from = index + 1;
  }
  return [...clauses, sentence.slice(from)];
}

const beginsWithName = (rest: string, read: (at: number) => number | null, from: number): boolean =>
  read(from + (/^\s*(?:请|由|让|@)?/u.exec(rest)?.[0].length ?? 0)) !== null;
