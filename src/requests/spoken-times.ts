import type { DayPart, Slots, TimeValue } from '../language/meaning.ts';

/** From one moment to another, as ISO instants. `guessed`: the person named no hour or no end; shown as a guess. */
export type Period = {
  readonly from: string;
  readonly to: string;
  readonly guessed?: boolean | undefined;
};

/** From one day to another, both included; ISO dates. */
export type Days = { readonly from: string; readonly to: string };

/** Where a part of the day begins when a meeting's hour was not said: the office's usual meeting hours, always marked as a guess. */
const BEGINS: { readonly [part in DayPart]: string } = {
  dawn: '06:00',
  am: '10:00',
  noon: '12:00',
  pm: '14:00',
  evening: '19:00',
};
/** How long a meeting is when nobody says. */
const USUAL_HOURS = 1;
/** When the hour is not said at all. */
const USUAL_BEGIN = '10:00';

/**
 * The hours that `when` and `duration` speak of, seen from `now`. A clock time without a day is the next such time. A day
 * without an hour, or a beginning without an end, is completed with a guess. Undefined when no beginning is told.
 */
export function periodOf(slots: Slots, now: Temporal.ZonedDateTime): Period | undefined {
  const when = timeSlot(slots, 'when');
  const length = lengthOf(slots);
  if (!when) return undefined;
  const begin = beginOf(when, now);
  if (!begin) return undefined;
  const end = endOf(when, begin.at);
  const to = end ?? begin.at.add(length ?? { hours: USUAL_HOURS });
  if (Temporal.ZonedDateTime.compare(to, begin.at) <= 0) return undefined;
  const guessed = begin.guessed || (!end && !length);
  return {
    from: begin.at.toInstant().toString(),
    to: to.toInstant().toString(),
    ...(guessed ? { guessed } : {}),
  };
}

function beginOf(
  when: TimeValue,
  now: Temporal.ZonedDateTime,
): { readonly at: Temporal.ZonedDateTime; readonly guessed: boolean } | undefined {
  const zone = now.timeZoneId;
  switch (when.type) {
    case 'datetime':
    case 'datetimerange':
      return when.start === null
        ? undefined
        : { at: Temporal.PlainDateTime.from(when.start).toZonedDateTime(zone), guessed: false };
    case 'timerange':
      return when.start === null ? undefined : { at: nextAt(when.start, now), guessed: false };
    case 'time': {
      if (when.start) return { at: nextAt(when.start, now), guessed: false };
      return when.part ? { at: nextAt(BEGINS[when.part], now), guessed: true } : undefined;
    }
    case 'date':
      return {
        at: at(when.start, when.part ? BEGINS[when.part] : USUAL_BEGIN, zone),
        guessed: true,
      };
    case 'daterange':
      return when.start === null
        ? undefined
        : { at: at(when.start, USUAL_BEGIN, zone), guessed: true };
    case 'duration':
    case 'set':
      return undefined;
    default:
      return when satisfies never;
  }
}

function endOf(when: TimeValue, begin: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  if (when.type === 'datetimerange' && when.end !== null) {
    return Temporal.PlainDateTime.from(when.end).toZonedDateTime(begin.timeZoneId);
  }
  if (when.type !== 'timerange' || when.end === null) return undefined;
  const end = begin.withPlainTime(when.end);
  return Temporal.ZonedDateTime.compare(end, begin) > 0 ? end : end.add({ days: 1 });
}

/** The next time the clock shows `time`: today, or tomorrow when it has passed. */
function nextAt(time: string, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const today = now.withPlainTime(time);
  return Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 });
}

const at = (date: string, time: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time });

function lengthOf(slots: Slots): Temporal.Duration | undefined {
  const said = slots['duration'];
  const time = timeSlot(slots, 'duration');
  const iso = typeof said === 'string' ? said : time?.type === 'duration' ? time.value : undefined;
  return iso === undefined ? undefined : wholeLength(iso);
}

