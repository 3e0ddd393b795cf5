import type { Found } from '../meaning.ts';
import { foundAt, inTime, isStop } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { longestAt } from '../trie.ts';
import { amountAt } from './amounts.ts';
import { wordsIn } from './terms.ts';

/** A storey at `at`: 3楼, 十层, 12F, B2, 负一楼; below ground counts down from -1. */
export function floorAt(text: string, at: number): { readonly floor: number; readonly to: number } | null {
  const below = /^(?:b(\d)(?:层|楼|f)?(?!\d)|(?:负|地下)([一二三1-3])(?:层|楼))/.exec(text.slice(at, at + 5));
  if (below !== null && text.charAt(at + below[0].length) !== '-') {
    const digit = below[1] ?? below[2] ?? '1';
    return { floor: -(Number(digit) || '一二三'.indexOf(digit) + 1), to: at + below[0].length };
  }
  const amount = amountAt(text, at);
  if (amount === null || !/[楼层f]/.test(text.charAt(amount.to))) return null;
  if (text.charAt(amount.to) === 'f' && /[a-z]/.test(text.charAt(amount.to + 1))) return null;
  return amount.value >= 1 && amount.value < 200 ? { floor: amount.value, to: amount.to + 1 } : null;
}

/** Storeys named in the sentence. */
export function findFloors(sentence: Sentence): readonly Found<number>[] {
  const found: Found<number>[] = [];
  for (let i = 0; i < sentence.text.length; ) {
    const floor = floorAt(sentence.text, i);
    if (floor !== null) found.push(foundAt(sentence, i, floor.to, floor.floor));
    i = floor?.to ?? i + 1;
  }
  return found;
}

/** What rooms are called by their last word. */
const roomNouns = [
  '会议室', '会客室', '会议厅', '多功能厅', '多功能会议室', '报告厅', '培训室', '培训教室', '洽谈室', '接待室', '贵宾室', '路演厅', '演播厅', '讨论室', '面试间', '电话间', '大礼堂', '阶梯教室', '小黑屋', '视频会议室', 'meeting room',
];
/** Names of rooms by themselves; the others only name a sort of room. */
const onlyOne = new Set(['多功能厅', '报告厅', '路演厅', '演播厅', '大礼堂', '阶梯教室', '小黑屋', '贵宾室']);

/** Words before 会议室 that belong to the sentence, not to its name. */
const notName =
  '订定预约借用找要个间的是在把大小中把这那有换到去下室空开取消给来帮我您你他一两三四五六七八九十几哪什么人位名点半号楼层日月天周午晚早时分钟分会各每另约留需改退查请上午新老个了想间想用能坐下之和与跟、都该及再也还没不好可以申视频投影白板前面对某其任何随便场占'.split('');
const notInName = new Set(notName);

const isHan = (c: string): boolean => c >= '\u4e00' && c <= '\u9fff';

/** Start of the name that ends at a room noun at `at`: 305|会议室, 星空|会议室, 2号|会议室; `at` itself when there is none. */
function nameStart(sentence: Sentence, at: number): number {
  const { text } = sentence;
  const numbered = /(?:[a-z]?-?\d{1,4}|[a-z])号?$|[一二三四五六七八九十]{1,2}号$/.exec(text.slice(Math.max(0, at - 6), at));
  if (numbered !== null) {
    const from = at - numbered[0].length;
    return inTime(sentence, from, at) && !/[室]/.test(text.charAt(from - 1)) && !numbered[0].endsWith('号') ? at : from;
  }
  let from = at;
  while (from > 0 && at - from < 4 && isHan(text.charAt(from - 1)) && !notInName.has(text.charAt(from - 1))) from--;
  const clean = from === 0 || notInName.has(text.charAt(from - 1)) || !isHan(text.charAt(from - 1));
  return clean && at - from >= 2 && !inTime(sentence, from, at) ? from : at;
}

const withDemonstrative = /(\d{3,4}|[a-z]\d{2,4})(?:号)?(?:那个|这个|那间|这间|的)?(?:大|小|中)?$/;
const numberAfter = /^(?:是|为|：|:)?\s*([a-z]?\d{3,4}|[a-z])(?!\d|[a-z]|:|：|点|人|个|月|号|日|年|元)/;

/** Named and numbered rooms: the company's own, else 305会议室, 会议室B, 星空会议室, 多功能厅. */
export function findRooms(sentence: Sentence): readonly Found<string>[] {
  const own = sentence.named('rooms').map((f) => ({ ...f, value: f.value.name }));
  if (own.length > 0) return own;
  const found: Found<string>[] = [];
  const index = wordsIn(roomNouns);
  for (let i = 0; i < sentence.text.length; ) {
    const noun = longestAt(index, sentence.text, i);
    const room = noun === undefined ? null : roomAt(sentence, noun.from, noun.to, noun.value);
    if (room !== null) found.push(room);
    i = noun?.to ?? i + 1;
  }
  return found.length > 0 ? found : switchedTo(sentence);
}

