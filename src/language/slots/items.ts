import type { Found, ItemAsked } from '../meaning.ts';
import { matchName } from '../names.ts';
import type { Named } from '../lexicon.ts';
import { foundAt, inTime } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { longestAt, scanWords } from '../trie.ts';
import { amountAt, measureAt } from './amounts.ts';
import { findHeadcounts } from './headcount.ts';
import { findPersons } from './persons.ts';
import { findPlaces } from './places.ts';
import { wordsIn } from './terms.ts';

type Known = readonly string[];
type Segment = { readonly from: number; readonly to: number };
type Count = Segment & { readonly qty: number | null; readonly unit: string | undefined };

const breaks = /[，,、；;。！!？?：:\n+＋&]|以及|还有|外加|加上|另外|再来|再要|再拿|再领|[和跟与及](?!纸|尚|平)/g;

/** Stretches that can each hold one thing. */
function segmentsOf(sentence: Sentence): readonly Segment[] {
  const { text } = sentence;
  const segments: Segment[] = [];
  let from = 0;
  for (const cut of text.matchAll(breaks)) {
    segments.push({ from, to: cut.index });
    from = cut.index + (/^(?:再|还|另|外|加)/.test(cut[0]) && cut[0].startsWith('再') ? 0 : cut[0].length);
  }
  return [...segments, { from, to: text.length }].filter((s) => s.to > s.from);
}

