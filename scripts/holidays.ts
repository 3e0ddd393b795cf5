/**
 * Writes src/time/holidays.json from the notices of the State Council as the package chinese-days records them. Run it when
 * the package knows a new year: `node scripts/holidays.ts`, and look at the difference before it is committed.
 */
import { writeFile } from 'node:fs/promises';
// The package promises named exports that it does not have at run time
import chineseDays from 'chinese-days';
import type { OfficialYear } from '../src/time/official-years.ts';

/** The package calls every later year's holidays working days, so years are named here, each once its notice is out. */
const YEARS = { first: 2020, last: 2026 };

/** What the package says a date is: `春节` of `Spring Festival,春节,3`; a plain day is its weekday's English name. */
const festivalOf = (name: string): string | undefined => name.split(',')[1];

function officialYear(year: number): OfficialYear {
  const off: Record<string, string> = {};
  const work: Record<string, string> = {};
  for (const date of datesOf(year)) {
    const detail = chineseDays.getDayDetail(date);
    const festival = festivalOf(detail.name);
    if (festival) (detail.work ? work : off)[date] = festival;
  }
  if (Object.keys(off).length === 0) throw new Error(`The package knows no holidays of ${year}`);
  return { off, work };
}

function datesOf(year: number): readonly string[] {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  return Array.from({ length: first.daysInYear }, (_, days) => first.add({ days }).toString());
}

const years: Record<string, OfficialYear> = {};
for (let year = YEARS.first; year <= YEARS.last; year++) years[year] = officialYear(year);
await writeFile(
  new URL('../src/time/holidays.json', import.meta.url),
  `${JSON.stringify(years, null, 2)}\n`,
);
