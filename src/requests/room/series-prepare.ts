/** Completes a booking again and again: its dates, a room for all of them, and what to do about those that clash. */
import { dayText } from '../../../cards/times.ts';
import { counted, type Words, words } from '../../../cards/words.ts';
import { calendarOf } from '../../settings/office-calendar.ts';
import { printRule } from '../../time/series.ts';
import type { DraftOf } from '../fields.ts';
import type { Asking, Gap, Offer, Prepared } from '../kind.ts';
import { alikeFirst } from './alternatives.ts';
import type { RoomFields } from './index.ts';
import {
  nameRoom,
  needsOf,
  noSuchRoom,
  nothingFree,
  roomLabel,
  timeTrouble,
  troubleWith,
  unfair,
} from './prepare.ts';
import { allRooms, type Room, suitable } from './rooms.ts';
import {
  clocksOf,
  datesFor,
  type EditScope,
  type Occurrence,
  occurrencesOf,
  periodOn,
  periodsAhead,
  type Repeated,
  ruleOf,
  type Series,
  storedSeries,
  withLast,
  withoutDays,
} from './series.ts';
import { takenIn } from './series-bookings.ts';
import { daysMeant, edited, shiftedRule } from './series-edit.ts';

type Draft = DraftOf<RoomFields>;
type Outcome = Prepared<Draft>;
type SeriesDraft = Draft & { readonly series: Series };
type Timed = SeriesDraft & { readonly when: NonNullable<Draft['when']> };

/** So many rooms are looked at when one is to be found: the smallest that suit. */
const MOST_ROOMS = 30;

export async function prepareSeries(draft: SeriesDraft, asking: Asking): Promise<Outcome> {
  const rooms = await allRooms(asking.tx, asking.rules);
  const options = { room: rooms.map((each) => ({ value: each.name, label: roomLabel(each) })) };
  if (!draft.when) return { form: draft, options };
  const found = draft.series.edit
    ? await prepareEdit({ ...draft, when: draft.when }, rooms, asking)
    : await prepareNew({ ...draft, when: draft.when }, rooms, asking);
  return { ...found, options };
}

async function prepareNew(draft: Timed, rooms: readonly Room[], asking: Asking): Promise<Outcome> {
  const rule = ruleOf(draft.series);
  if (rule.until === undefined && rule.count === undefined) return openEnd(draft, asking);
  const dated = withDates(draft, asking);
  if ('gaps' in dated) return dated;
  const trouble = timeTrouble(dated.form.when, asking);
  if (trouble) return { form: dated.form, gaps: [trouble] };
  const needs = needsOf(draft);
  const named = draft.room === undefined ? undefined : nameRoom(draft.room, rooms);
  const why =
    draft.room !== undefined && !named
      ? noSuchRoom(draft.room)
      : named && troubleWith(named, dated.form.when, needs, [], asking);
  const room = named && !why ? named : await freest(dated.form, rooms, asking);
  if (!room)
    return { form: dated.form, gaps: [{ field: 'room', why: nothingFree(draft, needs, rooms) }] };
  if (why)
    return {
      form: dated.form,
      gaps: [{ field: 'room', why }],
      offers: [{ label: words(room.name, room.name), set: { room: room.name } }],
    };
  const form = withLast({ ...dated.form, room: room.name }, zoneOf(asking));
  const dates = occurrencesOf(form, zoneOf(asking));
  const clash = await clashing(dates, rooms, asking);
  return {
    form,
    ...(named ? {} : { guessed: ['room'] }),
    gaps: [...clashGaps(clash, asking), ...(await unfairAhead(dates, asking))],
    ...(clash.length === 0
      ? {}
      : {
          offers: [
            ...(await otherRooms(form, clash, rooms, asking, (taken) => ({
              ...form.series,
              odd: withRooms(form.series, taken),
            }))),
            ...(clash.length === form.series.days?.length ? [] : [leaveOut(form.series, clash)]),
          ],
        }),
    notes: [...dated.notes, ...approvalNotes(form, rooms)],
    ...alsoAsk(form, rooms),
  };
}

const zoneOf = ({ now }: Asking): string => now.timeZoneId;

/** 「到什么时候为止？」 */
function openEnd(draft: Timed, { now }: Asking): Outcome {
  const today = now.toPlainDate();
  const until = (date: Temporal.PlainDate): Offer<Draft> => {
    const told = dayText(date, today);
    return {
      label: words(`到 ${told.zh}`, `until ${told.en}`),
      set: bounded({ until: date.toString() }),
    };
  };
  const bounded = (bound: { readonly until?: string; readonly count?: number }): Draft => ({
    series: { ...draft.series, rule: printRule({ ...ruleOf(draft.series), ...bound }) },
  });
  return {
    form: draft,
    gaps: [
      {
        field: 'series',
        why: words(
          '到什么时候为止？可以说「到年底」或「共8次」',
          'Until when? Say “until June 30” or “8 times”',
        ),
      },
    ],
    offers: [
      { label: words('共 10 次', '10 times'), set: bounded({ count: 10 }) },
      until(today.add({ months: 3 }).with({ day: 1 }).subtract({ days: 1 })),
      until(today.with({ month: 12, day: 31 })),
    ],
  };
}

