/** Completes a booking of a desk or booth: which one, on which days, at what hours. */
import { enumerated, type Words, words } from '../../../../cards/words.ts';
import { dayText } from '../../../../cards/times.ts';
import { sortName } from '../../../../cards/vocabulary.ts';
import { calendarOf } from '../../../settings/office-calendar.ts';
import { wallMinutes } from '../../../time/spans.ts';
import type { DraftOf } from '../../fields.ts';
import type { Asking, Gap, Offer, Prepared } from '../../kind.ts';
import { limitPassed } from '../fair-use.ts';
import { exceededText } from '../limits.ts';
import { isOpenFor, type Space } from '../rooms.ts';
import { takenIn } from '../series-bookings.ts';
import { rulesFor } from './bookings.ts';
import { hoursMeant, type SpaceDay, timesOf, wholeDay } from './dates.ts';
import type { SpaceFields } from './index.ts';
import { allSpaces, isOpenTo, releasedOn, spaceNamed } from './register.ts';

type Draft = DraftOf<SpaceFields>;
type Outcome = Prepared<Draft>;

/** So many others are offered. */
const MOST_OFFERS = 3;

/** The space that was named, or the first free one of its sort; what is wrong, and what else there is. */
export async function prepareSpace(draft: Draft, asking: Asking): Promise<Outcome> {
  const spaces = await allSpaces(asking.tx, asking.rules);
  const named = draft.room === undefined ? undefined : spaceNamed(draft.room, spaces);
  const sort = named?.sort ?? draft.sort ?? spaces[0]?.sort ?? '工位';
  const ofSort = spaces.filter((each) => each.sort === sort);
  const options = { room: ofSort.map((each) => ({ value: each.name, label: spaceLabel(each) })) };
  const timed = withTimes({ ...draft, sort }, asking);
  const { form, days } = timed;
  const guessed = [...(draft.sort === undefined ? ['sort'] : []), ...timed.guessed];
  if (days === undefined || timed.gaps.length > 0)
    return { form, options, guessed, gaps: timed.gaps };
  const fair = await unfair(sort, days, asking);
  if (draft.room !== undefined && !named) {
    const why = words(
      `没有叫「${draft.room}」的${sort}`,
      `There is no ${sortName(sort).en.toLowerCase()} called “${draft.room}”`,
    );
    const others = await freeOf(near(ofSort, undefined, form.floor), days, asking);
    return {
      form,
      options,
      guessed,
      gaps: [{ field: 'room', why }, ...fair],
      offers: offersOf(others),
    };
  }
  const wished = named ? [named] : near(ofSort, undefined, form.floor);
  const [free] = await freeOf(
    form.floor !== undefined && !named
      ? wished.filter(({ floor }) => floor === form.floor)
      : wished,
    days,
    asking,
  );
  if (free)
    return {
      form: { ...form, room: free.name },
      options,
      guessed: named ? guessed : [...guessed, 'room'],
      gaps: fair,
      notes: notesOf(free, asking),
      ...(free.needs_approval ? { alsoAsk: ['office-manager'] } : {}),
    };
  const others = await freeOf(
    near(ofSort, named, form.floor).filter(({ id }) => id !== named?.id),
    days,
    asking,
  );
  const why = named ? await troubleWith(named, days, asking) : noneFree(sort, ofSort, form.floor);
  return {
    form,
    options,
    guessed,
    gaps: [{ field: 'room', why }, ...fair],
    offers: offersOf(others),
  };
}

type Timed = {
  readonly form: Draft & { readonly sort: string };
  readonly guessed: readonly string[];
  readonly gaps: readonly Gap[];
  readonly days?: readonly SpaceDay[];
};

/** Days and hours completed: today where no day was said, the working day or an hour where no hours were. */
function withTimes(draft: Draft & { readonly sort: string }, { rules, now }: Asking): Timed {
  const { by, bookAheadDays, longestHours } = rulesFor(draft.sort, rules);
  const office = rules.workingHours.hours;
  const today = now.toPlainDate().toString();
  const closed = now.toPlainTime().toString().slice(0, 5) >= wholeDay(office).to;
  const dates = draft.dates ?? (closed ? undefined : { from: today, to: today });
  const meant = hoursMeant(draft.hours, office, by);
  const hours = meant ? { begins: meant.hours.from, ends: meant.hours.to } : draft.hours;
  const form = { ...draft, dates, hours };
  const guessed = [
    ...(draft.dates === undefined && dates ? ['dates'] : []),
    ...(meant?.guessed === true ? ['hours'] : []),
  ];
  if (!dates) return { form, guessed, gaps: [] };
  const gap = (field: string, zh: string, en: string): Timed => ({
    form,
    guessed,
    gaps: [{ field, why: words(zh, en) }],
  });
  if (!meant)
    return draft.hours === undefined
      ? gap('hours', '请说几点到几点', 'From when until when?')
      : gap('hours', '结束时间要晚于开始时间', 'It must end after it begins');
  const days = timesOf(dates, meant.hours, calendarOf(rules), now.toInstant());
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last)
    return gap('dates', '这段时间已经过去，或都是休息日', 'It has passed, or all days are off');
  if (now.toPlainDate().until(last.day, { largestUnit: 'days' }).days > bookAheadDays)
    return gap(
      'dates',
      `最多提前 ${Math.floor(bookAheadDays)} 天预订`,
      `At most ${Math.floor(bookAheadDays)} days ahead`,
    );
  if (first.from.until(first.to).total('hours') > longestHours)
    return gap('hours', `一天最长 ${longestHours} 小时`, `At most ${longestHours} hours a day`);
  return { form, guessed, gaps: [], days };
}

