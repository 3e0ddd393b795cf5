import { createRequire } from 'node:module';
import type * as pinyinPro from 'pinyin-pro';

const load = createRequire(import.meta.url);

type Library = typeof pinyinPro;
let library: Library | null = null;

/** The dictionary of readings; loaded with the first name that has to be compared. */
const spoken = (): Library => {
  const loaded: Library = library ?? load('pinyin-pro');
  library = loaded;
  return loaded;
};

/** A name as it is typed with a pinyin keyboard, words read as words: 长沙 gives `changsha`. */
export const spelledOut = (text: string): string =>
  spoken().pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('');

const readings = new Map<string, string>();

/** The commonest reading of one character, without tone; other characters stand for themselves. */
const readingOf = (c: string): string => {
  const known = readings.get(c);
  if (known !== undefined) return known;
  const reading = c >= '\u4e00' && c <= '\u9fff' ? spoken().pinyin(c, { toneType: 'none' }) : c;
  readings.set(c, reading);
  return reading;
};

/** A text as syllables, one for each character, each character read for itself (both sides of a comparison slip alike). */
export const syllablesOf = (text: string): readonly string[] => text.split('').map(readingOf);

/** First letters of the syllables: 黄山 gives `hs`. */
export const initialsOf = (text: string): string =>
  syllablesOf(text)
    .map((s) => s.charAt(0))
    .join('');

const slurs = new Map<string, string>();

/** A syllable as careless ears take it: zh=z, ch=c, sh=s, n=l, -ng=-n. These are the usual slips of pinyin keyboards in the south. */
export const slurred = (syllable: string): string => {
  const known = slurs.get(syllable);
  if (known !== undefined) return known;
  const slur = syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/([aei]n)g$/, '$1');
  // Other characters stand for themselves; only syllables repeat often enough to be kept.
  if (syllable.length > 1) slurs.set(syllable, slur);
  return slur;
};

/** One letter for each slurred syllable, so that sounds can be looked up like words. */
const letters = new Map<string, string>();
export const soundLetter = (sound: string): string => {
  const key = slurred(sound);
  const letter = letters.get(key) ?? String.fromCharCode(0xe000 + letters.size);
  letters.set(key, letter);
  return letter;
};

/** By UTF-16 unit the unit of its sound letter; 0 as long as nobody has asked. */
const heard = new Uint16Array(0x10000);

function soundOf(unit: number): number {
  const isHan = unit >= 0x4e00 && unit <= 0x9fff;
  const sound = isHan ? soundLetter(readingOf(String.fromCharCode(unit))).charCodeAt(0) : unit;
  heard[unit] = sound;
  return sound;
}

/** A text as sound letters, one for each character. */
export function soundsOf(text: string): string {
  const sounds: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    sounds.push(heard[unit] || soundOf(unit));
  }
  return String.fromCharCode(...sounds);
}