type Dated = {
  readonly form: Timed;
  readonly notes: readonly Words[];
};

/** The dates of the rule, found once and kept: what was shown is what is booked. The form's time is that of the first. */
function withDates(
  draft: Timed,
  asking: Asking,
): Dated | (Outcome & { readonly gaps: readonly Gap[] }) {
  const { now, rules } = asking;
  const zone = zoneOf(asking);
  const hours = clocksOf(draft.when, zone);
  const moved = movedDay(draft, zone);
  const value = moved ?? draft.series;
  const calendar = calendarOf(rules);
  const begun = (date: Temporal.PlainDate): boolean =>
    Temporal.Instant.compare(periodOn(date.toString(), hours, zone).from, now.toInstant()) <= 0;
  const isWorkday = (date: Temporal.PlainDate): boolean => calendar.isWorkday(date);
  const found = value.days
    ? { days: value.days.filter((day) => !begun(Temporal.PlainDate.from(day))), cut: false }
    : datesFor(value, rules.rooms.series, isWorkday, begun);
  const [first] = found.days;
  if (first === undefined)
    return {
      form: draft,
      gaps: [
        {
          field: 'series',
          why: words(
            '这样一次都没有，请换一个时间',
            'No date falls on that; please choose another',
          ),
        },
      ],
    };
  const last = found.days.at(-1) ?? first;
  const series: Series = { ...value, days: [...found.days] };
  const period = periodOn(first, hours, zone);
  const when = { ...draft.when, from: period.from.toString(), to: period.to.toString() };
  const form = { ...draft, when, series };
  if (!found.cut) return { form, notes: skippedNotes(value, found.days, asking, isWorkday) };
  const { mostDates, longestDays } = rules.rooms.series;
  const told = dayText(last, now.toPlainDate());
  const { count: _count, ...rule } = ruleOf(value);
  return {
    form: { ...draft, when },
    gaps: [
      {
        field: 'series',
        why: words(
          `一次最多订 ${mostDates} 次、${Math.round(longestDays / 365)} 年以内，最远到 ${told.zh}`,
          `At most ${mostDates} dates within ${counted(Math.round(longestDays / 365), 'year')}: until ${told.en} at the latest`,
        ),
      },
    ],
    offers: [
      {
        label: words(`订到 ${told.zh}`, `Until ${told.en}`),
        set: { series: { ...value, rule: printRule({ ...rule, until: last }) } },
      },
    ],
  };
}

/** 改到周二 while it is still a draft: 每周一 becomes 每周二, and its dates are found anew. */
function movedDay(draft: Timed, zone: string): Series | undefined {
  const { series } = draft;
  const first = series.days?.[0];
  if (first === undefined) return undefined;
  const on = Temporal.Instant.from(draft.when.from).toZonedDateTimeISO(zone).toPlainDate();
  const days = Temporal.PlainDate.from(first).until(on, { largestUnit: 'days' }).days;
  const rule = shiftedRule(series, days);
  return rule === series.rule ? undefined : { rule, start: series.start };
}

/** Days off that the rule would have fallen on. Where all working days are meant, that says itself. */
function skippedNotes(
  value: Series,
  days: readonly string[],
  { now, rules }: Asking,
  isWorkday: (date: Temporal.PlainDate) => boolean,
): readonly Words[] {
  if (rules.rooms.series.onDaysOff === 'keep' || ruleOf(value).every === 'day') return [];
  const last = Temporal.PlainDate.from(days.at(-1) ?? value.start);
  const all = datesFor(
    {
      rule: printRule({ ...ruleOf(value), count: undefined, until: last.toString() }),
      start: value.start,
    },
    { ...rules.rooms.series, onDaysOff: 'keep' },
    isWorkday,
    (date) => Temporal.PlainDate.compare(date, Temporal.PlainDate.from(days[0] ?? value.start)) < 0,
  ).days;
  const off = all.filter((day) => !isWorkday(Temporal.PlainDate.from(day)) && !days.includes(day));
  if (off.length === 0) return [];
  const told = listed(off, now.toPlainDate());
  return [words(`遇休息日不订：${told.zh}`, `Left out, the office is off: ${told.en}`)];
}

