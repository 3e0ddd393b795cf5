/** Whether a request is for, or was filed at, a time that somebody names. Pure. */
import type { Request } from '../filing/store.ts';
import type { DayPart, TimeValue } from '../language/meaning.ts';
import type { Hearing } from '../requests/fields.ts';

/** Local days from and to, both included, and the clock time it begins at; null: not said. */
type Span = {
  readonly from: string | null;
  readonly to: string | null;
  readonly clock: string | null;
  readonly part?: DayPart;
};

/** Hours of the clock that a part of the day covers: the first included, the last not. */
const HOURS: { readonly [part in DayPart]: readonly [number, number] } = {
  dawn: [0, 8],
  am: [6, 12],
  noon: [11, 14],
  pm: [12, 19],
  evening: [17, 24],
};

/** Whether what the request is for (a meeting, the days of a trip) falls on the time named. */
export function requestFitsTime(request: Request, time: TimeValue, at: Hearing): boolean {
  const named = spanOf(time);
  return named !== undefined && spansOf(request, at).some((own) => meets(own, named));
}

/** Whether it was filed on the day named. */
export function wasFiledThen(request: Request, time: TimeValue, at: Hearing): boolean {
  const named = spanOf(time);
  const filed = request.submitted_at.toZonedDateTimeISO(at.now.timeZoneId);
  const day = filed.toPlainDate().toString();
  const clock = filed.toPlainTime().toString({ smallestUnit: 'second' });
  return (
    named?.from !== undefined && named.from !== null && meets({ from: day, to: day, clock }, named)
  );
}

function spanOf(time: TimeValue): Span | undefined {
  const part = 'part' in time && time.part !== undefined ? { part: time.part } : {};
  switch (time.type) {
    case 'date':
      return { from: time.start, to: time.start, clock: null, ...part };
    case 'datetime':
      return {
        from: time.start.slice(0, 10),
        to: time.start.slice(0, 10),
        clock: time.start.slice(11),
      };
    case 'daterange':
      return { from: time.start, to: time.end, clock: null };
    case 'datetimerange':
      return {
        from: time.start?.slice(0, 10) ?? null,
        to: time.end?.slice(0, 10) ?? null,
        clock: time.start?.slice(11) ?? null,
      };
    case 'time':
      return { from: null, to: null, clock: time.start ?? null, ...part };
    case 'timerange':
      return { from: null, to: null, clock: time.start };
    case 'duration':
    case 'set':
      return undefined;
    default:
      return time satisfies never;
  }
}

/** The times in a form: whatever has a `from` and a `to`, as hours (instants) or as whole days. */
function spansOf(request: Request, at: Hearing): readonly Span[] {
  return Object.values(request.form).flatMap((value): readonly Span[] => {
    if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value))
      return [];
    const { from, to } = value;
    if (typeof from !== 'string' || typeof to !== 'string') return [];
    if (from.length === 10) return [{ from, to, clock: null }];
    const begins = Temporal.Instant.from(from).toZonedDateTimeISO(at.now.timeZoneId);
    const ends = Temporal.Instant.from(to).toZonedDateTimeISO(at.now.timeZoneId);
    return [
      {
        from: begins.toPlainDate().toString(),
        to: ends.toPlainDate().toString(),
        clock: begins.toPlainTime().toString({ smallestUnit: 'second' }),
      },
    ];
  });
}

/** The days overlap; hours are compared where both have one. 3点 without a part of the day may be either three o'clock. */
function meets(own: Span, named: Span): boolean {
  const days =
    (named.from === null || own.to === null || named.from <= own.to) &&
    (named.to === null || own.from === null || own.from <= named.to);
  // Whole days have no hour that 「3点」 could name.
  if (!days || own.clock === null) return days && (named.from !== null || named.to !== null);
  if (named.clock !== null) return sameClock(own.clock, named.clock, named.from === null);
  if (named.part === undefined) return true;
  const [first, last] = HOURS[named.part];
  const hour = Number(own.clock.slice(0, 2));
  return hour >= first && hour < last;
}

function sameClock(own: string, named: string, eitherHalf: boolean): boolean {
  if (own.slice(2) !== named.slice(2)) return false;
  const [a, b] = [Number(own.slice(0, 2)), Number(named.slice(0, 2))];
  return a === b || (eitherHalf && a % 12 === b % 12);
}
