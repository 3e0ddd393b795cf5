/** English numerals: words up to ninety-nine, and figures as they are. */
const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

const smallWords = small.slice(1).join('|');
const unitWords = small.slice(1, 10).join('|');

/** A whole number in words or figures, as the source of a pattern. */
export const numberPattern = `(?:\\d{1,5}|(?:${tens.join('|')})(?:[- ](?:${unitWords}))?|${smallWords})`;

/** A rank: 5th, fifth. */
export const rankPattern = `(?:\\d{1,3}(?:st|nd|rd|th)|${ordinals.join('|')})`;

/** What a match of `numberPattern` is worth; 1 for a and an. */
export function worth(word: string): number {
  const lower = word.toLowerCase();
  if (/^\d/.test(lower)) return Number.parseInt(lower, 10);
  if (lower === 'a' || lower === 'an') return 1;
  const [ten = '', unit] = lower.split(/[- ]/);
  const round = tens.indexOf(ten);
  if (round >= 0) return (round + 2) * 10 + (unit === undefined ? 0 : small.indexOf(unit));
  return Math.max(small.indexOf(lower), 0);
}

/** What a match of `rankPattern` is worth. */
export const rankOf = (word: string): number =>
  /^\d/.test(word) ? Number.parseInt(word, 10) : ordinals.indexOf(word.toLowerCase()) + 1;