/** The smallest suitable room that is free on all dates, else the one that is on most. */
async function freest(
  form: Timed,
  rooms: readonly Room[],
  asking: Asking,
): Promise<Room | undefined> {
  const candidates = suitable(rooms, needsOf(form)).slice(0, MOST_ROOMS);
  const occurrences = occurrencesOf({ ...form, room: '' }, zoneOf(asking));
  const own = occurrences.filter(({ room }) => room === '');
  const taken = await takenIn(asking.tx, candidates, own, asking.changes);
  const clashes = (room: Room): number => taken.get(room.id)?.size ?? 0;
  return candidates.toSorted((a, b) => clashes(a) - clashes(b))[0];
}

/** The occurrences whose room is taken by others, or by another of the same series. */
async function clashing(
  occurrences: readonly Occurrence[],
  rooms: readonly Room[],
  { tx, changes }: Asking,
): Promise<readonly Occurrence[]> {
  const named = rooms.filter(({ name }) => occurrences.some(({ room }) => room === name));
  const taken = await takenIn(tx, named, occurrences, changes);
  return occurrences.filter(({ room }, place) => {
    const id = rooms.find((each) => each.name === room)?.id;
    return id === undefined || taken.get(id)?.has(place) === true;
  });
}

/** More dates than this are counted, not told. */
const MOST_TOLD = 6;

