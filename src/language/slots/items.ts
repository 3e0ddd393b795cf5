import type { Found, ItemAsked } from '../meaning.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { scanWords } from '../trie.ts';
import { findHeadcounts } from './headcount.ts';
import { countIn } from './item-counts.ts';
import type { Count } from './item-counts.ts';
import { isOwn, knownIn, nameBetween, spelledRight } from './item-names.ts';
import type { Known } from './item-names.ts';
import { aside, segmentsOf, trimmedLeft } from './item-segments.ts';
import type { Segment } from './item-segments.ts';
import { thingsApart } from './item-runs.ts';
import { wordsIn } from './terms.ts';

type Parsed = Segment & { readonly name: string; readonly count: Count | null };
type Asked = readonly ItemAsked[];

/** Name and count of one segment; null when nothing is asked for in it. */
function parse(sentence: Sentence, segment: Segment, known: Known, strict: boolean): Parsed | null {
  const { text } = sentence;
  const from = afterTimes(sentence, segment);
  if (aside.test(text.slice(from, segment.to))) return null;
  // 还剩一包 counts what is there, not what is wanted.
  const left = text.slice(from, segment.to).includes('剩');
  const count = left ? null : countIn(sentence, from, segment.to);
  if (count === null) return bareThing(sentence, from, segment.to, known);
  const before = nameBetween(sentence, from, count.from, known);
  const after = nameBetween(sentence, count.to, segment.to, known);
  const name = chosenName(before, after, known);
  if (strict && name !== '' && !knownIn(name, known) && !isOwn(sentence, name)) return null;
  return { from, to: segment.to, name, count };
}

/** Times at the front of a segment stand before the thing. */
function afterTimes(sentence: Sentence, { from, to }: Segment): number {
  const ends = sentence
    .timeSpans()
    .filter((t) => t.from < to && t.to > from)
    .map((t) => Math.min(t.to, to));
  return Math.max(from, ...ends);
}

function chosenName(before: string, after: string, known: Known): string {
  if (after === '') return before;
  if (before === '' || knownIn(after, known) || !knownIn(before, known)) return after;
  return before;
}

/** A thing named without a number: only when it is a known one. */
function bareThing(sentence: Sentence, from: number, to: number, known: Known): Parsed | null {
  const own = sentence.named('items').find((f) => f.from >= from && f.to <= to);
  if (own !== undefined) return { from, to, name: own.words, count: null };
  const hits = scanWords(wordsIn(known), sentence.text.slice(from, to));
  if (hits.length === 0) return null;
  const name = nameBetween(sentence, from, to, known);
  const first = hits.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  const short = name.length <= 8 && knownIn(name, known) && !/[没有不快完用剩]/.test(name);
  return {
    from,
    to,
    name:
      short || first === undefined ? name : sentence.said.slice(from + first.from, from + first.to),
    count: null,
  };
}

const unitFor = (name: string, unit: string | undefined): string | undefined =>
  unit === '只' && /笔|芯|胶/.test(name) ? '支' : unit === '枝' ? '支' : unit;

const asked = (name: string, qty: number | null, unit: string | undefined): ItemAsked => {
  const measure = unitFor(name, unit);
  return measure === undefined ? { name, qty } : { name, qty, unit: measure };
};

/** Each person gets so many: 一人一本, 每人两支. */
const perHead = /(?:一人|每人|每个人|人手)(?=[一两二三四五\d])/;

type Hint = { readonly known: Known; readonly strict?: boolean };

/** Things asked for with counts and units; later words of a correction (不对，是5包) mend the last one. */
export function findItems(sentence: Sentence, { known, strict }: Hint): readonly Found<Asked>[] {
  let list: Asked = [];
  const taken: Segment[] = [];
  for (const segment of segmentsOf(sentence).flatMap((s) => thingsApart(sentence, s, known))) {
    const parsed = parse(sentence, withoutPerHead(sentence, segment), known, strict === true);
    if (parsed === null || noThing.test(parsed.name)) continue;
    const longer = taking(sentence, list, parsed, known);
    if (longer === null) continue;
    list = longer;
    taken.push(parsed);
  }
  const [first, last] = [taken[0], taken.at(-1)];
  if (first === undefined || last === undefined || list.length === 0) return [];
  return [
    foundAt(sentence, first.from, last.to, perPerson(sentence, withoutGone(sentence.text, list))),
  ];
}

/** What can be counted and is not handed out. */
const noThing =
  /^(?:人|人多|人少|人手|个人|天|小时|分钟|钟|次|点|楼|层|号|元|块钱|一起|时间|电话|会议室|申请单?|单子|事|问题|忙|物资|办公用品|用品|东西|物品|点东西|文具用品|耗材|资料|部门|算|应急|应应急|.{0,4}(?:实习生|新人|新员工|新同事|同事|员工|人员|领导|客户|老师|学生|兄弟|弟兄|师傅|姐妹|小伙伴|访客|客人|专家|评委|嘉宾|同志))$/;

/** 没纸了，拿两箱A4: what has run out is the reason, not a wish, when something else is counted. */
function withoutGone(text: string, list: readonly ItemAsked[]): readonly ItemAsked[] {
  if (!list.some((item) => item.qty !== null)) return list;
  const gone = (name: string): boolean =>
    ['没', '没有', '缺'].some((no) => text.includes(no + name.toLowerCase()));
  return list.filter((item) => item.qty !== null || !gone(item.name));
}