/** The asked for floor first, then that of the one that was wished for; else as they stand in the list. */
const near = (
  spaces: readonly Space[],
  wished: Space | undefined,
  floor: string | undefined,
): readonly Space[] => {
  const at = floor ?? wished?.floor;
  return spaces.toSorted((a, b) => Number(b.floor === at) - Number(a.floor === at) || a.id - b.id);
};

/** Those that the person may have on all the days, in their order. */
async function freeOf(
  spaces: readonly Space[],
  days: readonly SpaceDay[],
  { tx, rules, person, changes }: Asking,
): Promise<readonly Space[]> {
  const dates = days.map(({ day }) => day);
  const released = await releasedOn(tx, dates);
  const open = spaces.filter(
    (each) =>
      isOpenTo(each, person, dates, released) &&
      days.every(({ from, to }) =>
        isOpenFor(each, { from: from.toString(), to: to.toString() }, rules.timeZone),
      ),
  );
  const taken = await takenIn(tx, open, days, changes);
  return open.filter(({ id }) => (taken.get(id)?.size ?? 0) === 0);
}

/** Why one that was named cannot be had. */
async function troubleWith(
  space: Space,
  days: readonly SpaceDay[],
  { tx, person, changes, now }: Asking,
): Promise<Words> {
  const { name } = space;
  const dates = days.map(({ day }) => day);
  if (!isOpenTo(space, person, dates, await releasedOn(tx, dates)))
    return words(`${name}是同事的固定工位`, `${name} is somebody’s own`);
  const taken = (await takenIn(tx, [space], days, changes)).get(space.id) ?? new Set();
  const on = days.flatMap(({ day }, place) =>
    taken.has(place) ? [dayText(day, now.toPlainDate())] : [],
  );
  if (on.length === 0) {
    const hours = `${space.open?.from ?? ''}–${space.open?.to ?? ''}`;
    return words(`${name}只在 ${hours} 开放`, `${name} is open ${hours} only`);
  }
  const told = enumerated(on);
  return days.length === 1
    ? words(`${name}这个时段已被预订或停用`, `${name} is taken or closed at that time`)
    : words(`${name}在${told.zh}已被预订或停用`, `${name} is taken or closed on ${told.en}`);
}

function noneFree(sort: string, ofSort: readonly Space[], floor: string | undefined): Words {
  const { en } = sortName(sort);
  if (ofSort.length === 0)
    return words(
      `还没有录入${sort}，请联系行政`,
      `${en}: none is set up yet; please ask the office`,
    );
  return floor === undefined
    ? words(`这段时间没有空的${sort}`, `${en}: none is free then`)
    : words(`${floor}楼这段时间没有空的${sort}`, `${en}: none is free on floor ${floor} then`);
}

const offersOf = (spaces: readonly Space[]): readonly Offer<Draft>[] =>
  spaces.slice(0, MOST_OFFERS).map((space) => ({
    label: spaceLabel(space),
    set: { room: space.name },
  }));

/** What is to be known of it before it is booked. */
function notesOf({ sort, name, needs_approval: asks }: Space, { rules }: Asking): readonly Words[] {
  const { checkIn } = rulesFor(sort, rules);
  const minutes = checkIn && wallMinutes(checkIn.releaseAfter);
  return [
    ...(minutes === null
      ? []
      : [
          words(
            `开始后 ${minutes} 分钟内请签到：说「签到 ${name}」，没人来就让给别人`,
            `Check in within ${minutes} minutes of its beginning: say “check in ${name}”; else it goes to others`,
          ),
        ]),
    ...(asks
      ? [words('需要行政审批，审批期间为您保留', 'It needs approval; it is held for you meanwhile')]
      : []),
  ];
}

async function unfair(
  sort: string,
  days: readonly SpaceDay[],
  { tx, rules, person, now, changes }: Asking,
): Promise<readonly Gap[]> {
  const periods = days.map(({ from, to }) => ({ from: from.toString(), to: to.toString() }));
  const space = { sort, limits: rulesFor(sort, rules).limits };
  const passed = await limitPassed(tx, rules, { person, periods, now, changes, space });
  if (!passed) return [];
  const { why, next } = exceededText(passed, sortName(sort));
  return [{ field: 'dates', why: words(`${why.zh}。${next.zh}`, `${why.en}. ${next.en}`) }];
}

/** 「A12（3楼）」 */
export const spaceLabel = ({ name, floor }: Pick<Space, 'name' | 'floor'>): Words =>
  words(`${name}（${floor}楼）`, `${name} (floor ${floor})`);
