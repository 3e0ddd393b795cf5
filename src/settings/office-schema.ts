/** The form of office.yaml. What a file leaves out is filled with the defaults, key by key. */
import { z } from 'zod';
import { hoursTrouble } from '../time/calendar.ts';
import { wallMinutes } from '../time/spans.ts';
import { leaders, name, tiers } from './approval-schema.ts';
import {
  amount,
  clock,
  company,
  date,
  dayOfMonth,
  hours,
  hoursOrOff,
  keys,
  language,
  list,
  named,
  onOrOff,
  orOff,
  percentage,
  personReference,
  span,
  wallSpan,
  weekday,
  wholeNumber,
  wrong,
  zone,
} from './file-values.ts';
import { limits, minutesOrOff, roomLimits } from './limit-schema.ts';
import { repairs } from './repair-schema.ts';
import { retention } from './retention-schema.ts';
import { rounds } from './round-schema.ts';
import { spaces } from './space-schema.ts';
import { supplies } from './supply-schema.ts';
import { defaultRules, type Rules } from './rules.ts';
import { expenses, trips } from './trip-schema.ts';

/** What a file may name: the program's request kinds, and the roles that the same file sets up. */
export type Known = { readonly kinds: readonly string[]; readonly roles: readonly string[] };

/** The schema of one file. */
export const officeSchema = (known: Known): z.ZodType<Rules> =>
  keys({
    company: company().default(defaultRules.company),
    timeZone: zone().default(defaultRules.timeZone),
    language: language().default(defaultRules.language),
    workingHours: workingHours().default(defaultRules.workingHours),
    holidays: list(date()).default([]),
    extraWorkdays: list(date()).default([]),
    sites: z
      .record(z.string(), site(), {
        error: wrong('一组办公地，如 新加坡: { departments: [海外部], timeZone: Asia/Singapore }'),
      })
      .default({}),
    roles: roles().default(defaultRules.roles),
    approvals: approvals(known).default(defaultRules.approvals),
    service: service(known).default(defaultRules.service),
    reminders: reminders(known).default(defaultRules.reminders),
    rooms: rooms(known.roles).default(defaultRules.rooms),
    spaces: spaces(),
    feishu: feishu().default(defaultRules.feishu),
    repairs: repairs(known.roles).default(defaultRules.repairs),
    rounds: rounds(known.roles).default(defaultRules.rounds),
    supplies: supplies(known.roles),
    budgets: budgets(known).default(defaultRules.budgets),
    trips: trips(known.roles).default(defaultRules.trips),
    expenses: expenses(known.roles).default(defaultRules.expenses),
    retention: retention(known.kinds).default(defaultRules.retention),
    limits: limits().default(defaultRules.limits),
    undoSeconds: orOff(wholeNumber(5, 300)).default(defaultRules.undoSeconds),
    travel: keys({ transport: list(name(), '至少要写一种交通方式') })
      .default({ transport: [] })
      .transform(({ transport }) => ({ transport: transport.length > 0 ? transport : null })),
  })
    .superRefine(oneSort)
    .transform(({ sites, ...rules }) => ({ ...rules, sites: completed(sites, rules) }));

type OwnDays = { readonly holidays: readonly string[]; readonly extraWorkdays: readonly string[] };

/** A day is off or worked, not both. */
function oneSort({ holidays, extraWorkdays }: OwnDays, ctx: z.RefinementCtx): void {
  for (const [place, day] of extraWorkdays.entries()) {
    if (!holidays.includes(day)) continue;
    const message = `${day} 同时写在 holidays 里；一天只能是其中一种`;
    ctx.addIssue({ code: 'custom', message, path: ['extraWorkdays', place] });
  }
}

/** A site; zone and hours that it does not give are the office's. */
const site = () =>
  keys({
    departments: list(name(), '至少要写一个部门'),
    timeZone: zone().optional(),
    workingHours: workingHours().optional(),
    holidays: list(date()).default([]),
    extraWorkdays: list(date()).default([]),
    chineseHolidays: z.boolean({ error: wrong('true 或 false') }).default(true),
  }).superRefine(oneSort);

const completed = (
  sites: { readonly [name: string]: z.infer<ReturnType<typeof site>> },
  { timeZone, workingHours: hoursOfAll }: Pick<Rules, 'timeZone' | 'workingHours'>,
): Rules['sites'] =>
  Object.fromEntries(
    Object.entries(sites).map(([named, given]) => [
      named,
      {
        ...given,
        timeZone: given.timeZone ?? timeZone,
        workingHours: given.workingHours ?? hoursOfAll,
      },
    ]),
  );