const withoutPerHead = (sentence: Sentence, segment: Segment): Segment => {
  const each = perHead.exec(sentence.text.slice(segment.from, segment.to));
  return each === null
    ? segment
    : { from: segment.from + each.index + each[0].length, to: segment.to };
};

function perPerson(sentence: Sentence, list: readonly ItemAsked[]): readonly ItemAsked[] {
  const heads = perHead.test(sentence.text) ? findHeadcounts(sentence)[0]?.value : undefined;
  return heads === undefined
    ? list
    : list.map((item) => ({ ...item, qty: item.qty === null ? null : item.qty * heads }));
}

/** The list with what a segment adds: a new thing, a count for those before (各两个), a corrected count; null when nothing. */
function taking(sentence: Sentence, list: Asked, parsed: Parsed, known: Known): Asked | null {
  const { count } = parsed;
  const said = spelledRight(
    sentence,
    parsed.name.replace(/各[要来领拿]?$|(?<=..)[多少]$/, ''),
    known,
  );
  const name =
    said === '' && list.length === 0 && count !== null ? goneBefore(sentence, parsed.from) : said;
  const corrected = sentence.correction !== null && parsed.from >= sentence.correction.from;
  const filled = eachCounted(sentence, list, parsed);
  if (filled !== null && filled.done) return filled.list;
  const before = filled?.list ?? list;
  const sized = ofOneKind(name, before, count);
  if (sized !== null) return sized;
  if (speaksOfLast(name, before, corrected, count)) return amendedLast(before, count);
  if (name === '') return filled?.list ?? null;
  const kept = corrected && isFirstAfter(sentence, parsed) ? before.slice(0, -1) : before;
  return [...kept, asked(name, count?.qty ?? null, count?.unit)];
}

/** 橡皮和尺子各6个 counts all before; 彩色的黑色的各一个 and 红黑蓝各5支 are so many of the last. */
function eachCounted(
  sentence: Sentence,
  list: Asked,
  { from, to, count }: Parsed,
): { readonly list: Asked; readonly done: boolean } | null {
  const words = sentence.text.slice(from, to);
  const qty = count?.qty ?? null;
  if (!words.includes('各') || qty === null || count === null) return null;
  const colours = /([黑红蓝绿白黄]{2,4})(?:色|的)?各/.exec(words)?.[1]?.length ?? 0;
  const kinds = colours > 0 ? colours : (words.match(/的/g)?.length ?? 0);
  if (kinds > 0 && list.length > 0)
    return { list: amendedLast(list, { ...count, qty: qty * kinds }) ?? list, done: true };
  return {
    list: list.map((item) => (item.qty === null ? asked(item.name, qty, count.unit) : item)),
    done: false,
  };
}

/** A count without a name, a colour alone (来两个黑色的), the same thing corrected: all speak of the last thing. */
function speaksOfLast(name: string, list: Asked, corrected: boolean, count: Count | null): boolean {
  const last = list.at(-1);
  if (last === undefined || count === null || count.qty === null) return false;
  if (name === '') return corrected || last.qty === null;
  return quality.test(name) || (corrected && last.name === name);
}

const quality = /^(?:黑|红|蓝|绿|白|黄|彩|灰|大|小|中|粗|细|厚|薄|长|短)(?:色|号|的|款|一点)*$/;

const size = /^(?:[\d一二三四五六七八九]{1,2}号|[大中小]号)$/;

/** 电池：5号8节，7号4节: sizes of the thing named before them. */
function ofOneKind(name: string, list: Asked, count: Count | null): Asked | null {
  const last = list.at(-1);
  if (last === undefined || count === null || !size.test(name)) return null;
  const kind = last.name.replace(/^(?:[\d一二三四五六七八九]{1,2}号|[大中小]号)/, '');
  const kept = last.qty === null ? list.slice(0, -1) : list;
  return [...kept, asked(name + kind, count.qty, count.unit)];
}

/** 热敏面单用完了，先来五卷: what has run out is what is counted behind, when no name stands there. */
const goneNoun =
  /((?!我们|你们|那边|这边)[\p{Script=Han}A-Za-z\d-]{2,8}?)(?:都|又|快|也|全|已经|马上)*(?:要)?(?:用完|用光|没[了有货剩]|断货|见底|告急|不够|缺货|不多了|空了|还有库存|还有没有|有库存|按)/u;

function goneBefore(sentence: Sentence, before: number): string {
  const text = sentence.text.slice(0, before);
  const gone = goneNoun.exec(text);
  if (gone?.[1] === undefined) return '';
  const from = gone.index + trimmedLeft(gone[1], 0, gone[1].length);
  const name = sentence.said
    .slice(from, gone.index + gone[1].length)
    .replace(/^.*(?:那种|这种|的)/u, '');
  return noThing.test(name) ? '' : name;
}

const isFirstAfter = (sentence: Sentence, parsed: Parsed): boolean =>
  sentence.correction !== null && parsed.from <= sentence.correction.to + 1;

const amendedLast = (list: Asked, count: Count | null): Asked | null => {
  const last = list.at(-1);
  return last === undefined || count === null
    ? null
    : [...list.slice(0, -1), asked(last.name, count.qty, count.unit ?? last.unit)];
};
