import { oneOf } from '../characters.ts';

/** What single characters are worth in a number. Traditional forms are folded before; formal ones (壹贰叁) are here. */

const row = (characters: string, value: number): readonly (readonly [string, number])[] =>
  Array.from(characters, (c) => [c, value] as const);

const figures: ReadonlyMap<string, number> = new Map([
  ...row('零〇', 0),
  ...row('一壹幺', 1),
  ...row('二两贰俩', 2),
  ...row('三叁仨', 3),
  ...row('四肆', 4),
  ...row('五伍', 5),
  ...row('六陆', 6),
  ...row('七柒', 7),
  ...row('八捌', 8),
  ...row('九玖', 9),
]);

const tens: ReadonlyMap<string, number> = new Map([
  ['廿', 20],
  ['卅', 30],
  ['卌', 40],
]);

const units: ReadonlyMap<string, number> = new Map([
  ...row('十拾', 10),
  ...row('百佰', 100),
  ...row('千仟', 1000),
  ...row('万', 1e4),
  ...row('亿', 1e8),
]);

/** 千克, 百度, 万科: a unit that begins another word counts nothing. */
const beginsWord: ReadonlyMap<string, string> = new Map([
  ['千', '克米瓦伏兆赫卡帕斤'],
  ['百', '度货叶'],
  ['万', '达科圣'],
]);

/** Whether a number can begin or go on with the character at `at`. */
export const isHanNumeralAt = oneOf([...figures.keys(), ...tens.keys(), ...units.keys()]);

/** Value of a Chinese figure, 0 to 9; undefined for any other character. */
export const figureOf = (c: string): number | undefined => figures.get(c);

/** The same of the character at `at`. */
export const figureAt = (text: string, at: number): number | undefined =>
  isHanNumeralAt(text, at) ? figures.get(text.charAt(at)) : undefined;

/** 20, 30 or 40 for 廿, 卅, 卌 at `at`. */
export const tensAt = (text: string, at: number): number | undefined =>
  isHanNumeralAt(text, at) ? tens.get(text.charAt(at)) : undefined;

/** 10, 100, 1000, 10⁴ or 10⁸ for a unit at `at`; undefined where there is none. */
export function unitAt(text: string, at: number): number | undefined {
  if (!isHanNumeralAt(text, at)) return undefined;
  const c = text.charAt(at);
  const unit = units.get(c);
  const next = text.charAt(at + 1);
  return unit !== undefined && next !== '' && beginsWord.get(c)?.includes(next) === true
    ? undefined
    : unit;
}

/** Whether the UTF-16 unit at `at` is 0 to 9. */
export function isArabicAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Behind the run of figures, Arabic or Chinese, that stands at `at`. */
export function figuresEnd(text: string, at: number): number {
  let to = at;
  while (isArabicAt(text, to) || figureAt(text, to) !== undefined) to++;
  return to;
}
