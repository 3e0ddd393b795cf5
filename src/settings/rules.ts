/** The office's rules as office.yaml states them, checked and complete: whatever a file leaves out has its default here. */
import type { Language } from '../../cards/words.ts';
import type { Hours, ClockTime, Weekday } from '../time/hours.ts';
import type { Span } from '../time/spans.ts';
import { defaultRepairs, type RepairRules } from './repair-rules.ts';
import { type RetentionRules, usualRetention } from './retention-rules.ts';
import type { RoundRules } from './round-rules.ts';
import { defaultSpaces, type SpaceRules } from './space-rules.ts';
import { type SupplyRules, usualSupplies } from './supply-rules.ts';
import { defaultExpenses, defaultTrips, type ExpenseRules, type TripRules } from './trip-rules.ts';

export type Rules = {
  readonly company: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Of people whose own language is not known. */
  readonly language: Language;
  readonly workingHours: { readonly days: readonly Weekday[]; readonly hours: readonly Hours[] };
  /** The office's own days off and workdays, ISO dates. */
  readonly holidays: readonly string[];
  readonly extraWorkdays: readonly string[];
  /** Places with working hours of their own; who belongs to none works as the office does. */
  readonly sites: { readonly [site: string]: Site };
  /** Role → its people: platform ids (`ou_…`), e-mails or employee ids. Any one of them may act for the role. */
  readonly roles: { readonly [role: string]: readonly string[] };
  /** Request kind → its tiers; ask through `approvalsFor`. */
  readonly approvals: { readonly [kind: string]: readonly Tier[] };
  readonly service: ServiceRules;
  readonly reminders: ReminderRules;
  readonly rooms: RoomRules;
  /** Sort → what holds for desks, booths and other spaces where it is not what holds for rooms. */
  readonly spaces: { readonly [sort: string]: SpaceRules };
  readonly feishu: FeishuRules;
  readonly repairs: RepairRules;
  /** Recurring work that differs from how it is declared. */
  readonly rounds: RoundRules;
  /** How the store room is kept. */
  readonly supplies: SupplyRules;
  readonly budgets: Budgets;
  readonly trips: TripRules;
  readonly expenses: ExpenseRules;
  readonly retention: RetentionRules;
  readonly limits: LimitRules;
  /** So many seconds a tap may be taken back; null: never. */
  readonly undoSeconds: number | null;
  /** Means of transport within the travel standard; null: any. */
  readonly travel: { readonly transport: readonly string[] | null };
};

/**
 * A place with working hours of its own (新加坡). Its people are those of these departments and of all below them. What they owe is
 * counted on its clock; quiet hours, digests and the times on cards stay the office's.
 */
export type Site = {
  readonly departments: readonly string[];
  readonly timeZone: string;
  readonly workingHours: Rules['workingHours'];
  readonly holidays: readonly string[];
  readonly extraWorkdays: readonly string[];
  /** Whether the holidays and make-up workdays of China hold there. */
  readonly chineseHolidays: boolean;
};

/** Who approves when the request's measure is at most `upTo` (absent: however large it is) and `when` holds (absent: always). */
export type Tier = {
  readonly upTo?: number;
  readonly when?: Condition;
  readonly by: readonly ApprovalStepRule[];
};

/**
 * All that is named must hold: the requester is of one of these departments (or of a team below), it goes to one of these cities, asks for
 * something of one of these categories, by one of these means of transport, over the department's budget of the month, over
 * the travel standard.
 */
export type Condition = {
  readonly department?: readonly string[];
  readonly city?: readonly string[];
  readonly category?: readonly string[];
  readonly transport?: readonly string[];
  readonly overBudget?: boolean;
  readonly overStandard?: boolean;
};

/** What conditions are held against. */
export type Circumstances = {
  readonly departments: readonly string[];
  readonly cities: readonly string[];
  readonly categories: readonly string[];
  readonly transports: readonly string[];
  readonly overBudget: boolean;
  readonly overStandard: boolean;
};

/** Yuan a month for a kind whose measure is money, by department; `others` for departments not named. */
export type Budgets = {
  readonly [kind: string]: {
    readonly departments: { readonly [name: string]: number };
    readonly others?: number;
  };
};

