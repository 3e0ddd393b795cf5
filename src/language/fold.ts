import { createRequire } from 'node:module';
import type * as library from 'opencc-js/t2cn';

const load = createRequire(import.meta.url);

type Conversion = (text: string) => string;
/** `t`: character by character, with the words that need another one. `twp`: Taiwan's words as well (視訊 → 视频, 印表機 → 打印机). */
type Source = 't' | 'twp';

const conversions = new Map<Source, Conversion>();

/** A conversion to mainland simplified. Its tables are loaded with the first text that needs them. */
function conversionFrom(from: Source): Conversion {
  const known = conversions.get(from);
  if (known !== undefined) return known;
  const { Converter }: typeof library = load('opencc-js/t2cn');
  const made = Converter({ from, to: 'cn' });
  conversions.set(from, made);
  return made;
}

/** Listed in GB 2312 for names and old texts; to whom writes in traditional characters they are everyday ones (後天, 於). */
const rareButTraditional = '乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽';

/** Characters that folding leaves alone: 1 in the table. ASCII, the two full stops of Chinese, and GB 2312: mainland everyday writing. */
function settledCharacters(): Uint8Array {
  const table = new Uint8Array(0x10000);
  table.fill(1, 0, 0x80);
  table[0x3001] = 1;
  table[0x3002] = 1;
  const bytes = new Uint8Array(2 * 72 * 94);
  for (let i = 0; i < 72 * 94; i++) {
    bytes[2 * i] = 0xb0 + Math.floor(i / 94);
    bytes[2 * i + 1] = 0xa1 + (i % 94);
  }
  const ideographs = new TextDecoder('gb2312').decode(bytes);
  for (let i = 0; i < ideographs.length; i++)
    if (ideographs.charAt(i) >= '\u4e00') table[ideographs.charCodeAt(i)] = 1;
  for (let i = 0; i < rareButTraditional.length; i++) table[rareButTraditional.charCodeAt(i)] = 0;
  return table;
}

const settled = settledCharacters();

function isSettled(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (settled[text.charCodeAt(i)] === 0) return false;
  return true;
}

/** Everything that needs no width folding: ASCII, the ideographs, and the two full stops of Chinese. */
const wide = /[^\p{ASCII}\u3001\u3002\u4e00-\u9fff]/gu;

const sameLength = (from: string, to: string): string => (to.length === from.length ? to : from);

/** What normalizing said of a character; texts have the same few again and again. */
const narrow = new Map<string, string>();
const MOST_KEPT = 1_000;

function narrowCharacter(c: string): string {
  const known = narrow.get(c);
  if (known !== undefined) return known;
  const made = sameLength(c, c.normalize('NFKC'));
  if (narrow.size < MOST_KEPT) narrow.set(c, made);
  return made;
}

/** What narrowing makes of a UTF-16 unit; 0 as long as nobody has asked. */
const narrowUnits = new Uint16Array(0x10000);

function narrowUnit(unit: number): number {
  const made = narrowCharacter(String.fromCharCode(unit)).charCodeAt(0);
  narrowUnits[unit] = made;
  return made;
}

/** Half width where one character becomes one (３ → 3, ： → :); ½ and ㈠ would become longer and stay. */
function narrowed(text: string): string {
  let made = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (settled[unit] === 1 || (unit >= 0x4e00 && unit <= 0x9fff)) continue;
    // Characters of two units are rare, and only whole ones can be normalized.
    if (unit >= 0xd800 && unit <= 0xdfff) return text.replace(wide, narrowCharacter);
    const own = narrowUnits[unit] || narrowUnit(unit);
    if (own === unit) continue;
    made += text.slice(from, i) + String.fromCharCode(own);
    from = i + 1;
  }
  return made + text.slice(from);
}

/** An ideograph outside GB 2312: a traditional one, or a rare one that stays as it is. */
const foreign = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x4e00 && code <= 0x9fff && settled[code] === 0) return true;
  }
  return false;
};

/** Offsets must hold: a word that changes its length is converted character by character instead. */
function toSimplified(text: string): string {
  const convert = conversionFrom('t');
  const whole = convert(text);
  if (whole.length === text.length) return whole;
  return Array.from(text, (c) => sameLength(c, convert(c))).join('');
}

/** Stretches in which a word that changes its length (隨身碟 → U盘) keeps only itself from being said in mainland words. */
const stretches = /[^\s\p{P}]+|[\s\p{P}]+/gu;

/**
 * Traditional text in the words of the mainland, where they are as long (影印機 → 复印机, 大螢幕 → 大屏幕); other text as it is.
 * For finding what is meant; what people wrote is quoted in their own words. As long as before, like `fold`.
 */
function inMainlandWords(text: string): string {
  const convert = conversionFrom('twp');
  return text.replace(stretches, (stretch) =>
    foreign(stretch) ? sameLength(stretch, convert(stretch)) : stretch,
  );
}

/** A text folded twice, both as long as it was: `plain` keeps the words people wrote, `said` has them in mainland words. */
export type Spelling = { readonly plain: string; readonly said: string };

/** Traditional messages as they were spelled last: an answer to a draft is spelled for the draft and for itself. */
const recentSpellings = new Map<string, Spelling>();

/** Folds a text both ways. */
export function spellingOf(text: string): Spelling {
  const plain = fold(text);
  if (!foreign(text)) return { plain, said: plain };
  const known = recentSpellings.get(text);
  if (known !== undefined) return known;
  const spelling = { plain, said: fold(inMainlandWords(text)) };
  if (recentSpellings.size >= 16) recentSpellings.clear();
  recentSpellings.set(text, spelling);
  return spelling;
}

/** The same stretch of both. */
export const stretchOf = ({ plain, said }: Spelling, from: number, to: number): Spelling => ({
  plain: plain.slice(from, to),
  said: said.slice(from, to),
});

/** A message is folded by every reader of it; what was simplified last is kept, and that doing it again changes nothing. */
const recent = new Map<string, string>();

/**
 * The text in simplified characters and half width, always exactly as long as before, so that offsets into the folded
 * text are offsets into what was said. Letter case stays.
 */
export function fold(text: string): string {
  if (isSettled(text)) return text;
  const half = narrowed(text);
  if (!foreign(half)) return half;
  const known = recent.get(half);
  if (known !== undefined) return known;
  const folded = toSimplified(half);
  if (recent.size >= 16) recent.clear();
  recent.set(half, folded);
  recent.set(folded, folded);
  return folded;
}
