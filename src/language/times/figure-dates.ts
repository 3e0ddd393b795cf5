import { isCounting } from './clocks.ts';
import { unitIn } from './lengths.ts';
import { isSign, numberIn, touches } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import type { Day } from './tree.ts';
import type { Tokens } from './tokens.ts';

/** Dates in figures only, and the rules that tell them from prices, versions and codes. */
type DayFound = Parse<{ readonly day: Day }>;

const dayParse = (day: Day, next: number): DayFound => ({ node: { day }, next });

/** 2026-03-18, 2026/3/18, 2019.9.6 */
function numeric(tokens: Tokens, at: number): DayFound | null {
  const year = numberIn(tokens, at, 1900, 2199);
  const month = numberIn(tokens, at + 2, 1, 12);
  const day = numberIn(tokens, at + 4, 1, 31);
  if (year === null || month === null || day === null || year.glued) return null;
  const separated = (['-', '/', '.'] as const).some(
    (sign) => isSign(tokens, at + 1, sign) && isSign(tokens, at + 3, sign),
  );
  if (!separated) return null;
  return dayParse(
    {
      kind: 'date',
      year: { absolute: year.value },
      month: { absolute: month.value },
      day: day.value,
    },
    at + 5,
  );
}

/** 2026 03 18, two figures each. */
function spaced(tokens: Tokens, at: number): DayFound | null {
  const [year, month, day] = [
    numberIn(tokens, at, 1900, 2199),
    numberIn(tokens, at + 1, 1, 12),
    numberIn(tokens, at + 2, 1, 31),
  ];
  if (year === null || month === null || day === null || year.glued) return null;
  if (!/^\d{2}$/.test(month.written) || !/^\d{2}$/.test(day.written)) return null;
  return dayParse(
    {
      kind: 'date',
      year: { absolute: year.value },
      month: { absolute: month.value },
      day: day.value,
    },
    at + 3,
  );
}

/** 20260318, where no letters or number words stand before it. */
function compact({ tokens, text }: Said, at: number): DayFound | null {
  const number = numberIn(tokens, at, 19_000_101, 21_991_231);
  if (number === null || number.glued || number.written.length !== 8) return null;
  const [year, month, day] = [
    Math.floor(number.value / 1e4),
    Math.floor(number.value / 100) % 100,
    number.value % 100,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (/[号码:-]/.test(text.charAt(number.from - 1)) || isSign(tokens, at + 1, '-', '.', '/'))
    return null;
  return dayParse(
    { kind: 'date', year: { absolute: year }, month: { absolute: month }, day },
    at + 1,
  );
}

/** What may part month and day: / or a point, and a dash where the month is written 03 or an hour follows (12-30 14:00). */
function isPairSign({ tokens }: Said, at: number): boolean {
  if (isSign(tokens, at + 1, '/', '.')) return true;
  const [month, day] = [numberIn(tokens, at), numberIn(tokens, at + 2)];
  if (
    !isSign(tokens, at + 1, '-') ||
    isSign(tokens, at - 1, '-') ||
    month?.written.length !== 2 ||
    day?.written.length !== 2
  )
    return false;
  const hour = tokens[at + 3]?.spaced === true && isSign(tokens, at + 4, ':');
  return (month.written.startsWith('0') && !isSign(tokens, at + 3, '-', ':', '点')) || hour;
}

/** 3/18, and with a point 3.18; of the latter only its surroundings tell whether it is a date. */
export function pairAt(said: Said, at: number): DayFound | null {
  const { tokens } = said;
  const month = numberIn(tokens, at, 1, 12);
  const day = numberIn(tokens, at + 2, 1, 31);
  if (month === null || day === null || month.glued || !isPairSign(said, at)) return null;
  if (!/^\d{1,2}$/.test(month.written) || !/^\d{1,2}$/.test(day.written)) return null;
  if (isSign(tokens, at - 1, '/', '.') || isSign(tokens, at + 3, '/') || !touches(tokens, at + 2))
    return null;
  if (isSign(tokens, at + 3, '.') && numberIn(tokens, at + 4) !== null) return null;
  if (unitIn(tokens, at + 3) !== null || isCounting(said, at + 3)) return null;
  return dayParse(
    { kind: 'date', year: null, month: { absolute: month.value }, day: day.value },
    at + 3,
  );
}

/** Whether the date found at `at` is written 3.18. */
export const isDotted = ({ tokens, text }: Said, at: number, next: number): boolean =>
  next >= at + 3 &&
  isSign(tokens, at + 1, '.') &&
  text.charAt(tokens[at + 1]?.from ?? 0) === '.' &&
  !isSign(tokens, at + 3, '.') &&
  numberIn(tokens, at, 1, 12) !== null;

/** Year, month and day in figures: 2026-03-18, 2026 03 18, 20260318. */
export const fullDateAt = (said: Said, at: number): DayFound | null =>
  numeric(said.tokens, at) ?? spaced(said.tokens, at) ?? compact(said, at);