/** One step of approval: any one voice suffices (或签) or all must agree (会签). */
export type ApprovalStepRule = {
  readonly needs: 'any' | 'all';
  /** `manager`, `department-head` or roles. */
  readonly voices: readonly string[];
};

/** What the office promises. */
type ServiceRules = {
  /** The first answer to a request; `warnAt` is the share of it after which its owner is warned, `escalate` are roles in order. */
  readonly response: {
    readonly within: Span;
    readonly warnAt: number;
    readonly escalate: readonly string[];
  };
  readonly approval: { readonly remindEvery: Span; readonly escalateAfter: Span };
  /** Request kind → its promises; ask through `promiseOf`. */
  readonly kinds: { readonly [kind: string]: Partial<KindPromise> };
};

/** How soon somebody takes it up, how soon it is done; `buzz`: whoever is told that an urgent one waits too long is rung. */
export type KindPromise = {
  readonly respond: Span;
  readonly finish: Span;
  readonly buzz: boolean;
};

type ReminderRules = {
  /** Before a meeting begins. */
  readonly meetingNotice: Span;
  readonly actionItems: { readonly day: Weekday; readonly at: ClockTime };
  /** `to` are roles. */
  readonly dailyDigest: { readonly at: ClockTime; readonly to: readonly string[] };
  /** `day` of the month, 1 to 28. */
  readonly monthlyReport: {
    readonly day: number;
    readonly at: ClockTime;
    readonly to: readonly string[];
  };
  /** Nothing but urgent matters is sent in them; null: no quiet hours. */
  readonly quietHours: Hours | null;
};

type RoomRules = {
  readonly bookAheadDays: number;
  readonly longestHours: number;
  /**
   * Check-in opens `from` before the meeting begins; a room nobody checks in to is released `releaseAfter` its beginning. Null: rooms
   * stay booked, whoever comes.
   */
  readonly checkIn: CheckInRules | null;
  /** The room is put back so long after a meeting it was set up for, in working time; null: nobody is asked to. */
  readonly restore: Span | null;
  /** By so much one tap on the card lengthens a meeting that is under way. */
  readonly extendBy: Span;
  /** So long a room is taken by who stands at its door and says no length. */
  readonly takeNow: Span;
  /** Equipment that fails in a meeting: so long after it was told, unless a repairer has taken it, the office manager is called. */
  readonly faultCall: Span;
  readonly series: SeriesRules;
  /** Minutes that a room stays empty after each booking. */
  readonly buffer: number;
  /** When rooms may be used; null: at any hour. */
  readonly open: Hours | null;
  /** Room name → what is otherwise there. */
  readonly perRoom: {
    readonly [room: string]: {
      readonly buffer?: number;
      readonly open?: Hours | null;
      /** False: nobody checks in to meetings there, and it is never released. */
      readonly checkIn?: boolean;
    };
  };
  /** A room that came free is held so long for who is first in line: minutes. */
  readonly waitingHold: number;
  readonly limits: RoomLimits;
  /** Roles that may give somebody's room to others, with a reason that is told and recorded. */
  readonly bump: readonly string[];
  /** Calendar feeds tell so many days back and ahead; whether those of rooms tell titles and hosts. */
  readonly feed: {
    readonly titles: boolean;
    readonly backDays: number;
    readonly aheadDays: number;
  };
  /**
   * The report of how rooms are used: a booking called off later than so many minutes before it begins was called off late; whoever did not
   * come so many times in a month is told of first.
   */
  readonly use: { readonly lateCancel: number; readonly noShows: number };
};

/** Check-in, and which meetings nobody is asked to check in to: their rooms are not released either. */
export type CheckInRules = {
  readonly from: Span;
  readonly releaseAfter: Span;
  /** Meetings that last longer; null: however long they are, they are asked. */
  readonly unlessLonger: Span | null;
  /** Meetings booked less than so long before they begin; null: only those booked when they had begun. */
  readonly unlessBookedWithin: Span | null;
  /** Meetings whose host holds one of these roles. */
  readonly exempt: readonly string[];
};

/** So many bookings, and hours of them, at most. */
export type Quota = { readonly bookings: number; readonly hours: number };

