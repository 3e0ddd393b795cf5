import { shortCities } from '../short-cities.ts';
import { matchesOf } from '../matches.ts';
import type { Found } from '../meaning.ts';
import { foundAt, inTime, perSentence } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { tileWords } from '../trie.ts';
import { wordsIn } from './terms.ts';

/** A city of a journey and what it is there. */
type Stop = Found<string> & { readonly role: 'to' | 'from' | 'open' };

const toward =
  /(?:去趟|去一趟|跑一趟|跑趟|走一趟|去一下|前往|去往|去到|飞往|飞去|飞到|开往|发往|赴|抵达|抵|去|到|往|飞|至|目的地(?:是|为)?|地点(?:是|为)?|再|出差|[→>＞])[:：\s]*$/;
const leaving = /(?:从|自|由|出发地(?:是|为)?|始发地?|起点)[:：\s]*$/;
const returning = /(?:返回|返|回到|回)$/;
const setsOff = /^(?:市)?(?:出发|起飞|启程|动身|走)/;
const onward = /^(?:市)?\s?(?:到|至|去|飞|往|→|-|—|–|>|＞|~)/;

/** Characters after a city name that make it part of another word: 上海路, 北京饭店, 宁波银行. */
const otherWord =
  /^(?:路|街|厅|会议室|饭店|酒店|银行|大厦|牌|话|菜|烤鸭|户口|时间|分公司会议室|大道|站台|室|版|总部会议室)/;

/** Without one of these a text names no city by one character; most texts are without. */
const shortName = new RegExp(`[${Object.keys(shortCities).join('')}]`);

const wild = /(?:去|到|赴|前往|飞|飞往)([\p{Script=Han}]{2,4})出差/gu;

/** Cities whose names are ordinary words: only read right after a word of going. */
const ordinary = new Set([
  '合作',
  '安宁',
  '东方',
  '平安',
  '大方',
  '开化',
  '文明',
  '长治',
  '保安',
  '明光',
  '海安',
]);

/** Cities of the sentence with what they are: where to, where from. */
const findStops = perSentence((sentence): readonly Stop[] => {
  const { text, lexicon } = sentence;
  const cities = tileWords(wordsIn(lexicon.cities), text)
    .filter(
      (hit) =>
        !otherWord.test(text.slice(hit.to, hit.to + 4)) && !inTime(sentence, hit.from, hit.to),
    )
    .filter(
      (hit) =>
        !ordinary.has(hit.value) || toward.test(text.slice(Math.max(0, hit.from - 8), hit.from)),
    )
    .map((hit) => foundAt(sentence, hit.from, hit.to, hit.value));
  const all = [...cities, ...shortNames(sentence, cities)].toSorted((a, b) => a.from - b.from);
  const named = all.length > 0 ? all : unlisted(sentence);
  return named.map((city, i) => ({ ...city, role: roleOf(sentence, city, named[i + 1]) }));
});

/** 赴京, 去沪, 京沪: one character, only after a word of going. */
function shortNames(
  sentence: Sentence,
  cities: readonly Found<string>[],
): readonly Found<string>[] {
  const { text } = sentence;
  if (!shortName.test(text)) return [];
  return [
    ...text.matchAll(
      /(?:赴|抵|去|到|飞|返|回|往|离)([京沪津渝穗深杭宁汉蓉港澳台])(?![\p{Script=Han}]{0,1}[路市区县山海州])/gu,
    ),
  ].flatMap((m) => {
    const at = m.index + m[0].length - 1;
    const name = shortCities[m[1] ?? ''];
    const covered = cities.some((c) => c.from <= at && at < c.to);
    return name === undefined ||
      covered ||
      /^[台深港宁汉](?:式|入|班|口|静|可|字)/.test(text.slice(at))
      ? []
      : [foundAt(sentence, at, at + 1, name)];
  });
}

/** A place nobody listed, framed by 去…出差. */
const unlisted = (sentence: Sentence): readonly Found<string>[] =>
  matchesOf(sentence.text, wild).flatMap((m) => {
    const name = m[1] ?? '';
    const from = m.index + m[0].length - 2 - name.length;
    return /[我你他哪里外地一下趟个的]/.test(name)
      ? []
      : [foundAt(sentence, from, from + name.length, name)];
  });

/** 出差：合肥→南京: the word of travelling goes with both. */
const isLed = (before: string): boolean => /出差[:：\s]*$/.test(before);

const leadsOn = (after: string, city: Found<string>, next: Found<string> | undefined): boolean =>
  next !== undefined && next.from - city.to <= 3 && onward.test(after);

function roleOf(
  sentence: Sentence,
  city: Found<string>,
  next: Found<string> | undefined,
): Stop['role'] {
  const before = sentence.text.slice(Math.max(0, city.from - 8), city.from);
  const after = sentence.text.slice(city.to, city.to + 4);
  if (leaving.test(before) || returning.test(before)) return 'from';
  if (toward.test(before) && !(isLed(before) && leadsOn(after, city, next))) return 'to';
  if (setsOff.test(after)) return 'from';
  if (leadsOn(after, city, next)) return 'from';
  return 'open';
}

const deduped = (stops: readonly Stop[]): readonly Stop[] =>
  stops.filter((s, i) => stops.findIndex((other) => other.value === s.value) === i);

/** Cities gone to, in order; after a correction (上海，不对，苏州) the one taken back is left out. */
export function findDestinations(sentence: Sentence): readonly Found<readonly string[]>[] {
  const stops = deduped(findStops(sentence).filter((s) => s.role !== 'from'));
  const kept = withoutTakenBack(sentence, stops);
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    foundAt(
      sentence,
      first.from,
      last.to,
      kept.map((s) => s.value),
    ),
  ];
}

function withoutTakenBack(sentence: Sentence, stops: readonly Stop[]): readonly Stop[] {
  const { correction } = sentence;
  if (correction === null) return stops;
  const amended = stops.some((s) => s.from >= correction.to && s.from - correction.to <= 4);
  const dropped = amended ? stops.filter((s) => s.from < correction.to).at(-1) : undefined;
  return stops.filter((s) => s !== dropped);
}

/** Every city of a journey in the order it is come to, the way home among them; not the one set off from. */
export const findPlacesGone = (sentence: Sentence): readonly Found<string>[] =>
  findStops(sentence).filter(
    (stop) =>
      stop.role !== 'from' ||
      returning.test(sentence.text.slice(Math.max(0, stop.from - 2), stop.from)),
  );

/** The city left from: 从北京去, 北京出发, 北京到上海. */
export const findOrigins = (sentence: Sentence): readonly Found<string>[] =>
  findStops(sentence).filter(
    (s, _, all) =>
      s.role === 'from' &&
      !all.some((other) => other.role === 'to' && other.value === s.value) &&
      !returning.test(sentence.text.slice(Math.max(0, s.from - 2), s.from)),
  );

/** Whether any city is spoken of. */
export const hasCity = (sentence: Sentence): boolean => findStops(sentence).length > 0;

/** Whether a city is gone to in so many words. */
export const goesToCity = (sentence: Sentence): boolean =>
  findStops(sentence).some((s) => s.role === 'to');
