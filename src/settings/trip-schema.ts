/** The `trips` and `expenses` of office.yaml. */
import { z } from 'zod';
import { leaders, name } from './approval-schema.ts';
import { amount, clock, dayOfMonth, keys, list, named, wholeNumber, wrong } from './file-values.ts';
import { defaultExpenses, defaultTrips, type TripBudget } from './trip-rules.ts';

const byName = <T extends z.ZodType>(value: T, like: string) =>
  z.record(z.string(), value, { error: wrong(like) });

/** Yuan a night by tier; `others` may not be left out, every city has a tier then. */
const hotel = () =>
  byName(amount(), '一组城市级别和每晚元数，如 { 一线: 450, others: 350 }').transform(
    (given, ctx) => {
      const { others } = given;
      if (others !== undefined) return { ...given, others };
      ctx.addIssue({ code: 'custom', message: '要写 others：其他城市每晚多少元', input: given });
      return z.NEVER;
    },
  );

const standard = (roles: readonly string[]) =>
  keys({
    grade: name(),
    titles: list(name()).default([]),
    roles: list(named(roles)).default([]),
    hotel: hotel(),
    seats: list(name(), '至少要写一种席别'),
  });

/** Who comes behind the one for everybody is never looked at; without one somebody may have no standard. */
const standards = (roles: readonly string[]) =>
  list(standard(roles), '至少要有一档').superRefine((given, ctx) => {
    const open = given.findIndex((each) => each.titles.length === 0 && each.roles.length === 0);
    if (open === given.length - 1) return;
    const message =
      open < 0
        ? '最后一档不写 titles 和 roles，给其余的人'
        : '不写 titles 和 roles 的一档给其余的人，要放在最后';
    ctx.addIssue({ code: 'custom', message, path: [Math.max(0, open)] });
  });

const budget = () =>
  keys({ quarter: amount().optional(), year: amount().optional() }).transform(
    ({ quarter, year }, ctx): TripBudget => {
      if (quarter !== undefined && year === undefined) return { per: 'quarter', yuan: quarter };
      if (year !== undefined && quarter === undefined) return { per: 'year', yuan: year };
      ctx.addIssue({ code: 'custom', message: '应为 { quarter: 元 } 或 { year: 元 } 之一' });
      return z.NEVER;
    },
  );

/** Days ahead of a departure: more than anybody plans. */
const MOST_DAYS = 30;

export const trips = (roles: readonly string[]) =>
  keys({
    cityTiers: byName(list(name()), '一组城市级别，如 { 一线: [北京, 上海] }').default(
      defaultTrips.cityTiers,
    ),
    standards: standards(roles).default(defaultTrips.standards),
    overStandard: named([...new Set([...leaders, ...roles])]).default(defaultTrips.overStandard),
    fares: byName(amount(), '一组交通方式和每程元数，如 { 高铁: 500 }')
      .default({})
      .transform((given) => ({ ...defaultTrips.fares, ...given })),
    budgets: byName(budget(), '一组部门和预算，如 { 市场部: { quarter: 20000 } }').default({}),
    checklist: list(name(), '至少要写一项').default(defaultTrips.checklist),
    bookAhead: wholeNumber(0, MOST_DAYS).default(defaultTrips.bookAhead),
    remindAt: clock().default(defaultTrips.remindAt),
    claimAt: clock().default(defaultTrips.claimAt),
  });

export const expenses = (roles: readonly string[]) => {
  const usual = defaultExpenses;
  return keys({
    reviewDays: wholeNumber(1, MOST_DAYS).default(usual.reviewDays),
    recheckDays: wholeNumber(1, MOST_DAYS).default(usual.recheckDays),
    payDays: wholeNumber(1, MOST_DAYS).default(usual.payDays),
    ledger: keys({
      day: dayOfMonth().default(usual.ledger.day),
      at: clock().default(usual.ledger.at),
      to: list(named(roles)).default(usual.ledger.to),
    }).default(usual.ledger),
    frequent: wholeNumber(2, 100).default(usual.frequent),
  });
};