/** Sorts of limits, as they are named in office.yaml. */
export const LIMITS = ['perDay', 'perWeek', 'ahead', 'notice'] as const;
export type Limit = (typeof LIMITS)[number];

/** What one person may book; null: no limit. */
export type RoomLimits = {
  readonly perDay: Quota | null;
  readonly perWeek: Quota | null;
  /** What has not begun yet, all together. */
  readonly ahead: Quota | null;
  /** A booking is made at least so many minutes before it begins. */
  readonly notice: number | null;
  /** Role → the limits that do not hold for its people. */
  readonly exempt: { readonly [role: string]: readonly Limit[] };
};

/** What one person, or one group, may say and ask for; null: as much as they like. Taps are never counted. */
export type LimitRules = {
  /** Messages of one person in a minute. */
  readonly messages: number | null;
  /** Messages to us in one group in a minute, whoever writes them. */
  readonly group: number | null;
  /** New requests of one person in a minute. */
  readonly requests: number | null;
  /** New requests of one kind, of one person on one day. */
  readonly perDay: number | null;
  /** Requests of one person that are not over. */
  readonly open: number | null;
};

/** Rooms booked again and again. */
export type SeriesRules = {
  /** Dates on the office's days off are left out, or booked like any other. */
  readonly onDaysOff: 'skip' | 'keep';
  readonly longestDays: number;
  readonly mostDates: number;
  /** What `approvals.room` bounds: the hours of one date, or of all together. */
  readonly hoursOf: 'one' | 'all';
  /** Its host is asked whether it is still needed when nobody came so many times in a row. Null: never. */
  readonly questionAfter: number | null;
  /** So long the host has for an answer; then the office is told. */
  readonly answerWithin: Span;
};

/** What of Feishu itself is used besides messages. Each costs calls, of which the free plan has 10,000 a month, so that all of it is off unless asked for. */
type FeishuRules = {
  /** Meetings stand in the bot's calendar, and rooms of Feishu are booked with them. */
  readonly calendar: boolean;
  /** Action items are tasks of Feishu, too. */
  readonly tasks: boolean;
  /** Approvals are in the approval centre, too. */
  readonly approvals: boolean;
};

const one = (voice: string): ApprovalStepRule => ({ needs: 'any', voices: [voice] });
const all = (...voices: readonly string[]): ApprovalStepRule => ({ needs: 'all', voices });

/** What holds without a file: the rules of the example company, with nobody in its roles yet. */
export const defaultRules: Rules = {
  company: '示例科技',
  timeZone: 'Asia/Shanghai',
  language: 'zh',
  workingHours: {
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    hours: [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ],
  },
  holidays: [],
  extraWorkdays: [],
  sites: {},
  roles: { office: [], 'office-manager': [], director: [], finance: [], repair: [] },
  approvals: {
    room: [{ upTo: 4, by: [] }, { by: [one('office-manager')] }],
    supply: [
      { upTo: 200, by: [] },
      { upTo: 2000, by: [one('manager')] },
      { by: [one('manager'), all('office-manager', 'finance')] },
    ],
    trip: [
      { upTo: 3, by: [one('manager')] },
      { by: [one('manager'), one('department-head'), one('director')] },
    ],
    repair: [{ by: [] }],
    expense: [{ by: [one('manager'), one('finance')] }],
    space: [{ by: [] }],
  },
  service: {
    response: { within: '4wh', warnAt: 0.75, escalate: ['office-manager', 'director'] },
    approval: { remindEvery: '4wh', escalateAfter: '1wd' },
    kinds: { repair: { respond: '1wd', finish: '3wd' }, supply: { finish: '3wd' } },
  },
  reminders: {
    meetingNotice: '24h',
    actionItems: { day: 'mon', at: '10:00' },
    dailyDigest: { at: '18:00', to: ['office-manager'] },
    monthlyReport: { day: 1, at: '09:00', to: ['director'] },
    quietHours: { from: '21:00', to: '08:30' },
  },
  rooms: {
    bookAheadDays: 60,
    longestHours: 8,
    checkIn: {
      from: '10m',
      releaseAfter: '15m',
      unlessLonger: '4h',
      unlessBookedWithin: '10m',
      exempt: [],
    },
    restore: '3wd',
    extendBy: '30m',
    takeNow: '30m',
    faultCall: '5m',
    series: {
      onDaysOff: 'skip',
      longestDays: 731,
      mostDates: 200,
      hoursOf: 'one',
      questionAfter: 3,
      answerWithin: '2wd',
    },
    buffer: 0,
    open: null,
    perRoom: {},
    waitingHold: 10,
    limits: {
      perDay: { bookings: 6, hours: 12 },
      perWeek: { bookings: 20, hours: 40 },
      ahead: { bookings: 80, hours: 160 },
      notice: null,
      exempt: { office: [...LIMITS], 'office-manager': [...LIMITS], director: [...LIMITS] },
    },
    bump: ['office-manager', 'director'],
    feed: { titles: false, backDays: 30, aheadDays: 180 },
    use: { lateCancel: 120, noShows: 3 },
  },
  spaces: defaultSpaces,
  feishu: { calendar: false, tasks: false, approvals: false },
  repairs: defaultRepairs,
  rounds: {},
  supplies: usualSupplies,
  budgets: {},
  trips: defaultTrips,
  expenses: defaultExpenses,
  retention: usualRetention,
  limits: { messages: 20, group: 60, requests: 5, perDay: 60, open: 30 },
  undoSeconds: 30,
  travel: { transport: null },
};

