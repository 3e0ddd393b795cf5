import { createCalendar, type WorkingCalendar } from '../time/calendar.ts';
import type { Rules, Site } from './rules.ts';

/** When this office works. The same rules always give the same calendar. */
export const calendarOf = (rules: Rules): WorkingCalendar =>
  kept(rules, () => calendar({ ...rules, chineseHolidays: true }));

/**
 * When somebody works, by their departments, their own first: as the first of them that a site names, else as the office does.
 */
export function calendarAt(rules: Rules, departments: readonly string[]): WorkingCalendar {
  const sites = Object.values(rules.sites);
  for (const department of departments) {
    const site = sites.find((each) => each.departments.includes(department));
    if (site) return kept(site, () => calendar(site));
  }
  return calendarOf(rules);
}

const calendar = (place: Omit<Site, 'departments'>): WorkingCalendar =>
  createCalendar({
    zone: place.timeZone,
    days: place.workingHours.days,
    hours: place.workingHours.hours,
    holidays: place.holidays,
    extraWorkdays: place.extraWorkdays,
    national: place.chineseHolidays,
  });

const calendars = new WeakMap<Rules | Site, WorkingCalendar>();

function kept(of: Rules | Site, make: () => WorkingCalendar): WorkingCalendar {
  const known = calendars.get(of);
  if (known) return known;
  const made = make();
  calendars.set(of, made);
  return made;
}