/** `supply: { 市场部: 3000, others: 2000 }`: yuan a month. */
const budgets = ({ kinds }: Known) =>
  keys(Object.fromEntries(kinds.map((kind) => [kind, yuanByDepartment().optional()]))).transform(
    (given) => present(given),
  );

const yuanByDepartment = () =>
  z
    .record(z.string(), amount(), {
      error: wrong('一组部门和金额，如 { 市场部: 3000, others: 2000 }'),
    })
    .transform(({ others, ...departments }) => ({
      departments,
      ...(others === undefined ? {} : { others }),
    }));

function workingHours() {
  const usual = defaultRules.workingHours;
  return keys({
    days: list(weekday(), '至少要有一个工作日').default(usual.days),
    hours: list(hours(), '至少要有一个时段，如 "09:00-12:00"')
      .refine((given) => hoursTrouble(given) === undefined, {
        error: '时段应从早到晚排列、互不重叠，且不跨过午夜',
      })
      .default(usual.hours),
  });
}

/** Names that mean somebody already. */
const TAKEN = [...leaders, 'requester', 'all', 'any'];

const roles = () =>
  z
    .record(z.string(), list(personReference()), { error: wrong('一组角色，如 finance: [ou_123]') })
    .superRefine((given, ctx) => {
      for (const role of Object.keys(given)) {
        if (/^\p{L}[\p{L}\p{N}_-]{0,39}$/u.test(role) && !TAKEN.includes(role)) continue;
        const message = `角色名应以字母或汉字开头，且不能是 ${TAKEN.join('、')}`;
        ctx.addIssue({ code: 'custom', message, path: [role], params: { spot: 'key' } });
      }
    })
    .transform((given) => ({ ...defaultRules.roles, ...given }));

const approvals = ({ kinds, roles: names }: Known) =>
  keys(Object.fromEntries(kinds.map((kind) => [kind, tiers(names).optional()]))).transform(
    (given) => ({ ...defaultRules.approvals, ...present(given) }),
  );

/** Without the keys that were left out. */
const present = <T>(given: {
  readonly [key: string]: T | undefined;
}): { readonly [key: string]: T } =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

function service(known: Known) {
  const { response, approval, kinds } = defaultRules.service;
  return keys({
    response: keys({
      within: span().default(response.within),
      warnAt: percentage().default(response.warnAt),
      escalate: list(named(known.roles)).default(response.escalate),
    }).default(response),
    approval: keys({
      remindEvery: span().default(approval.remindEvery),
      escalateAfter: span().default(approval.escalateAfter),
    }).default(approval),
    ...Object.fromEntries(known.kinds.map((kind) => [kind, promise().optional()])),
    // The kinds' keys are only known at run time: they are in `given`, though its type does not tell
  }).transform(({ response: first, approval: decision, ...given }) => ({
    response: first,
    approval: decision,
    kinds: { ...kinds, ...given },
  }));
}

const promise = () =>
  keys({
    respond: span().optional(),
    finish: span().optional(),
    buzz: z.boolean({ error: wrong('true 或 false') }).optional(),
  });

function reminders({ roles: names }: Known) {
  const usual = defaultRules.reminders;
  const to = (roles: readonly string[]) => list(named(names)).default(roles);
  return keys({
    meetingNotice: wallSpan().default(usual.meetingNotice),
    actionItems: keys({
      day: weekday().default(usual.actionItems.day),
      at: clock().default(usual.actionItems.at),
    }).default(usual.actionItems),
    dailyDigest: keys({
      at: clock().default(usual.dailyDigest.at),
      to: to(usual.dailyDigest.to),
    }).default(usual.dailyDigest),
    monthlyReport: keys({
      day: dayOfMonth().default(usual.monthlyReport.day),
      at: clock().default(usual.monthlyReport.at),
      to: to(usual.monthlyReport.to),
    }).default(usual.monthlyReport),
    quietHours: hoursOrOff().default(usual.quietHours),
  });
}

/** What of Feishu is used besides messages. */
const feishu = () =>
  keys({
    calendar: onOrOff().default(defaultRules.feishu.calendar),
    tasks: onOrOff().default(defaultRules.feishu.tasks),
    approvals: onOrOff().default(defaultRules.feishu.approvals),
  });

/** What holds for a check-in that the file only half tells. */
const CHECK_IN = { from: '10m', releaseAfter: '15m', unlessLonger: '4h' } as const;

