import holidays from './holidays.json' with { type: 'json' };

/**
 * A year as the State Council's notice arranges it, ISO date → name of the festival: days off (weekends inside a holiday are
 * listed too) and weekend days that are worked instead (调休).
 */
export type OfficialYear = {
  readonly off: { readonly [date: string]: string };
  readonly work: { readonly [date: string]: string };
};

/** The years whose notice is known, written by scripts/holidays.ts. */
export const officialYears: ReadonlyMap<number, OfficialYear> = new Map(
  Object.entries(holidays).map(([year, days]): [number, OfficialYear] => [Number(year), days]),
);
