/** Fair use: what one person may book in a day, in a week and ahead in all. Pure. */
import { type Words, words } from '../../../cards/words.ts';
import { LIMITS, type Limit, type Quota, type RoomLimits } from '../../settings/rules.ts';
import type { Period } from '../spoken-times.ts';

/** A limit that a booking would pass; `most` of what there may be. */
export type Exceeded = {
  readonly limit: Limit;
  readonly unit: 'bookings' | 'hours' | 'minutes';
  readonly most: number;
};

/** What is held or booked; `series`: the request whose dates it is one of. */
export type Booked = Period & { readonly series?: number };

/**
 * The limits that bookings at `wishes` would pass, beside what the person holds or has booked already: one time, or all dates of a series.
 * Every date counts in its day and its week; of what is ahead a series is one, since rules of its own bound how many dates it has.
 */
export function exceeded(
  limits: Omit<RoomLimits, 'exempt'>,
  exempt: readonly Limit[],
  booked: readonly Booked[],
  wishes: readonly Period[],
  now: Temporal.ZonedDateTime,
): readonly Exceeded[] {
  const [first] = wishes;
  if (!first) return [];
  const zone = now.timeZoneId;
  const ahead = booked.filter((each) => begins(each, now.toInstant()));
  const counted: { readonly [limit in Exclude<Limit, 'notice'>]: readonly Period[][] } = {
    perDay: together(booked, wishes, (each) => dayOf(each, zone).toString()),
    perWeek: together(booked, wishes, (each) => mondayOf(dayOf(each, zone)).toString()),
    ahead: begins(first, now.toInstant()) ? [[...oneOfEach(ahead), first]] : [],
  };
  return LIMITS.filter((limit) => !exempt.includes(limit)).flatMap((limit) =>
    limit === 'notice'
      ? tooLate(limits.notice, first, now)
      : counted[limit].flatMap((periods) => beyond(limit, limits[limit], periods)),
  );
}

/** Of each series one date, all else as it is. */
const oneOfEach = (booked: readonly Booked[]): readonly Booked[] => [
  ...new Map(booked.map((each) => [each.series ?? each, each])).values(),
];

/** What is booked and wished for in each day or week that something is wished for in. */
function together(
  booked: readonly Period[],
  wishes: readonly Period[],
  of: (period: Period) => string,
): readonly Period[][] {
  const wished = new Set(wishes.map(of));
  return [...Map.groupBy([...booked, ...wishes], of)]
    .filter(([name]) => wished.has(name))
    .map(([, periods]) => periods);
}

function beyond(
  limit: Limit,
  quota: Quota | null,
  periods: readonly Period[],
): readonly Exceeded[] {
  if (quota === null) return [];
  const hours = periods.reduce((sum, each) => sum + hoursOf(each), 0);
  return [
    ...(periods.length > quota.bookings
      ? [{ limit, unit: 'bookings' as const, most: quota.bookings }]
      : []),
    ...(hours > quota.hours ? [{ limit, unit: 'hours' as const, most: quota.hours }] : []),
  ];
}

function tooLate(
  least: number | null,
  wish: Period,
  now: Temporal.ZonedDateTime,
): readonly Exceeded[] {
  if (least === null || !begins(wish, now.toInstant())) return [];
  const notice = now.toInstant().until(Temporal.Instant.from(wish.from)).total('minutes');
  return notice < least ? [{ limit: 'notice', unit: 'minutes', most: least }] : [];
}

const dayOf = ({ from }: Period, zone: string): Temporal.PlainDate =>
  Temporal.Instant.from(from).toZonedDateTimeISO(zone).toPlainDate();

const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.subtract({ days: day.dayOfWeek - 1 });

const hoursOf = ({ from, to }: Period): number =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to)).total('hours');

/** Whether it is still to begin. A room taken at once, in the middle of its hour, is no booking ahead. */
const begins = ({ from }: Period, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(from, now) > 0;

/** Why, and what next: 「每人每天最多订 6 场」. `what` is booked. */
export function exceededText(
  { limit, unit, most }: Exceeded,
  what: Words = words('会议室', 'Rooms'),
): { why: Words; next: Words } {
  if (limit === 'notice')
    return {
      why: words(
        `${what.zh}至少要提前 ${most} 分钟预订`,
        `${what.en}: booked at least ${most} minutes ahead`,
      ),
      next: words('请换个晚一点的时间，或请行政代订', 'Choose a later time, or ask the office'),
    };
  const { zh, en } = SPAN[limit];
  const hours = unit === 'hours';
  return {
    why: words(
      `每人${zh}最多订 ${most} ${hours ? '小时' : '场'}，这次会超过`,
      `Each person may book ${most} ${hours ? 'hours' : 'bookings'} ${en}; this would be more`,
    ),
    next: words(
      hours
        ? '可以缩短时间、换个时间，取消不用的，或请行政代订'
        : '可以换个时间，取消不用的，或请行政代订',
      'Choose another time, cancel one you do not need, or ask the office',
    ),
  };
}

const SPAN: { readonly [limit in Exclude<Limit, 'notice'>]: Words } = {
  perDay: words('每天', 'a day'),
  perWeek: words('每周', 'a week'),
  ahead: words('预先', 'ahead'),
};
