import { oneOf } from '../characters.ts';
import { matchesOf } from '../matches.ts';
import type { Found } from '../meaning.ts';
import { foundAt, inTime, isStopAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { longestAt } from '../trie.ts';
import { findCodes, phoneNumber } from './codes.ts';
import { floorAt } from './floors.ts';
import { wordsIn } from './terms.ts';

/** Wings, blocks and named buildings: A座, 2号楼, 5栋, 行政楼, 东区. */
const building =
  /^(?:[a-z]|\d{1,2}|[一二三四五六七八九十东南西北])(?:座|栋|幢|区|期)(?:的)?|^(?:\d{1,2}|[一二三四五六七八九十])号(?:楼|门|仓库|库|厂房)|^\p{Script=Han}{1,4}?(?:大厦|大楼|园区|广场|厂区|厂房|车间)|^(?:行政|办公|主|科研|研发|综合|宿舍|实验|教学|生产|食堂|裙|副|附|东|西|南|北|新|旧|老)楼/u;
const roomNumber =
  /^(?:[a-z]\d?-?)?\d{3,4}(?!\d|[.:：点月年元块张个台号支本套人份]|毫|公|米)(?:号?(?:室|房间|房|会议室|办公室|工位))?|^[a-z]\d{1,2}-\d{1,4}|^\d{1,3}号?(?:工位|房间|房|室|车位|会议室)|^[a-z]?\d{1,2}-\d{2,3}(?!\d)/;
const beginsRoomNumber = oneOf('abcdefghijklmnopqrstuvwxyz0123456789');
const wing = /^(?:东|西|南|北|左|右)(?:侧|边|头|面|区|翼|角)?(?!京|安|宁|昌|门|部)/;

/** One part of a place at `at`; how much it tells. */
function partAt(
  text: string,
  at: number,
  nouns: readonly string[],
  inPlace: boolean,
): { readonly to: number; readonly exact: boolean } | null {
  const rest = text.slice(at, at + 12);
  const floor = floorAt(text, at);
  if (floor !== null) return { to: floor.to, exact: true };
  const block = building.exec(rest);
  if (block !== null) return { to: at + block[0].length, exact: true };
  const numbered = beginsRoomNumber(text, at) ? roomNumber.exec(rest) : null;
  const bare = numbered !== null && /^\d+$/.test(numbered[0]);
  if (
    numbered !== null &&
    !/[\w.-]/.test(text.charAt(at - 1)) &&
    (!bare || inPlace || at === 0 || /[\s,，。;；:：、的在是到去]/.test(text.charAt(at - 1))) &&
    !/(?:分机|电话|尾号|型号|编号|转|内线|hp|tel)$/.test(text.slice(Math.max(0, at - 3), at))
  )
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
    const part = partAt(text, to, nouns, to > at);
    if (part === null || (part.exact && inTime(sentence, to, part.to))) break;
    to = part.to;
    if (part.exact) exact++;
    const turned = wing.exec(text.slice(to, to + 2));
    if (turned !== null) to += turned[0].length;
    if (/[的\s-]/.test(text.charAt(to)) && partAt(text, to + 1, nouns, true) !== null) to++;
  }
  if (to === at) return null;
  const from = exact > 0 && !startsNoun(text, at, nouns) ? at : namedFrom(sentence, at);
  return { ...foundAt(sentence, from, to, sentence.said.slice(from, to)), exact };
}

const startsNoun = (text: string, at: number, nouns: readonly string[]): boolean =>
  longestAt(wordsIn(nouns), text, at) !== undefined;

/** Characters that end the name of a place to the left: 在|档案库房, 把|多媒体教室. */
const noPlace = new Set(
  '的在到是把给让帮请我你他她们这那个了和跟与及又都就还也有没被从去来上下里外前后左右旁边报修坏麻烦您得地着过吗呢吧啊对于为因间号换要能想想用修看查'.split(
    '',
  ),
);

/** 档案|库房, 党员|活动室: the words before a noun of place that belong to it; up to four characters between it and a boundary. */
function namedFrom(sentence: Sentence, at: number): number {
  const { text } = sentence;
  let from = at;
  while (
    from > 0 &&
    at - from < 5 &&
    isPlaceName(text.charAt(from - 1)) &&
    !inTime(sentence, from - 1, from)
  )
    from--;
  const before = text.charAt(from - 1);
  const isBound = from === 0 || !/\p{Script=Han}/u.test(before) || noPlace.has(before);
  return isBound && at - from >= 2 ? from : at;
}

const isPlaceName = (c: string): boolean => /\p{Script=Han}/u.test(c) && !noPlace.has(c);

/** 财务科, 会计核算中心, 北门: places by their last word, when nothing better is said. */
const unlisted =
  /(?<=^|[\s,，。；;：:、在到是的把])(\p{Script=Han}{1,7}?(?:科|处|中心|教室|库|病房|病区|护士站|收费口|窗口|岗亭|门岗|分部|支行|网点)|[东西南北前后侧][大小]?门)(?=[\p{Script=Han}A-Za-z\d,，。\s]|$)(?!长|员|理|于|技|学|目|分|罚|方)/gu;

const unlistedPlaces = (sentence: Sentence): readonly Place[] =>
  matchesOf(sentence.timeless(), unlisted).flatMap((m) => {
    const name = m[1] ?? '';
    return /^[我你他她这那哪各到好某]/.test(name) || /[把给让请帮修坏]/.test(name)
      ? []
      : [
          {
            ...foundAt(
              sentence,
              m.index,
              m.index + name.length,
              sentence.said.slice(m.index, m.index + name.length),
            ),
            exact: 0,
          },
        ];
  });

/** Places in people's own words, the most exact first. */
export function findPlaces(sentence: Sentence, nouns: readonly string[]): readonly Found<string>[] {
  const found: Place[] = [];
  const hidden = findCodes(sentence, phoneNumber);
  for (let i = 0; i < sentence.text.length;) {
    const phone = hidden.find(({ from, to }) => from <= i && i < to);
    if (phone !== undefined) {
      i = phone.to;
      continue;
    }
    const place = isStopAt(sentence.text, i) ? null : placeAt(sentence, i, nouns);
    if (place !== null) found.push(place);
    i = place?.to ?? i + 1;
  }
  // Only the kinds that give nouns of place want places without a number or a noun.
  const all = found.length > 0 || nouns.length === 0 ? found : unlistedPlaces(sentence);
  return all.toSorted((a, b) => b.exact - a.exact || a.from - b.from);
}
