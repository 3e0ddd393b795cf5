/** Dates and times as pickers write them. */
import { when } from './checks.ts';

const days = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
const hours = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** `yyyy-MM-dd`, a day that exists. */
export const date = when(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && days(value),
  'expected yyyy-MM-dd',
);
/** `HH:mm`. */
export const time = when((value) => typeof value === 'string' && hours(value), 'expected HH:mm');
/** `yyyy-MM-dd HH:mm`. */
export const moment = when(
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value) &&
    days(value.slice(0, 10)) &&
    hours(value.slice(11)),
  'expected yyyy-MM-dd HH:mm',
);