function roomAt(sentence: Sentence, at: number, to: number, noun: string): Found<string> | null {
  const { text, said } = sentence;
  const named = (from: number, end: number, name = said.slice(from, end)): Found<string> =>
    foundAt(sentence, from, end, name);
  const shown = withDemonstrative.exec(text.slice(Math.max(0, at - 8), at));
  if (shown?.[1] !== undefined && !inTime(sentence, at - shown[0].length, at))
    return named(at - shown[0].length, to, shown[1].toUpperCase());
  const from = nameStart(sentence, at);
  if (from < at) return named(from, to);
  const number = numberAfter.exec(text.slice(to, to + 8));
  if (number?.[1] !== undefined && !inTime(sentence, to, to + number[0].length))
    return named(at, to + number[0].length, number[1].toUpperCase());
  if (onlyOne.has(noun)) return named(at, to);
  return sizedOnFloor(sentence, at, to);
}

/** 3楼小会议室: on one floor, "the small one" is a name. */
function sizedOnFloor(sentence: Sentence, at: number, to: number): Found<string> | null {
  if (!/[大小]/.test(sentence.text.charAt(at - 1)) || !/[楼层]的?$/.test(sentence.text.slice(0, at - 1))) return null;
  return foundAt(sentence, at - 1, to, sentence.said.slice(at - 1, to));
}

/** 换到305, 改成B203, 去305: a bare number after a word of moving. */
function switchedTo(sentence: Sentence): readonly Found<string>[] {
  const moved = /(?:换成|换到|换为|改成|改到|改在|改为|挪到|移到|用)([a-z]?\d{3,4}|[a-z]\d{2,4})(?!\d|:|：|点|人|个|月|号|日|年|元|块|张)/.exec(sentence.text);
  if (moved?.[1] === undefined) return [];
  const from = moved.index + moved[0].length - moved[1].length;
  const to = from + moved[1].length;
  return inTime(sentence, from, to) ? [] : [foundAt(sentence, from, to, moved[1].toUpperCase())];
}

/** Wings, blocks and named buildings: A座, 2号楼, 5栋, 行政楼, 东区. */
const building = /^(?:[a-z]|\d{1,2}|[一二三四五六七八九十东南西北])(?:座|栋|幢|区|期)(?:的)?|^(?:\d{1,2}|[一二三四五六七八九十])号(?:楼|门|仓库|库|厂房)|^\p{Script=Han}{1,4}?(?:大厦|大楼|园区|广场|厂区|厂房|车间)|^(?:行政|办公|主|科研|研发|综合|宿舍|实验|教学|生产|食堂|裙|副|附|东|西|南|北|新|旧|老)楼/u;
const roomNumber = /^(?:[a-z]\d?-?)?\d{3,4}(?!\d|[.:：点月年元块张个台号支本套人份]|毫|公|米)(?:号?(?:室|房间|房|会议室|办公室|工位))?|^[a-z]\d{1,2}-\d{1,4}|^\d{1,3}号?(?:工位|房间|房|室|车位|会议室)|^[a-z]?\d{1,2}-\d{2,3}(?!\d)/;
const wing = /^(?:东|西|南|北|左|右)(?:侧|边|头|面|区|翼|角)?(?!京|安|宁|昌|门|部)/;

/** One part of a place at `at`; how much it tells. */
function partAt(text: string, at: number, nouns: readonly string[]): { readonly to: number; readonly exact: boolean } | null {
  const rest = text.slice(at, at + 12);
  const floor = floorAt(text, at);
  if (floor !== null) return { to: floor.to, exact: true };
  const block = building.exec(rest);
  if (block !== null) return { to: at + block[0].length, exact: true };
  const numbered = roomNumber.exec(rest);
  if (numbered !== null && !/[\w.\-]/.test(text.charAt(at - 1)) && !/(?:分机|电话|尾号|型号|编号|转|内线|hp|tel)$/.test(text.slice(Math.max(0, at - 3), at)))
    return { to: at + numbered[0].length, exact: true };
  const noun = longestAt(wordsIn(nouns), text, at);
  return noun === undefined ? null : { to: noun.to, exact: false };
}

type Place = Found<string> & { readonly exact: number };

/** The place that begins at `at`, its parts joined: A座|3楼|东侧|茶水间. */
function placeAt(sentence: Sentence, at: number, nouns: readonly string[]): Place | null {
  const { text } = sentence;
  let to = at;
  let exact = 0;
  for (;;) {
    const part = partAt(text, to, nouns);
    if (part === null || (part.exact && inTime(sentence, to, part.to))) break;
    to = part.to;
    if (part.exact) exact++;
    const turned = wing.exec(text.slice(to, to + 2));
    if (turned !== null) to += turned[0].length;
    if (/[的\s-]/.test(text.charAt(to)) && partAt(text, to + 1, nouns) !== null) to++;
  }
  return to === at ? null : { ...foundAt(sentence, at, to, sentence.said.slice(at, to)), exact };
}

/** Places in people's own words, the most exact first. */
export function findPlaces(sentence: Sentence, nouns: readonly string[]): readonly Found<string>[] {
  const found: Place[] = [];
  for (let i = 0; i < sentence.text.length; ) {
    const place = isStop(sentence.text.charAt(i)) ? null : placeAt(sentence, i, nouns);
    if (place !== null) found.push(place);
    i = place?.to ?? i + 1;
  }
  return found.toSorted((a, b) => b.exact - a.exact || a.from - b.from);
}