/** ISO durations may hold half hours (`PT1.5H`); Temporal takes fractions of the smallest unit only, which these are. */
function wholeLength(iso: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(iso);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The days that `when` (and a length in days) speak of. Undefined when no first day is told. */
export function daysOf(slots: Slots, now: Temporal.ZonedDateTime): Days | undefined {
  const when = timeSlot(slots, 'when');
  const length = lengthOf(slots);
  if (!when) return undefined;
  const from = firstDay(when, now);
  if (!from) return undefined;
  const to = lastDay(when) ?? longer(from, length);
  return to < from ? undefined : { from, to };
}

function firstDay(when: TimeValue, now: Temporal.ZonedDateTime): string | undefined {
  switch (when.type) {
    case 'date':
    case 'datetime':
    case 'daterange':
    case 'datetimerange':
      return when.start?.slice(0, 10);
    case 'time':
    case 'timerange':
      return now.toPlainDate().toString();
    case 'duration':
    case 'set':
      return undefined;
    default:
      return when satisfies never;
  }
}

const lastDay = (when: TimeValue): string | undefined =>
  (when.type === 'daterange' || when.type === 'datetimerange') && when.end !== null
    ? when.end.slice(0, 10)
    : undefined;

function longer(from: string, length: Temporal.Duration | undefined): string {
  const days = length
    ? Math.max(1, Math.ceil(length.total({ unit: 'days', relativeTo: from })))
    : 1;
  return Temporal.PlainDate.from(from)
    .add({ days: days - 1 })
    .toString();
}

function timeSlot(slots: Slots, name: string): TimeValue | undefined {
  const value = slots[name];
  return typeof value === 'object' && 'type' in value ? value : undefined;
}

/**
 * A period after a correction: a clock time keeps the day and the length, a day keeps the clock times, a length or an end alone
 * moves the end. Undefined when the correction says nothing about time, or an end before the beginning.
 */
export function amendedPeriod(
  old: Period,
  slots: Slots,
  now: Temporal.ZonedDateTime,
): Period | undefined {
  const when = timeSlot(slots, 'when');
  const length = lengthOf(slots);
  const from = Temporal.Instant.from(old.from).toZonedDateTimeISO(now.timeZoneId);
  const hours = length ?? Temporal.Instant.from(old.from).until(Temporal.Instant.from(old.to));
  if (!when) return length ? lasting(from, length) : undefined;
  switch (when.type) {
    case 'time':
      return when.start ? lasting(from.withPlainTime(when.start), hours) : periodOf(slots, now);
    case 'timerange': {
      if (when.start === null && when.end !== null) return between(from, nextEnd(when.end, from));
      const begin = when.start === null ? from : from.withPlainTime(when.start);
      const end = endOf(when, begin);
      return end ? between(begin, end) : lasting(begin, hours);
    }
    case 'datetimerange': {
      const end = when.start === null ? endOf(when, from) : undefined;
      if (!end) return periodOf(slots, now);
      return Temporal.ZonedDateTime.compare(end, from) > 0 ? between(from, end) : undefined;
    }
    case 'date':
      return when.part ? periodOf(slots, now) : lasting(onDay(from, when.start), hours);
    case 'datetime':
      return lasting(
        Temporal.PlainDateTime.from(when.start).toZonedDateTime(now.timeZoneId),
        hours,
      );
    case 'daterange':
    case 'duration':
    case 'set':
      return periodOf(slots, now);
    default:
      return when satisfies never;
  }
}

/** The next time after a beginning that a clock shows an end; 8点 of what begins in the afternoon is eight in the evening. */
function nextEnd(time: string, begin: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const end = begin.withPlainTime(time);
  const inHalf = end.hour < 12 ? [end, end.add({ hours: 12 })] : [end];
  return (
    inHalf.find((each) => Temporal.ZonedDateTime.compare(each, begin) > 0) ?? end.add({ days: 1 })
  );
}

/** Days after a correction: a new first day keeps the length, a new length keeps the first day. */
export function amendedDays(
  old: Days,
  slots: Slots,
  now: Temporal.ZonedDateTime,
): Days | undefined {
  const when = timeSlot(slots, 'when');
  const length = lengthOf(slots);
  if (!when) return length ? { from: old.from, to: longer(old.from, length) } : undefined;
  if (when.type !== 'date' || length) return daysOf(slots, now);
  const kept = Temporal.PlainDate.from(old.from).until(old.to);
  return { from: when.start, to: Temporal.PlainDate.from(when.start).add(kept).toString() };
}

const lasting = (from: Temporal.ZonedDateTime, length: Temporal.Duration): Period =>
  between(from, from.add(length));

const between = (from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): Period => ({
  from: from.toInstant().toString(),
  to: to.toInstant().toString(),
});

const onDay = (moment: Temporal.ZonedDateTime, date: string): Temporal.ZonedDateTime => {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return moment.with({ year, month, day });
};
