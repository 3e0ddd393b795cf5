import { createCalendar, type WorkingCalendar } from '../time/calendar.ts';
import type { Rules } from './rules.ts';

/** When this office works. The same rules always give the same calendar. */
export function calendarOf(rules: Rules): WorkingCalendar {
  const known = calendars.get(rules);
  if (known) return known;
  const calendar = createCalendar({
    zone: rules.timeZone,
    days: rules.workingHours.days,
    hours: rules.workingHours.hours,
    holidays: rules.holidays,
    extraWorkdays: rules.extraWorkdays,
  });
  calendars.set(rules, calendar);
  return calendar;
}

const calendars = new WeakMap<Rules, WorkingCalendar>();
