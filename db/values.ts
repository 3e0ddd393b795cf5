import pg from 'pg';

/**
 * How values cross between Postgres and us, per pool and never globally.
 *
 * | Postgres        | here                                                              |
 * |-----------------|-------------------------------------------------------------------|
 * | int8            | number; bigint beyond ±2^53, so that no digit is ever lost        |
 * | numeric         | number                                                            |
 * | timestamptz     | Temporal.Instant                                                  |
 * | timestamp, date | Temporal.PlainDateTime, Temporal.PlainDate                        |
 * | json, jsonb     | parsed                                                            |
 * | the rest        | as `pg` reads it; ranges, times of day and xid8 stay text         |
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : readers.get(oid)) ?? pg.types.getTypeParser(oid, format),
};

type Reader = (text: string) => unknown;

/** An int8 as number where it fits one exactly, else as bigint. */
const int8: Reader = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

/** Splits an array of any type into its elements' texts, as the reader of text[] (oid 1009) does; null stays null. */
const elements: (text: string) => readonly (string | null)[] = pg.types.getTypeParser(
  Number(1009),
  'text',
);

/** One-dimensional arrays of what `reader` reads. */
const arrayOf =
  (reader: Reader): Reader =>
  (text) =>
    elements(text).map((element) => (element === null ? null : reader(element)));

const instant: Reader = (text) => Temporal.Instant.from(text);
const localDateTime: Reader = (text) => Temporal.PlainDateTime.from(text);
const localDate: Reader = (text) => Temporal.PlainDate.from(text);

/** By the type's oid, fixed in Postgres' catalogue (pg_type.dat); arrays have an oid of their own. */
const readers: ReadonlyMap<number, Reader> = new Map([
  [20, int8],
  [1016, arrayOf(int8)],
  [1700, Number],
  [1231, arrayOf(Number)],
  [1184, instant],
  [1185, arrayOf(instant)],
  [1114, localDateTime],
  [1115, arrayOf(localDateTime)],
  [1082, localDate],
  [1182, arrayOf(localDate)],
]);

/**
 * A parameter as `pg` can send it. Without this Temporal values would go as JSON, in quotes, and be refused.
 * Arrays are mapped through; all else is left to `pg`.
 */
export const toParameter = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toParameter);
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.PlainDateTime)
    return value.toString({ calendarName: 'never' });
  if (value instanceof Temporal.ZonedDateTime) return value.toInstant().toString();
  return isExact(value) ? value.toString() : value;
};

const isExact = (
  value: object,
): value is Temporal.Instant | Temporal.PlainTime | Temporal.Duration =>
  value instanceof Temporal.Instant ||
  value instanceof Temporal.PlainTime ||
  value instanceof Temporal.Duration;