/** Words before the thing that ask for it or say for whom; cut away from the left. */
const leads =
  /^(?:[\s"“”'()]+|大概|大约|约|差不多|估计|要用的|用的|你好|您好|请问|请|麻烦|劳驾|帮忙|帮我们|帮我|帮|给我们|给我|给大家|给|替|我们组|我们部门|我们部|我们|我组|部门|咱们|咱组|咱|我|大家|你们|行政|再来|再|还|另|也|都|先|想要|想|需要|需|要|申请一批|申请|申领|领用|领取|领|拿取|拿|取用|取|来|补充|补货|补|采购|购买|买|订购|订|发放|发|借|备齐|备|提前|准备|增加|加|换|印刷|印|添置|添|配|弄|搞|整|要求|能不能|能否|可不可以|可以|可否|能|一下|下|把|将|是|改成|改为|应该|一共|总共|共|各|物品|用品|办公用品|清单|申请单|快|没了?|用完了?|一些|一批|那个|就|吧|的|了)/;

/** Words after the thing that are no part of it. */
const trails =
  /(?:谢谢您?|多谢|感谢|谢了|麻烦了|就行了?|就可以了?|就好了?|就够了?|即可|可以吗|行吗|好吗|吗|吧|呗|哈|呢|啊|呀|哦|了|的|用|thanks?|thx|please|左右|以上|改成|改为|换成|变成|加到|减到|增加到|要|需要|没有了|没了|快|用完了|快没了|不够了|不够用|不够|即将用完|[\s"“”'()（）。.!！~～])$/;

/** A segment that speaks of where to, what for or whom, not of a thing. */
const aside = /^(?:放到|放在|送到|送至|送来|放|存放|用于|用来|用途|为了|因为|由于|申请人|领用人|部门[:：]|我在|我是|谢谢|急用|着急|尽快|如果|没有|有没有)/;

function trimmedLeft(text: string, from: number, to: number, known: Known = []): number {
  let at = from;
  for (let steps = 0; steps < 12; steps++) {
    const thing = longestAt(wordsIn(known), text, at);
    if (thing !== undefined && thing.to - at > 1) return at;
    const lead = leads.exec(text.slice(at, to));
    if (lead === null || lead[0].length === 0) return at;
    at += lead[0].length;
  }
  return at;
}

function trimmedRight(text: string, from: number, to: number): number {
  let end = to;
  for (let steps = 0; steps < 12; steps++) {
    const trail = trails.exec(text.slice(from, end));
    if (trail === null) return end;
    end -= trail[0].length;
  }
  return end;
}

/** Parentheses hold colours, brands and models: kept out of the name. */
const withoutBrackets = (name: string): string => name.replace(/[(（【[][^)）】\]]{0,40}[)）】\]]?/g, '').trim();

/** 半 after a measure word: 两盒半. */
const half = (text: string, at: number): number => (text.charAt(at) === '半' ? 0.5 : 0);

/** The first count in a stretch: a number with its measure, or a bare number at the end (便签5, 文件夹*10). */
function countIn(sentence: Sentence, from: number, to: number): Count | null {
  const { text } = sentence;
  for (let i = from; i < to; ) {
    const amount = amountAt(text, i);
    if (amount === null || amount.to > to) {
      i++;
      continue;
    }
    const count = countAt(sentence, i, amount.to, amount.value, to);
    if (count !== null) return count;
    i = amount.to;
  }
  return measureAfterVerb(text, from, to);
}

function countAt(sentence: Sentence, from: number, after: number, value: number, end: number): Count | null {
  const { text } = sentence;
  const at = text.charAt(after) === ' ' ? after + 1 : after;
  const measure = measureAt(text, at);
  if (measure !== null && measure.to <= end && !/^人/.test(text.slice(measure.to))) {
    const extra = half(text, measure.to);
    return { from: starBefore(text, from), to: measure.to + (extra > 0 ? 1 : 0), qty: value + extra, unit: measure.unit };
  }
  const tail = text.slice(after, end).trim();
  const bare = tail === '' || trimmedRight(text, after, end) === after;
  if (!bare || inTime(sentence, from, after) || /[第a-z]$/.test(text.slice(0, from))) return null;
  return { from: starBefore(text, from), to: after, qty: value, unit: undefined };
}

const starBefore = (text: string, at: number): number => at - (/[\s*×x✕]+$/.exec(text.slice(Math.max(0, at - 4), at))?.[0].length ?? 0);

/** 来卷胶带, 拿个插线板: a measure right after the verb means one; 几个 and 一些 leave the number open. */
function measureAfterVerb(text: string, from: number, to: number): Count | null {
  const open = /(?:几|多少|一些|若干|点儿?|一批)/.exec(text.slice(from, to));
  if (open !== null) {
    const end = from + open.index + open[0].length;
    const measure = open[0] === '几' ? measureAt(text, end) : null;
    return { from: from + open.index, to: measure?.to ?? end, qty: null, unit: measure?.unit };
  }
  const at = trimmedLeft(text, from, to);
  const measure = measureAt(text, at);
  if (measure === null || measure.to >= to || /^[个包盒箱支本张卷瓶把条块套件份袋副台]$/.test(measure.unit) === false) return null;
  return at === from ? null : { from: at, to: measure.to, qty: 1, unit: measure.unit };
}

type Parsed = Segment & { readonly name: string; readonly count: Count | null };

const knownIn = (name: string, known: Known): boolean =>
  scanWords(wordsIn(known), name.toLowerCase()).length > 0;

/** Name and count of one segment; null when nothing is asked for in it. */
function parse(sentence: Sentence, segment: Segment, known: Known, strict: boolean): Parsed | null {
  const { text } = sentence;
  const from = afterTimes(sentence, segment);
  if (aside.test(text.slice(from, segment.to))) return null;
  const count = countIn(sentence, from, segment.to);
  if (count === null) return bareThing(sentence, from, segment.to, known);
  const before = nameBetween(sentence, from, count.from, known);
  const after = nameBetween(sentence, count.to, segment.to, known);
  const name = chosenName(before, after, known);
  if (strict && name !== '' && !knownIn(name, known) && !isOwn(sentence, name)) return null;
  return { from, to: segment.to, name, count };
}

const isOwn = (sentence: Sentence, name: string): boolean => matchName(name, sentence.lexicon.items).length > 0;

/** Times, places and people at the front of a segment stand before the thing. */
function afterTimes(sentence: Sentence, { from, to }: Segment): number {
  const ends = sentence.times().filter((t) => t.from < to && t.to > from && t.value.type !== 'duration').map((t) => Math.min(t.to, to));
  return Math.max(from, ...ends);
}

function nameBetween(sentence: Sentence, from: number, to: number, known: Known): string {
  const { text, said } = sentence;
  const start = trimmedLeft(text, from, to, known);
  const end = trimmedRight(text, start, to);
  return end <= start ? '' : withoutBrackets(said.slice(start, end)).replace(/^[的\s]+|[的\s:：]+$/g, '');
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
  const short = name.length <= 8 && knownIn(name, known) && !/[没有不快完用]/.test(name);
  return { from, to, name: short || first === undefined ? name : sentence.said.slice(from + first.from, from + first.to), count: null };
}

const catalogues = new WeakMap<Known, readonly Named[]>();
const asNamed = (known: Known): readonly Named[] => {
  const made = catalogues.get(known) ?? known.map((name) => ({ id: name, name }));
  catalogues.set(known, made);
  return made;
};

/** 签子笔 → 签字笔: a name that only sounds like a known one is a slip of the keyboard. */
function spelledRight(sentence: Sentence, name: string, known: Known): string {
  if (name.length < 2 || known.includes(name.toLowerCase()) || isOwn(sentence, name)) return name;
  const near = matchName(name, asNamed(known))[0];
  return near !== undefined && near.how === 'pinyin' ? near.name : name;
}

const unitFor = (name: string, unit: string | undefined): string | undefined =>
  unit === '只' && /笔|芯|胶/.test(name) ? '支' : unit === '枝' ? '支' : unit;

const asked = (name: string, qty: number | null, unit: string | undefined): ItemAsked => {
  const measure = unitFor(name, unit);
  return measure === undefined ? { name, qty } : { name, qty, unit: measure };
};

/** How many of an item each person gets: 一人一本, 每人两支. */
const perHead = /(?:一人|每人|每个人|人手)(?=[一两二三四五\d])/;

type Hint = { readonly known: Known; readonly strict?: boolean };

/** Things asked for with counts and units; later words of a correction (不对，是5包) mend the last one. */
export function findItems(sentence: Sentence, { known, strict }: Hint): readonly Found<readonly ItemAsked[]>[] {
  const list: ItemAsked[] = [];
  let first: number | null = null;
  let last = 0;
  for (const segment of segmentsOf(sentence)) {
    const parsed = parse(sentence, withoutPerHead(sentence, segment), known, strict === true);
    if (parsed === null || isNoThing(parsed)) continue;
    if (!take(sentence, list, parsed, known)) continue;
    first ??= parsed.from;
    last = parsed.to;
  }
  if (first === null || list.length === 0) return [];
  return [foundAt(sentence, first, last, perPerson(sentence, withoutGone(sentence.text, list)))];
}

const isNoThing = ({ name }: Parsed): boolean =>
  /^(?:人|个人|天|小时|分钟|钟|次|点|楼|层|号|元|块钱|一起|时间|电话|会议室|申请单?|单子|事|问题|忙|物资|办公用品|用品|东西|物品|点东西|文具用品|耗材|资料|部门)$/.test(name);

/** 没纸了，拿两箱A4: what has run out is the reason, not a wish, when something else is counted. */
function withoutGone(text: string, list: readonly ItemAsked[]): readonly ItemAsked[] {
  if (!list.some((item) => item.qty !== null)) return list;
  const gone = (name: string): boolean => ['没', '没有', '缺'].some((no) => text.includes(no + name.toLowerCase()));
  return list.filter((item) => item.qty !== null || !gone(item.name));
}

const withoutPerHead = (sentence: Sentence, segment: Segment): Segment => {
  const each = perHead.exec(sentence.text.slice(segment.from, segment.to));
  return each === null ? segment : { from: segment.from + each.index + each[0].length, to: segment.to };
};

function perPerson(sentence: Sentence, list: readonly ItemAsked[]): readonly ItemAsked[] {
  const heads = perHead.test(sentence.text) ? findHeadcounts(sentence)[0]?.value : undefined;
  return heads === undefined ? list : list.map((item) => ({ ...item, qty: item.qty === null ? null : item.qty * heads }));
}

/** Adds what a segment says to the list: a new thing, a count for those before (各两个), or a corrected count. */
function take(sentence: Sentence, list: ItemAsked[], parsed: Parsed, known: Known): boolean {
  const { count } = parsed;
  const each = /各[要来领拿]?/.test(sentence.text.slice(parsed.from, parsed.to));
  const kinds = each ? (sentence.text.slice(parsed.from, parsed.to).match(/的/g)?.length ?? 0) : 0;
  const name = spelledRight(sentence, parsed.name.replace(/各[要来领拿]?$/, ''), known);
  const corrected = sentence.correction !== null && parsed.from >= sentence.correction.from;
  if (each && count?.qty != null) {
    if (kinds > 0 && list.length > 0) return amendLast(list, count.qty * kinds, count.unit);
    for (const [i, item] of list.entries())
      if (item.qty === null) list[i] = asked(item.name, count.qty, count.unit);
  }
  if (isQuality(name) && list.length > 0 && count?.qty != null) return amendLast(list, count.qty, count.unit);
  if (name === '' || (corrected && sameThing(list, name)))
    return count !== null && count.qty !== null && (corrected || list.at(-1)?.qty === null) && amendLast(list, count.qty, count.unit);
  if (corrected && list.length > 0 && isFirstAfter(sentence, parsed)) list.pop();
  list.push(asked(name, count?.qty ?? null, count?.unit));
  return true;
}

/** 来两个黑色的: a colour or size alone speaks of the thing before. */
const isQuality = (name: string): boolean => /^(?:黑|红|蓝|绿|白|黄|彩|灰|大|小|中|粗|细|厚|薄|长|短)(?:色|号|的|款|一点)*$/.test(name);

const isFirstAfter = (sentence: Sentence, parsed: Parsed): boolean =>
  sentence.correction !== null && parsed.from <= sentence.correction.to + 1;

const sameThing = (list: readonly ItemAsked[], name: string): boolean => {
  const last = list.at(-1)?.name ?? '';
  return last !== '' && last === name;
};

function amendLast(list: ItemAsked[], qty: number, unit: string | undefined): boolean {
  const last = list.pop();
  if (last === undefined) return false;
  list.push(asked(last.name, qty, unit ?? last.unit));
  return true;
}

/** Persons and places are looked up here so that callers can tell them from things. */
export const namesSomebody = (sentence: Sentence, from: number, to: number): boolean =>
  findPersons(sentence, { anywhere: true }).some((p) => p.from < to && from < p.to) ||
  findPlaces(sentence, []).some((p) => p.from < to && from < p.to);
