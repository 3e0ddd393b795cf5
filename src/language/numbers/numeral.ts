import { arabicAt, mostFigures, wholeAt } from './arabic.ts';
import { figureAt, isArabicAt, isHanNumeralAt, tensAt, unitAt } from './figures.ts';

/** A number at a place of a text; `to` is the offset behind it. */
export type Numeral = { readonly value: number; readonly to: number };

type Style = {
  /** 三千 九百: spaces between the parts. */
  readonly spaced: boolean;
  /** 2.5 and 2.5万. */
  readonly decimals: boolean;
};

/** Where the reading of a number stands. Amounts below 万, from 万 to 亿, and above are kept apart. */
type State = {
  above: number;
  tenThousands: number;
  section: number;
  /** A figure still without its unit, and how many characters it has. */
  pending: number | null;
  width: number;
  /** The smallest unit so far in this section, and the unit said last. */
  bound: number;
  last: number;
  /** 零 was said since: 一千零二 is 1002, 一千二 is 1200. */
  zero: boolean;
  to: number;
};

const start = (at: number): State => ({
  above: 0,
  tenThousands: 0,
  section: 0,
  pending: null,
  width: 0,
  bound: Infinity,
  last: 0,
  zero: false,
  to: at,
});

/** 两三, 五六: neighbours mean "about"; the greater counts, so that there is enough. Other runs are read figure by figure. */
function runValue(figures: readonly number[]): number {
  const [first = 0, second = 0] = figures;
  if (figures.length === 2 && first > 0 && second === first + 1) return second;
  return figures.reduce((sum, figure) => sum * 10 + figure, 0);
}

function hanRun(
  text: string,
  at: number,
): { readonly value: number | null; readonly to: number } | null {
  const figures: number[] = [];
  for (let to = at; figures.length <= mostFigures; to++) {
    const figure = figureAt(text, to);
    if (figure === undefined) return to === at ? null : { value: runValue(figures), to };
    figures.push(figure);
  }
  return { value: null, to: at + figures.length };
}

function skipSpaces(text: string, at: number): number {
  let to = at;
  while (text.charAt(to) === ' ' && to - at < 8) to++;
  return to;
}

/** Takes figures that wait for a unit. */
function takeFigures(state: State, text: string, at: number, style: Style): boolean {
  if (state.pending !== null || (state.last === 0 && state.to > 0 && at > state.to)) return false;
  const arabic = isArabicAt(text, at) || text.charAt(at) === '.';
  const read = arabic ? (style.decimals ? arabicAt : wholeAt)(text, at) : hanRun(text, at);
  if (read === null || read.value === null) return false;
  const apart = at > state.to && !state.zero && state.last > 0;
  if (apart && arabic && unitAt(text, skipSpaces(text, read.to)) === undefined) return false;
  state.pending = read.value;
  state.width = read.to - at;
  state.to = read.to;
  return true;
}

/** 十 百 千 within a section: they must fall (三百十 but not 十三百). A bare 十 counts one, also behind 零. */
function takeSmall(state: State, unit: number): boolean {
  if (unit >= state.bound || (state.pending === null && unit !== 10)) return false;
  state.section += (state.pending || 1) * unit;
  state.bound = unit;
  return true;
}

/** 万 and 亿 close what stands before them. */
function takeLarge(state: State, unit: number): boolean {
  const before = state.section + (state.pending ?? 0);
  const tenThousands = unit === 1e4;
  const sum = tenThousands ? before : before + state.tenThousands;
  if (sum === 0 || (tenThousands ? state.tenThousands > 0 : state.above > 0)) return false;
  state.above = tenThousands ? state.above : sum * unit;
  state.tenThousands = tenThousands ? before * unit : 0;
  state.section = 0;
  state.bound = Infinity;
  return true;
}

function takeUnit(state: State, text: string, at: number): boolean {
  const unit = unitAt(text, at);
  if (unit === undefined || (at > state.to && state.pending === null && !state.zero)) return false;
  if (!(unit < 1e4 ? takeSmall(state, unit) : takeLarge(state, unit))) return false;
  state.pending = null;
  state.last = unit;
  state.zero = false;
  state.to = at + 1;
  return true;
}

/** 廿二, 五百卅四. */
function takeTens(state: State, text: string, at: number): boolean {
  const tens = tensAt(text, at);
  if (tens === undefined || state.pending !== null || state.bound <= 10) return false;
  state.section += tens;
  state.bound = 10;
  state.last = 10;
  state.zero = false;
  state.to = at + 1;
  return true;
}

/** 一百二 is 120, 三万四 34,000: a last single figure counts tenths of the unit before it. */
function sumOf({ above, tenThousands, section, pending, width, last, zero }: State): number {
  const short =
    pending !== null && last >= 100 && width === 1 && !zero && Number.isInteger(pending);
  return above + tenThousands + section + (pending ?? 0) * (short ? last / 10 : 1);
}

/** 零 between parts; `to` stays in front of it until something follows. */
const isGapZero = (state: State, c: string): boolean =>
  (c === '零' || c === '〇') && state.last > 0 && state.pending === null;

/** The number that begins at `at`, in Arabic or Chinese figures or both mixed (3万5千, 1千零20); null when none does. */
export function numeralAt(text: string, at: number, style: Style): Numeral | null {
  if (!isHanNumeralAt(text, at) && !isArabicAt(text, at) && text.charAt(at) !== '.') return null;
  const state = start(at);
  let place = at;
  for (;;) {
    const next = style.spaced && place > at ? skipSpaces(text, place) : place;
    if (isGapZero(state, text.charAt(next)) && !state.zero) {
      state.zero = true;
      place = next + 1;
      continue;
    }
    const taken =
      takeUnit(state, text, next) ||
      takeTens(state, text, next) ||
      takeFigures(state, text, next, style);
    if (!taken) break;
    place = state.to;
  }
  return state.to === at ? null : { value: sumOf(state), to: state.to };
}