/** Who books while check-in is open already is there: unless the file says otherwise, nothing is asked of them. */
const checkIn = (names: readonly string[]) =>
  keys({
    from: wallSpan().default(CHECK_IN.from),
    releaseAfter: wallSpan().default(CHECK_IN.releaseAfter),
    unlessLonger: orOff(wallSpan()).default(CHECK_IN.unlessLonger),
    unlessBookedWithin: orOff(wallSpan()).optional(),
    exempt: list(named(names)).default([]),
  }).transform(({ unlessBookedWithin, ...given }) => ({
    ...given,
    unlessBookedWithin: unlessBookedWithin === undefined ? given.from : unlessBookedWithin,
  }));

function rooms(names: readonly string[]) {
  const usual = defaultRules.rooms;
  return keys({
    bookAhead: wallSpan().optional(),
    longest: wallSpan().optional(),
    checkIn: orOff(checkIn(names)).default(usual.checkIn),
    restore: orOff(span()).default(usual.restore),
    extendBy: wallSpan().default(usual.extendBy),
    takeNow: wallSpan().default(usual.takeNow),
    faultCall: wallSpan().default(usual.faultCall),
    series: series().default(usual.series),
    buffer: minutesOrOff().default(usual.buffer),
    open: hoursOrOff().default(usual.open),
    perRoom: z
      .record(
        z.string(),
        keys({
          buffer: minutesOrOff().optional(),
          open: hoursOrOff().optional(),
          checkIn: onOrOff().optional(),
        }),
        { error: wrong('一组会议室，如 珠峰: { buffer: 15m, open: "08:00-20:00" }') },
      )
      .default({}),
    waitingList: keys({ hold: wallSpan().optional() }).default({}),
    limits: roomLimits(names).default(usual.limits),
    bump: list(named(names)).default(usual.bump),
    feed: feed().default(usual.feed),
    use: keys({
      lateCancel: minutesOrOff().default(usual.use.lateCancel),
      noShows: wholeNumber(1, 100).default(usual.use.noShows),
    })
      .transform((given) => ({ ...given, lateCancel: given.lateCancel ?? 0 }))
      .default(usual.use),
  }).transform(({ bookAhead, longest, buffer, perRoom, waitingList, ...given }) => ({
    ...given,
    bookAheadDays: bookAhead ? wallMinutes(bookAhead) / (24 * 60) : usual.bookAheadDays,
    longestHours: longest ? wallMinutes(longest) / 60 : usual.longestHours,
    buffer: buffer ?? 0,
    perRoom: Object.fromEntries(
      Object.entries(perRoom).map(([room, own]) => [
        room,
        {
          ...(own.buffer === undefined ? {} : { buffer: own.buffer ?? 0 }),
          ...(own.open === undefined ? {} : { open: own.open }),
          ...(own.checkIn === undefined ? {} : { checkIn: own.checkIn }),
        },
      ]),
    ),
    waitingHold: waitingList.hold ? wallMinutes(waitingList.hold) : usual.waitingHold,
  }));
}

/** How far calendar feeds reach, and what those of rooms tell. */
function feed() {
  const usual = defaultRules.rooms.feed;
  return keys({
    titles: onOrOff().default(usual.titles),
    back: wallSpan().optional(),
    ahead: wallSpan().optional(),
  }).transform(({ titles, back, ahead }) => ({
    titles,
    backDays: back ? Math.floor(wallMinutes(back) / (24 * 60)) : usual.backDays,
    aheadDays: ahead ? Math.floor(wallMinutes(ahead) / (24 * 60)) : usual.aheadDays,
  }));
}

/** Rooms booked again and again. */
function series() {
  const usual = defaultRules.rooms.series;
  return keys({
    onDaysOff: z.enum(['skip', 'keep']).default(usual.onDaysOff),
    longest: wallSpan().optional(),
    most: z.int().min(2).max(500).default(usual.mostDates),
    approveHoursOf: z.enum(['one', 'all']).default(usual.hoursOf),
    questionAfter: orOff(z.int().min(1).max(20)).default(usual.questionAfter),
    answerWithin: span().default(usual.answerWithin),
  }).transform(({ longest, most, approveHoursOf, ...rest }) => ({
    ...rest,
    longestDays: longest ? wallMinutes(longest) / (24 * 60) : usual.longestDays,
    mostDates: most,
    hoursOf: approveHoursOf,
  }));
}
