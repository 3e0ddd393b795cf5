/**
 * An oracle of working time that knows nothing but minutes: two years as a row of minutes, each worked or not by the notices
 * themselves, walked one by one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MINUTE = 60_000;
const SHANGHAI = 8 * 60 * MINUTE;
/** Two years, so that a span may run over the end of the first. */
const first = Date.UTC(2025, 0, 1) - SHANGHAI;
export const minutes = (365 + 365) * 24 * 60;
/** And a while more, by weekdays alone: what is promised in the last days falls due after them. */
const row = minutes + 120 * 24 * 60;

const notices: {
  [year: string]: { off: { [day: string]: string }; work: { [day: string]: string } };
} = JSON.parse(readFileSync(join(import.meta.dirname, '../../src/time/holidays.json'), 'utf8'));

/** Whether each minute is worked: Monday to Friday but for the notice, 09:00–12:00 and 13:30–18:00. */
export const worked = new Uint8Array(row);
for (let minute = 0; minute < row; minute++) {
  const local = new Date(first + minute * MINUTE + SHANGHAI);
  const day = local.toISOString().slice(0, 10);
  const { off = {}, work = {} } = notices[day.slice(0, 4)] ?? {};
  const weekday = local.getUTCDay() > 0 && local.getUTCDay() < 6;
  const clock = local.getUTCHours() * 60 + local.getUTCMinutes();
  const hours = (clock >= 9 * 60 && clock < 12 * 60) || (clock >= 13.5 * 60 && clock < 18 * 60);
  worked[minute] = hours && (day in work || (weekday && !(day in off))) ? 1 : 0;
}

/** The minute at whose end so many worked ones are over. RangeError when they run over the end of the row. */
export function walked(start: number, count: number): number {
  let left = count;
  let minute = start;
  for (; left > 0; minute++) {
    if (minute >= row) throw new RangeError('the row of minutes is too short');
    left -= worked[minute] ?? 0;
  }
  return minute;
}

export const instant = (minute: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(first + minute * MINUTE);
export const minuteOf = (moment: Temporal.Instant): number =>
  (moment.epochMilliseconds - first) / MINUTE;
