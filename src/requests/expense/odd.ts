/** What of claims somebody should look at: spent on a day off, nearly the same amount twice. Pure. */
import { yuanText } from '../../../cards/money.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { WorkingCalendar } from '../../time/calendar.ts';

/** A line of a claim with whose it is. `day` is an ISO date. */
export type Spent = {
  readonly id: number;
  readonly person: number;
  readonly sort: string;
  readonly fen: number;
  readonly day: string | null;
};

/** Two amounts of one person and sort that differ by less than this share, in so many days, are nearly the same. */
const NEAR = 0.01;
const NEAR_DAYS = 7;
/** Small change is the same all the time: below this many fen nobody is asked. */
const SMALL = 50_00;

/** What is odd about each line, by its id; lines with nothing odd are left out. */
export function oddLines(
  lines: readonly Spent[],
  calendar: Pick<WorkingCalendar, 'isWorkday'>,
): ReadonlyMap<number, readonly Words[]> {
  const odd = new Map<number, readonly Words[]>();
  for (const line of lines) {
    const marks = [
      ...(line.day !== null && !calendar.isWorkday(Temporal.PlainDate.from(line.day))
        ? [words('休息日', 'day off')]
        : []),
      ...(lines.some((other) => isNearly(line, other))
        ? [words(`相近金额 ${yuanText(line.fen)}`, `nearly the same amount ${yuanText(line.fen)}`)]
        : []),
    ];
    if (marks.length > 0) odd.set(line.id, marks);
  }
  return odd;
}

const isNearly = (one: Spent, other: Spent): boolean =>
  one.id !== other.id &&
  one.person === other.person &&
  one.sort === other.sort &&
  one.fen >= SMALL &&
  Math.abs(one.fen - other.fen) <= one.fen * NEAR &&
  one.day !== null &&
  other.day !== null &&
  Math.abs(Temporal.PlainDate.from(one.day).until(other.day).days) <= NEAR_DAYS;