function listed(days: readonly string[], today: Temporal.PlainDate): Words {
  const told = days.slice(0, MOST_TOLD).map((day) => dayText(day, today));
  const more = days.length - told.length;
  return words(
    `${told.map(({ zh }) => zh).join('、')}${more > 0 ? `，另 ${more} 次` : ''}`,
    `${told.map(({ en }) => en).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  );
}

function clashGaps(clash: readonly Occurrence[], { now }: Asking): readonly Gap[] {
  if (clash.length === 0) return [];
  const told = listed(
    clash.map(({ on }) => on),
    now.toPlainDate(),
  );
  const room = [...new Set(clash.map((each) => each.room))].join('、');
  return [
    {
      field: 'series',
      why: words(
        `有 ${clash.length} 次${room}已被预订：${told.zh}`,
        `${room} is taken on ${counted(clash.length, 'date')}: ${told.en}`,
      ),
    },
  ];
}

/** What of it the person may not book besides what they hold already. */
const unfairAhead = (dates: readonly Occurrence[], asking: Asking): Promise<readonly Gap[]> =>
  unfair(periodsAhead(dates, asking.now.toInstant()), asking);

/** A room for each of the clashing dates: one for all of them where there is one, else for each the most alike. */
async function otherRooms(
  form: Timed,
  clash: readonly Occurrence[],
  rooms: readonly Room[],
  { tx, changes }: Asking,
  set: (taken: ReadonlyMap<string, string>) => Series,
): Promise<readonly Offer<Draft>[]> {
  const wished = rooms.find(({ name }) => name === form.room);
  const candidates = alikeFirst(suitable(rooms, needsOf(form)), wished).slice(0, MOST_ROOMS);
  const taken = await takenIn(tx, candidates, clash, changes);
  const isFree = (room: Room, place: number): boolean => taken.get(room.id)?.has(place) !== true;
  const one = candidates.find((room) => clash.every((_, place) => isFree(room, place)));
  const found = new Map(
    clash.flatMap(({ day }, place): readonly [string, string][] => {
      const room = one ?? candidates.find((each) => isFree(each, place));
      return room ? [[day, room.name]] : [];
    }),
  );
  if (found.size === 0) return [];
  const names = [...new Set(found.values())].join('、');
  const which =
    found.size === clash.length
      ? words(`这 ${found.size} 次`, `these ${found.size}`)
      : words(`其中 ${found.size} 次`, `${found.size} of these`);
  return [
    {
      label: words(`${which.zh}改用${names}`, `${names} for ${which.en}`),
      set: { series: set(found) },
    },
  ];
}

const withRooms = (
  { odd }: Series,
  rooms: ReadonlyMap<string, string>,
): NonNullable<Series['odd']> => ({
  ...odd,
  ...Object.fromEntries([...rooms].map(([day, room]) => [day, { ...odd?.[day], room }])),
});

const leaveOut = (value: Series, clash: readonly Occurrence[]): Offer<Draft> => ({
  label: words(`跳过这 ${clash.length} 次`, `Leave these ${clash.length} out`),
  set: {
    series: withoutDays(
      value,
      clash.map(({ day }) => day),
    ),
  },
});

const roomsUsed = (form: Repeated, rooms: readonly Room[]): readonly Room[] => {
  const names = new Set([
    form.room,
    ...Object.values(form.series.odd ?? {}).flatMap(({ room }) => room ?? []),
  ]);
  return rooms.filter(({ name }) => names.has(name));
};

const approvalNotes = (form: Repeated, rooms: readonly Room[]): readonly Words[] =>
  roomsUsed(form, rooms)
    .filter((room) => room.needs_approval)
    .map(({ name }) =>
      words(
        `${name}需要行政审批，审批期间为您保留`,
        `${name} needs approval; it is held for you meanwhile`,
      ),
    );

const alsoAsk = (
  form: Repeated,
  rooms: readonly Room[],
): { readonly alsoAsk?: readonly string[] } =>
  roomsUsed(form, rooms).some((room) => room.needs_approval) ? { alsoAsk: ['office-manager'] } : {};

async function prepareEdit(draft: Timed, rooms: readonly Room[], asking: Asking): Promise<Outcome> {
  const { tx, now, changes } = asking;
  const { edit } = draft.series;
  const row = await tx
    .selectFrom('request')
    .select('form')
    .where('id', '=', changes ?? 0)
    .executeTakeFirst();
  const base = storedSeries(row?.form);
  if (!edit || !base)
    return {
      form: draft,
      gaps: [{ field: 'series', why: words('这个周期预订已经不在了', 'This series is gone') }],
    };
  const zone = zoneOf(asking);
  const instant = now.toInstant();
  const occurrences = occurrencesOf(base, zone);
  if (edit.of === undefined) return whichDates(draft, occurrences, asking);
  const room = nameRoom(draft.room ?? '', rooms);
  const why = room
    ? troubleWith(room, draft.when, needsOf(draft), [], asking)
    : noSuchRoom(draft.room ?? '');
  if (!room || why)
    return {
      form: draft,
      gaps: [{ field: 'room', why: why ?? words('请选会议室', 'Please choose a room') }],
    };
  const trouble = timeTrouble(draft.when, asking);
  if (trouble) return { form: draft, gaps: [trouble] };
  const form = { ...draft, room: room.name };
  const wish = { ...base, ...form, attendees: known(form) };
  const next = withLast(edited(base, wish, zone, instant), zone);
  const meant = new Set(
    daysMeant(occurrences, edit, instant).filter((day) => edit.left?.includes(day) !== true),
  );
  const dates = occurrencesOf(next, zone);
  const clash = await clashing(
    dates.filter(({ day }) => meant.has(day)),
    rooms,
    asking,
  );
  const filed: Draft = next;
  return {
    form,
    filed,
    notes: approvalNotes(next, rooms),
    ...alsoAsk(next, rooms),
    gaps: [...clashGaps(clash, asking), ...(await unfairAhead(dates, asking))],
    ...(clash.length === 0
      ? {}
      : {
          offers: [
            ...(await otherRooms(form, clash, rooms, asking, (taken) => ({
              ...form.series,
              edit: { ...edit, rooms: { ...edit.rooms, ...Object.fromEntries(taken) } },
            }))),
            ...(clash.length === meant.size ? [] : [leaveAsTheyAre(form.series, clash)]),
          ],
        }),
  };
}

/** Names that nobody has were told before; who is invited is known by id. */
const known = (draft: Draft): number[] =>
  (draft.attendees ?? []).filter((each) => typeof each === 'number');

function leaveAsTheyAre(value: Series, clash: readonly Occurrence[]): Offer<Draft> {
  const left = [...(value.edit?.left ?? []), ...clash.map(({ day }) => day)];
  return {
    label: words(`这 ${clash.length} 次不改`, `Leave these ${clash.length} as they are`),
    set: { series: { ...value, ...(value.edit ? { edit: { ...value.edit, left } } : {}) } },
  };
}

/** 「只改哪几次？」, where nobody has said it. */
function whichDates(draft: Timed, occurrences: readonly Occurrence[], { now }: Asking): Outcome {
  const { edit } = draft.series;
  if (!edit) return { form: draft };
  const instant = now.toInstant();
  const count = (of: EditScope): number => daysMeant(occurrences, { ...edit, of }, instant).length;
  const on = occurrences.find(({ day }) => day === edit.day)?.on ?? edit.day;
  const day = dayText(on, now.toPlainDate());
  const offer = (of: EditScope, zh: string, en: string): Offer<Draft> => ({
    label: words(zh, en),
    set: { series: { ...draft.series, edit: { ...edit, of } } },
  });
  return {
    form: draft,
    gaps: [{ field: 'series', why: words('改哪几次？', 'Which dates are meant?') }],
    offers: [
      offer('one', `只改这次 ${day.zh}`, `Only ${day.en}`),
      offer(
        'following',
        `这次及以后（${count('following')} 次）`,
        `This and later (${count('following')})`,
      ),
      offer('all', `全部（${count('all')} 次）`, `All (${count('all')})`),
    ],
  };
}
