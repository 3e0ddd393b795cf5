/** The `rounds` of office.yaml: recurring work switched off, moved, or given to another role. */
import { z } from 'zod';
import type { DayOfMonth, Recurrence } from '../time/recurrence.ts';
import { monthsOf, offPolicies } from '../time/recurrence.ts';
import { weekdays } from '../time/hours.ts';
import { clock, keys, mistakesIn, named, oneOf, span, wholeNumber, wrong } from './file-values.ts';
import { type RoundRule, roundNames, type RoundRules } from './round-rules.ts';

/** `rounds: off`, or one entry a piece of recurring work. */
export const rounds = (roles: readonly string[]) =>
  z.unknown().transform((input, ctx): RoundRules => {
    if (input === 'off') return 'off';
    const read = byName(roles).safeParse(input);
    if (read.success) return read.data;
    // A union of the two would only say that neither fits
    for (const { path, says, spot } of mistakesIn(read.error)) {
      ctx.addIssue({ code: 'custom', message: says, path: [...path], params: { spot } });
    }
    return z.NEVER;
  });

const byName = (roles: readonly string[]) =>
  keys(Object.fromEntries(roundNames.map((name) => [name, round(roles).optional()]))).transform(
    (given): RoundRules =>
      Object.fromEntries(
        Object.entries(given).flatMap(([name, rule]) => (rule === undefined ? [] : [[name, rule]])),
      ),
  );

/** `off`, or what is to be different. */
const round = (roles: readonly string[]) =>
  z.unknown().transform((input, ctx): RoundRule => {
    if (input === 'off') return 'off';
    if (typeof input === 'string') {
      ctx.addIssue({ code: 'custom', message: wrong(OFF_OR_KEYS)({ input }), input });
      return z.NEVER;
    }
    const read = changes(roles).safeParse(input);
    if (read.success) return read.data;
    for (const { path, says, spot } of mistakesIn(read.error)) {
      ctx.addIssue({ code: 'custom', message: says, path: [...path], params: { spot } });
    }
    return z.NEVER;
  });

const OFF_OR_KEYS = 'off（不做），或一组键，如 { at: "09:30", owner: office }';

const changes = (roles: readonly string[]) =>
  keys({
    every: oneOf(['day', 'week', 'month', 'quarter', 'half-year', 'year']).optional(),
    month: wholeNumber(1, 12).optional(),
    on: z.unknown().optional(),
    ifOff: oneOf(offPolicies).optional(),
    at: clock().optional(),
    owner: named(roles).optional(),
    within: span().optional(),
  }).transform(({ every, month, on, ifOff, ...rest }, ctx): Exclude<RoundRule, 'off'> => {
    const { at, owner, within } = rest;
    const kept = {
      ...(at === undefined ? {} : { at }),
      ...(owner === undefined ? {} : { owner }),
      ...(within === undefined ? {} : { within }),
    };
    if (every === undefined) {
      const alone = Object.entries({ month, on, ifOff }).find(([, value]) => value !== undefined);
      if (!alone) return kept;
      const message = `写了 ${alone[0]} 就要一起写 every（day、week、month、quarter、half-year 或 year）`;
      ctx.addIssue({ code: 'custom', message, path: [alone[0]], params: { spot: 'key' } });
      return z.NEVER;
    }
    const read = recurrence({ every, month, on, ifOff: ifOff ?? 'before' });
    if (!('mistake' in read)) return { ...kept, recurrence: read };
    ctx.addIssue({ code: 'custom', message: read.mistake, path: [read.key], input: on });
    return z.NEVER;
  });

type Written = Pick<Recurrence, 'every' | 'ifOff'> & {
  readonly month: number | undefined;
  readonly on: unknown;
};

/** What is written, as a rule; or the first thing that does not go with `every`. */
function recurrence({
  every,
  month,
  on,
  ifOff,
}: Written): Recurrence | { readonly mistake: string; readonly key: 'on' | 'month' } {
  const months = every === 'day' || every === 'week' ? 1 : monthsOf[every];
  if (month !== undefined && months === 1)
    return { key: 'month', mistake: `every: ${every} 不用写 month` };
  if (every === 'day') {
    if (on !== undefined) return { key: 'on', mistake: 'every: day 不用写 on' };
    return { every, ifOff };
  }
  if (every === 'week') {
    const weekday = weekdays.find((name) => name === on);
    return weekday
      ? { every, on: weekday, ifOff }
      : { key: 'on', mistake: wrong(`${weekdays.join('、')} 之一`)({ input: on }) };
  }
  const day = dayOfMonth(on);
  if (day === undefined)
    return { key: 'on', mistake: wrong('1–28 的整数，或 last（月末）')({ input: on }) };
  if (every === 'month') return { every, on: day, ifOff };
  if (month === undefined || month > months)
    return { key: 'month', mistake: wrong(`1–${months} 的整数（${OF[every]}）`)({ input: month }) };
  return { every, month, on: day, ifOff };
}

const OF = { quarter: '每季度的第几个月', 'half-year': '每半年的第几个月', year: '几月' } as const;

const dayOfMonth = (on: unknown): DayOfMonth | undefined => {
  if (on === 'last') return on;
  const fits = typeof on === 'number' && Number.isInteger(on) && on >= 1 && on <= 28;
  return fits ? on : undefined;
};
