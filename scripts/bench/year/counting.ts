/**
 * How promises of the year are counted. The oracle knows the minutes of the year (`test/time/minute-row.ts`) and computes no deadline with our code.
 *
 * - once: rung in the first tick in which it could be; late: in the first one after nobody was there; lost, doubled, early: what must never be.
 */
import type { Db } from '../../../db/database.ts';
import { instant, minuteOf, walked, worked } from '../../../test/time/minute-row.ts';

/** A tick of the year; `done`: one replica got to its end, and none died in it. */
export type Rung = { readonly at: Temporal.Instant; readonly done: boolean };

/** How often a promise was kept, and how it was not. */
export type Tally = {
  readonly name: string;
  once: number;
  late: number;
  lost: number;
  doubled: number;
  early: number;
  /** What was not kept, for whoever looks into it. */
  readonly broken: string[];
};

export const tally = (name: string): Tally => ({
  name,
  once: 0,
  late: 0,
  lost: 0,
  doubled: 0,
  early: 0,
  broken: [],
});

/** The ticks of a year, to be asked. `awake`: outside the quiet hours of the office. */
export type Ticks = {
  /** The first tick from a moment on, whoever was there. */
  readonly from: (at: Temporal.Instant, awake: boolean) => Rung | undefined;
  /** The first one from a moment on that was done. */
  readonly doneFrom: (at: Temporal.Instant, awake: boolean) => Temporal.Instant | undefined;
  readonly end: Temporal.Instant;
};

export function ticksOf(rung: readonly Rung[], isQuiet: (at: Temporal.Instant) => boolean): Ticks {
  const place = (at: Temporal.Instant): number => {
    let [low, high] = [0, rung.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = rung[middle];
      if (there && Temporal.Instant.compare(there.at, at) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const first = (at: Temporal.Instant, fits: (each: Rung) => boolean): Rung | undefined => {
    for (let i = place(at); i < rung.length; i++) {
      const each = rung[i];
      if (each && fits(each)) return each;
    }
    return undefined;
  };
  return {
    from: (at, awake) => first(at, (each) => !awake || !isQuiet(each.at)),
    doneFrom: (at, awake) => first(at, (each) => each.done && (!awake || !isQuiet(each.at)))?.at,
    end: rung.at(-1)?.at ?? Temporal.Instant.fromEpochMilliseconds(0),
  };
}

/** Due at `due`, over at `over` (null: never); `awake`: not in the quiet hours. */
export type Promised = {
  readonly due: Temporal.Instant;
  readonly over: Temporal.Instant | null;
  readonly awake?: boolean;
};

/** Counts one promise, rung at the moments of `actual`: the first counts, all others are too many. */
export function count(
  sum: Tally,
  { due, over, awake = false }: Promised,
  actual: readonly Temporal.Instant[],
  ticks: Ticks,
): void {
  const could = ticks.doneFrom(due, awake);
  const owed = could !== undefined && (over === null || Temporal.Instant.compare(could, over) < 0);
  const [first] = actual;
  const before = sum.lost + sum.doubled + sum.early;
  sum.doubled += Math.max(0, actual.length - 1);
  if (first === undefined) sum.lost += owed ? 1 : 0;
  else if (Temporal.Instant.compare(first, due) < 0) sum.early++;
  else if (could !== undefined && Temporal.Instant.compare(first, could) > 0) sum.lost++;
  else if (ticks.from(due, awake)?.done === false) sum.late++;
  else sum.once++;
  if (sum.lost + sum.doubled + sum.early > before)
    sum.broken.push(JSON.stringify({ due, could, over, rung: actual }));
}

/** When what is owed under keys like these was rung, by what `of` makes of the parts of a key; each the earliest first. */
export async function rungUnder(
  db: Db,
  keys: string,
  of: (parts: readonly string[]) => string,
): Promise<ReadonlyMap<string, readonly Temporal.Instant[]>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['what', 'created_at'])
    .where('what', 'like', keys)
    // A silent update of a card, while the message itself waits for the morning.
    .where('what', 'not like', '%:meanwhile')
    .orderBy('created_at')
    .execute();
  const rung = new Map<string, Temporal.Instant[]>();
  for (const { what, created_at } of rows) {
    const key = of(what.split(':'));
    const there = rung.get(key);
    if (there) there.push(created_at);
    else rung.set(key, [created_at]);
  }
  return rung;
}

/** So many working minutes after a moment, walked minute by minute. */
export const workingMinutesAfter = (at: Temporal.Instant, minutes: number): Temporal.Instant =>
  instant(walked(Math.ceil(minuteOf(at)), minutes));

/** Whether the office works on a date, by the minutes of the year. */
export const isWorked = (date: Temporal.PlainDate): boolean =>
  worked[minuteOf(at(date, '09:00'))] === 1;

/** An hour of a date in Shanghai. */
export const at = (date: Temporal.PlainDate, time: string): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: time }).toInstant();