/** For a kind that the rules do not speak of: the requester's leader decides, however large it is. */
const UNSPOKEN: readonly ApprovalStepRule[] = [one('manager')];

/** Nothing is known about it but its measure. */
const NOWHERE: Circumstances = {
  departments: [],
  cities: [],
  categories: [],
  transports: [],
  overBudget: false,
  overStandard: false,
};

const oneOf = (wanted: readonly string[] | undefined, there: readonly string[]): boolean =>
  wanted === undefined || wanted.some((name) => there.includes(name));

const sameAs = (wanted: boolean | undefined, is: boolean): boolean =>
  wanted === undefined || wanted === is;

const holds = (condition: Condition | undefined, at: Circumstances): boolean =>
  condition === undefined ||
  (oneOf(condition.department, at.departments) &&
    oneOf(condition.city, at.cities) &&
    oneOf(condition.category, at.categories) &&
    oneOf(condition.transport, at.transports) &&
    sameAs(condition.overBudget, at.overBudget) &&
    sameAs(condition.overStandard, at.overStandard));

/** What a department may spend in a month on a kind; undefined: nobody said. */
export function budgetOf(
  { budgets }: Rules,
  kind: string,
  departments: readonly string[],
): { readonly department: string; readonly yuan: number } | undefined {
  const given = Object.hasOwn(budgets, kind) ? budgets[kind] : undefined;
  const named = departments.find((name) => given && Object.hasOwn(given.departments, name));
  const department = named ?? departments[0];
  const yuan = named === undefined ? given?.others : given?.departments[named];
  return department === undefined || yuan === undefined ? undefined : { department, yuan };
}

/** Whether a means of transport is beyond what the office allows without more ado. */
export const isOverStandard = ({ travel }: Rules, transports: readonly string[]): boolean =>
  travel.transport !== null && transports.some((each) => !travel.transport?.includes(each));

/**
 * The steps that approve a request of this kind and measure (in the kind's own unit), in order: those of the first tier that
 * is large enough and whose condition holds; none needs no approval.
 */
export function approvalsFor(
  rules: Rules,
  kind: string,
  measure: number,
  circumstances: Circumstances = NOWHERE,
): readonly ApprovalStepRule[] {
  const tiers = Object.hasOwn(rules.approvals, kind) ? rules.approvals[kind] : undefined;
  const fit = tiers?.find(
    ({ upTo, when }) => (upTo === undefined || measure <= upTo) && holds(when, circumstances),
  );
  return fit?.by ?? UNSPOKEN;
}

/** How soon a kind is taken up and done, by its own promise or else that of a repair, the most general we have. */
export function promiseOf(rules: Rules, kind: string): KindPromise {
  const own = Object.hasOwn(rules.service.kinds, kind) ? rules.service.kinds[kind] : undefined;
  return { respond: '1wd', finish: '3wd', buzz: kind === 'repair', ...own };
}
