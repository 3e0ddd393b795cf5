import { Converter } from 'opencc-js/t2cn';

/** Traditional to mainland simplified, words before characters. */
const simplified = Converter({ from: 't', to: 'cn' });

/** Everything that needs no width folding: ASCII, the ideographs, and the two full stops of Chinese. */
const wide = /[^\p{ASCII}\u3001\u3002\u4e00-\u9fff]/gu;

const sameLength = (from: string, to: string): string => (to.length === from.length ? to : from);

/** Half width where one character becomes one (３ → 3, ： → :); ½ and ㈠ would become longer and stay. */
const narrowed = (text: string): string =>
  text.replace(wide, (c) => sameLength(c, c.normalize('NFKC')));

/** Offsets must hold: a word that changes its length is converted character by character instead. */
function toSimplified(text: string): string {
  const whole = simplified(text);
  if (whole.length === text.length) return whole;
  return Array.from(text, (c) => sameLength(c, simplified(c))).join('');
}

/**
 * The text in simplified characters and half width, always exactly as long as before, so that offsets into the folded
 * text are offsets into what was said. Letter case stays.
 */
export const fold = (text: string): string => toSimplified(narrowed(text));
