/** 「只改这次」「这次及以后」「全部」: what a change of one occurrence makes of the whole series. What has begun is never touched. Pure. */
import { type Weekday, weekdays } from '../../time/hours.ts';
import { printRule } from '../../time/series.ts';
import type { Someone } from '../fields/people.ts';
import {
  attendeesOn,
  clocksOf,
  type Edit,
  type EditScope,
  type Occurrence,
  type Odd,
  occurrencesOf,
  periodOn,
  type Repeated,
  ruleOf,
  type Series,
} from './series.ts';

/** The form of one occurrence: what a change of it begins with. */
export function occurrenceForm<F extends Repeated>(
  form: F,
  { day, from, to, room }: Occurrence,
  of?: EditScope,
): F {
  const people = attendeesOn(form, day);
  return {
    ...form,
    when: { from: from.toString(), to: to.toString() },
    room,
    ...(people.length === 0 ? {} : { attendees: people }),
    series: { ...form.series, edit: { day, ...(of === undefined ? {} : { of }) } },
  };
}

/** What a change says otherwise than the occurrence was: how many days later, which hours, room and people. */
type Otherwise = {
  readonly shift: number;
  readonly hours?: { readonly from: string; readonly to: string };
  readonly room?: string;
  readonly attendees?: readonly number[];
};

/** The days that a change is about: only those that lie ahead. */
export function daysMeant(
  occurrences: readonly Occurrence[],
  { day, of }: Pick<Edit, 'day' | 'of'>,
  now: Temporal.Instant,
): readonly string[] {
  const at = occurrences.findIndex((each) => each.day === day);
  return occurrences
    .filter((each, place) =>
      of === 'all' ? true : of === 'following' ? place >= at && at >= 0 : each.day === day,
    )
    .filter(({ from }) => Temporal.Instant.compare(from, now) > 0)
    .map((each) => each.day);
}

/**
 * The form of the series after a change. `wish` is the form of the occurrence as it shall be, with its `edit`. Title, agenda, equipment and
 * the number of people are those of all dates, whatever scope was chosen.
 */
export function edited<F extends Repeated>(
  base: F,
  wish: F,
  zone: string,
  now: Temporal.Instant,
): F {
  const { edit: asked } = wish.series;
  const occurrences = occurrencesOf(base, zone);
  const was = occurrences.find(({ day }) => day === asked?.day);
  if (!asked?.of || !was) return base;
  const changes = otherwise(base, wish, was, zone);
  const left = new Set(asked.left);
  const meant = new Set(daysMeant(occurrences, asked, now).filter((day) => !left.has(day)));
  const others: { [day: string]: Odd } = { ...base.series.odd };
  for (const { day, on } of occurrences) {
    if (!meant.has(day)) continue;
    others[day] = oddOf(others[day] ?? {}, day, on, changes, asked.rooms?.[day]);
  }
  const { edit: _edit, ...rest } = base.series;
  // Where some dates stay as they are, what they have in common is still the old.
  const whole = asked.of === 'all' && left.size === 0;
  const value: Series = {
    ...rest,
    rule: whole ? shiftedRule(base.series, changes.shift) : base.series.rule,
    odd: others,
  };
  const form = { ...base, ...common(wish), series: value };
  return whole ? compacted(form, changes, zone, now) : form;
}

function otherwise<F extends Repeated>(base: F, wish: F, was: Occurrence, zone: string): Otherwise {
  const hours = clocksOf(wish.when, zone);
  const before = clocksOf({ from: was.from.toString(), to: was.to.toString() }, zone);
  const on = Temporal.Instant.from(wish.when.from).toZonedDateTimeISO(zone).toPlainDate();
  const people = ids(wish.attendees);
  const samePeople = sameSet(people, ids(attendeesOn(base, was.day)));
  return {
    shift: Temporal.PlainDate.from(was.on).until(on, { largestUnit: 'days' }).days,
    ...(hours.from === before.from && hours.to === before.to ? {} : { hours }),
    ...(wish.room === was.room ? {} : { room: wish.room }),
    ...(samePeople ? {} : { attendees: people }),
  };
}

function oddOf(old: Odd, day: string, on: string, changes: Otherwise, room?: string): Odd {
  const moved = Temporal.PlainDate.from(on).add({ days: changes.shift }).toString();
  const next: Odd = {
    ...old,
    ...(changes.shift === 0 ? {} : { on: moved }),
    ...changes.hours,
    ...(changes.room === undefined ? {} : { room: changes.room }),
    ...(changes.attendees === undefined ? {} : { attendees: [...changes.attendees] }),
    ...(room === undefined ? {} : { room }),
  };
  if (next.on === day) delete next.on;
  return next;
}

/** What all dates have in common is said once: then the card tells it as the usual, and nothing is odd. */
function compacted<F extends Repeated>(
  form: F,
  { hours, room, attendees }: Otherwise,
  zone: string,
  now: Temporal.Instant,
): F {
  const ahead = occurrencesOf(form, zone).filter(
    ({ from }) => Temporal.Instant.compare(from, now) > 0,
  );
  const first = ahead[0];
  if (!first) return form;
  const usual = hours ?? clocksOf(form.when, zone);
  const period = periodOn(form.series.days?.[0] ?? first.day, usual, zone);
  const odd = Object.fromEntries(
    Object.entries(form.series.odd ?? {}).map(([day, each]) => [
      day,
      lean(each, {
        ...usual,
        room: room ?? form.room,
        attendees: attendees ?? ids(form.attendees),
      }),
    ]),
  );
  return {
    ...form,
    when: { from: period.from.toString(), to: period.to.toString() },
    room: room ?? form.room,
    ...(attendees === undefined ? {} : { attendees: [...attendees] }),
    series: {
      ...form.series,
      odd: Object.fromEntries(
        Object.entries(odd).filter(([, each]) => Object.keys(each).length > 0),
      ),
    },
  };
}

/** Without what is as on every other day. */
function lean(
  each: Odd,
  usual: {
    readonly from: string;
    readonly to: string;
    readonly room: string;
    readonly attendees: readonly number[];
  },
): Odd {
  const next: Odd = { ...each };
  if (next.from === usual.from && next.to === usual.to) {
    delete next.from;
    delete next.to;
  }
  if (next.room === usual.room) delete next.room;
  if (next.attendees && sameSet(next.attendees, usual.attendees)) delete next.attendees;
  return next;
}

/** 每周一 that is moved to Tuesdays altogether is 每周二; what has more days keeps its rule, and the card lists its dates. */
export function shiftedRule(value: Series, days: number): string {
  const rule = ruleOf(value);
  const [only, another] = rule.byDay;
  if (days === 0 || rule.every !== 'week' || !only || another) return value.rule;
  const place = (weekdays.indexOf(only.day) + (days % 7) + 7) % 7;
  const day: Weekday = weekdays[place] ?? only.day;
  return printRule({ ...rule, byDay: [{ day }] });
}

/** What is the same on all dates: everything but time, room, people and the series itself. */
function common<F extends Repeated>(wish: F): Omit<F, 'when' | 'room' | 'attendees' | 'series'> {
  const { when: _when, room: _room, attendees: _attendees, series: _series, ...rest } = wish;
  return rest;
}

const ids = (people: readonly Someone[] | undefined): readonly number[] =>
  (people ?? []).filter((each) => typeof each === 'number');

const sameSet = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
