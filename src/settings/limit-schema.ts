/** What one person may book, say and ask for, as office.yaml says it. */
import { z } from 'zod';
import { wallMinutes } from '../time/spans.ts';
import { keys, list, named, oneOf, orOff, wallSpan, wholeNumber, wrong } from './file-values.ts';
import { defaultRules, LIMITS, type Quota } from './rules.ts';

/** Minutes, or `off` for none. */
export const minutesOrOff = () =>
  orOff(wallSpan()).transform((given) => (given === null ? null : wallMinutes(given)));

/** Bookings and hours, or `off` for no limit; what is left out is as `usual`. */
export const quota = (usual: Quota) =>
  orOff(
    keys({
      bookings: wholeNumber(1, 10_000).default(usual.bookings),
      hours: wholeNumber(1, 10_000).default(usual.hours),
    }),
  );

/** What one person, or one group, may say and ask for. */
export function limits() {
  const usual = defaultRules.limits;
  const most = () => orOff(wholeNumber(1, 100_000));
  return keys({
    messages: most().default(usual.messages),
    group: most().default(usual.group),
    requests: most().default(usual.requests),
    perDay: most().default(usual.perDay),
    open: most().default(usual.open),
  });
}

/** Those of rooms, with the roles that are exempt. */
export function roomLimits(names: readonly string[]) {
  const usual = defaultRules.rooms.limits;
  return keys({
    perDay: quota({ bookings: 6, hours: 12 }).default(usual.perDay),
    perWeek: quota({ bookings: 20, hours: 40 }).default(usual.perWeek),
    ahead: quota({ bookings: 80, hours: 160 }).default(usual.ahead),
    notice: minutesOrOff().default(usual.notice),
    exempt: z
      .record(named(names), list(oneOf(LIMITS)), {
        error: wrong('一组角色和对其不限的项，如 { director: [perDay, perWeek] }'),
      })
      .default(usual.exempt),
  });
}
