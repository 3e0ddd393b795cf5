import { oneOf } from './characters.ts';
import type { Spelling } from './fold.ts';
import type { HeardAs, SlotSort } from './lexicon.ts';
import { soundsOf } from './sounds.ts';
import { eachWordAt, indexWords } from './trie.ts';
import type { Hit, WordIndex } from './trie.ts';

/** Words of the office by their sound, and as they are written. */
type Slips = {
  readonly heard: WordIndex<string>;
  readonly written: ReadonlySet<string>;
  /** Words of two characters, and what words begin with (档案 of 档案室): what stands in one is written as meant. */
  readonly pairs: ReadonlySet<string>;
};

/** Shorter words have too many neighbours of the same sound. */
const SHORTEST = 3;

/** Little words between others: 会议是几点 is no slip of 会议室. */
const isLittle = oneOf('是的地得了在有和去到几这那不没要事时我你他她上下里');

const listed = (sort: SlotSort): readonly string[] =>
  'known' in sort && Array.isArray(sort.known) ? sort.known : [];

const isLong = (word: string): boolean =>
  word.length >= SHORTEST && /^[\u4e00-\u9fff]+$/.test(word);

/** All longer words that an intent listens for or lists as things. */
function prepareSlips(intents: readonly HeardAs[]): Slips {
  const all = intents.flatMap(({ words: groups, slots }) => [
    ...Object.values(groups).flat(),
    ...Object.values(slots).flatMap(listed),
  ]);
  const words = all.filter(isLong);
  return {
    heard: indexWords(words.map((word) => [soundsOf(word), word])),
    written: new Set(words),
    pairs: new Set(all.filter((word) => word.length >= 2).map((word) => word.slice(0, 2))),
  };
}

const prepared = new WeakMap<readonly HeardAs[], Slips>();

function slipsOf(intents: readonly HeardAs[]): Slips {
  const slips = prepared.get(intents) ?? prepareSlips(intents);
  prepared.set(intents, slips);
  return slips;
}

/** Whether a word was meant at `from` by characters of the same sound: one of them wrong, of a long word two. */
function isSlip(text: string, from: number, word: string): boolean {
  let wrong = 0;
  for (let i = 0; i < word.length; i++) {
    if (text.charCodeAt(from + i) === word.charCodeAt(i)) continue;
    if (isLittle(text, from + i) || isLittle(word, i)) return false;
    wrong++;
  }
  return wrong > 0 && wrong <= (word.length > SHORTEST ? 2 : 1);
}

/** 整理一份 holds no slip of 拟一份: a wrong character would break up a word that is there. */
function breaksWord(text: string, { from, value }: Hit<string>, pairs: Slips['pairs']): boolean {
  for (let i = 0; i < value.length; i++) {
    const at = from + i;
    if (text.charAt(at) === value.charAt(i)) continue;
    if (pairs.has(text.slice(at - 1, at + 1)) || pairs.has(text.slice(at, at + 2))) return true;
  }
  return false;
}

/** The words of the office that stand in a text by their sound only, with their places. */
function slipsIn({ heard, written, pairs }: Slips, text: string): readonly Hit<string>[] {
  const sounds = soundsOf(text);
  const found: Hit<string>[] = [];
  let from = 0;
  const see = (to: number, value: string): void => {
    if (!isSlip(text, from, value) || written.has(text.slice(from, to))) return;
    const slip = { from, to, value };
    if (!breaksWord(text, slip, pairs)) found.push(slip);
  };
  for (; from + SHORTEST <= text.length; from++) eachWordAt(heard, sounds, from, see);
  return found;
}

const mended = (text: string, slips: readonly Hit<string>[]): string =>
  slips.reduce((t, { from, to, value }) => t.slice(0, from) + value + t.slice(to), text);

/**
 * Slips of a pinyin keyboard or of dictation set right, character for character: 会义室 → 会议室, 打应机 → 打印机. A word that is
 * written as the office writes it is none.
 */
export function spelledRight(spelling: Spelling, intents: readonly HeardAs[]): Spelling {
  const slips = slipsIn(slipsOf(intents), spelling.said);
  if (slips.length === 0) return spelling;
  return { plain: mended(spelling.plain, slips), said: mended(spelling.said, slips) };
}
