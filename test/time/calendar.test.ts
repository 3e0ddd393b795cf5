import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/time/calendar.ts';
import { legalHolidays } from '../../src/time/legal-holidays.ts';
import { office } from './offices.ts';

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);

/** The State Council's notices: holidays from–to, and weekend days that are worked. */
const NOTICES = {
  2024: {
    off: '01-01 01-01, 02-10 02-17, 04-04 04-06, 05-01 05-05, 06-10 06-10, 09-15 09-17, 10-01 10-07',
    work: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    off: '01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08',
    work: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    off: '01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, 09-25 09-27, 10-01 10-07',
    work: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
};

describe.each(Object.entries(NOTICES))('%s', (year, notice) => {
  const off = notice.off.split(', ').map((stretch) => stretch.split(' '));
  const isOff = (date: string): boolean =>
    off.some(([from = '', to = '']) => from <= date.slice(5) && date.slice(5) <= to);
  const isMadeUp = (date: string): boolean => notice.work.split(' ').includes(date.slice(5));
  const first = day(`${year}-01-01`);
  const dates = Array.from({ length: first.daysInYear }, (_, days) => first.add({ days }));

  test('every day of the year is as the notice says', () => {
    for (const date of dates) {
      const iso = date.toString();
      const works = isMadeUp(iso) || (date.dayOfWeek <= 5 && !isOff(iso));
      expect(`${iso} ${office.isWorkday(date)}`).toBe(`${iso} ${works}`);
    }
  });

  test('every holiday has its name, no other day has one, and nothing is provisional', () => {
    for (const date of dates) {
      expect(`${date.toString()} ${office.holidayOn(date) !== undefined}`).toBe(
        `${date.toString()} ${isOff(date.toString())}`,
      );
    }
    expect(office.isProvisional(Number(year))).toBe(false);
  });
});

test('names of festivals', () => {
  expect(office.holidayOn(day('2026-02-17'))).toBe('春节');
  expect(office.holidayOn(day('2026-10-03'))).toBe('国庆节');
  expect(office.holidayOn(day('2027-09-15'))).toBe('中秋');
});

/** The same days out of the almanac of another hand: a table of lunar months instead of a calendar computed. */
function almanac(year: number): readonly string[] {
  const first = day(`${year}-01-01`);
  return Array.from({ length: first.daysInYear }, (_, days) =>
    first.add({ days }).toString(),
  ).filter(
    (date) =>
      ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].includes(date.slice(5)) ||
      date === chineseDays.getSolarTermDate(year, 4, 'pure_brightness') ||
      ['1/1', '1/2', '1/3', '5/5', '8/15'].includes(lunar(date)) ||
      lunar(day(date).add({ days: 1 }).toString()) === '1/1',
  );
}

function lunar(date: string): string {
  const { lunarMon, lunarDay, isLeap } = chineseDays.getLunarDate(date);
  return `${lunarMon}/${lunarDay}${isLeap ? ' leap' : ''}`;
}

describe('a year without a notice', () => {
  test('is provisional, with its weekends and the days that are off by law', () => {
    expect(office.isProvisional(2027)).toBe(true);
    expect(office.isWorkday(day('2027-02-05'))).toBe(false); // Friday, the eve of the lunar year
    expect(office.isWorkday(day('2027-02-09'))).toBe(true); // Tuesday, the fourth: only a notice could free it
    expect(office.isWorkday(day('2027-02-14'))).toBe(false); // a Sunday that may come to be worked
  });

  test('its holidays by law are where the almanac has them, 2020 to 2040', () => {
    for (let year = 2020; year <= 2040; year++) {
      expect(Object.keys(legalHolidays(year)).toSorted()).toEqual(almanac(year));
    }
  });

  test('there are thirteen such days, unless two fall together', () => {
    expect(Object.keys(legalHolidays(2027))).toHaveLength(13);
    expect(Object.keys(legalHolidays(2031))).toHaveLength(12); // 中秋 is 1 October
  });
});

describe('the office’s own days', () => {
  const own = createCalendar({
    zone: 'Asia/Shanghai',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    hours: [{ from: '09:00', to: '18:00' }],
    holidays: ['2026-03-06', '2026-10-10'],
    extraWorkdays: ['2026-03-07', '2026-10-05'],
  });

  test('come before the week and before the official calendar', () => {
    expect(own.isWorkday(day('2026-03-06'))).toBe(false);
    expect(own.isWorkday(day('2026-03-07'))).toBe(true);
    expect(own.isWorkday(day('2026-10-10'))).toBe(false);
    expect(own.isWorkday(day('2026-10-05'))).toBe(true);
  });
});

test('a calendar that could never open is refused', () => {
  const hours = [{ from: '09:00', to: '18:00' }];
  const zone = 'Asia/Shanghai';
  expect(() => createCalendar({ zone, days: [], hours })).toThrow(RangeError);
  expect(() => createCalendar({ zone, days: ['mon'], hours: [] })).toThrow(RangeError);
  expect(() => createCalendar({ zone: 'Asia/Atlantis', days: ['mon'], hours })).toThrow(RangeError);
  const overnight = [{ from: '22:00', to: '06:00' }];
  expect(() => createCalendar({ zone, days: ['mon'], hours: overnight })).toThrow(RangeError);
  const overlapping = [...hours, { from: '17:59', to: '20:00' }];
  expect(() => createCalendar({ zone, days: ['mon'], hours: overlapping })).toThrow(RangeError);
});
