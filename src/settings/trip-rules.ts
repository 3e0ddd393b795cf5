/** What the office allows on business trips, and how claims after them go: the `trips` and `expenses` of office.yaml. */
import type { ClockTime } from '../time/hours.ts';

/** Of whose job title holds one of `titles`, or who holds one of `roles`; with neither, of everybody else. First fit wins. */
export type TripStandard = {
  readonly grade: string;
  readonly titles: readonly string[];
  readonly roles: readonly string[];
  /** Yuan a night by tier of city; `others` for cities of no tier. */
  readonly hotel: { readonly [tier: string]: number; readonly others: number };
  /** Classes of seats that need no reason. */
  readonly seats: readonly string[];
};

/** Yuan that a department may spend on trips in a quarter or in a year. */
export type TripBudget = { readonly per: 'quarter' | 'year'; readonly yuan: number };

export type TripRules = {
  /** Cities by tier; whoever is in none is of `others`. */
  readonly cityTiers: { readonly [tier: string]: readonly string[] };
  readonly standards: readonly TripStandard[];
  /** Who approves besides, when the standard is exceeded: `manager`, `department-head` or a role. */
  readonly overStandard: string;
  /** What one leg is taken to cost one person, yuan, by means of transport. */
  readonly fares: { readonly [transport: string]: number };
  /** By department; `others` for each department that is not named. */
  readonly budgets: { readonly [department: string]: TripBudget };
  /** What the office ticks off when it books. */
  readonly checklist: readonly string[];
  /** Working days before the departure by which it is booked. */
  readonly bookAhead: number;
  /** When, on the evening before a leg, its traveller is reminded. */
  readonly remindAt: ClockTime;
  /** When, on the day after the return, the claim is offered. */
  readonly claimAt: ClockTime;
};

/** How long each signature and the payment of a claim may take, working days; the day of the month the ledger is due, and its hour. */
export type ExpenseRules = {
  readonly reviewDays: number;
  readonly recheckDays: number;
  readonly payDays: number;
  readonly ledger: { readonly day: number; readonly at: ClockTime; readonly to: readonly string[] };
  /** So many trips or claims of a month make somebody a frequent traveller. */
  readonly frequent: number;
};

const SIMPLE_SEATS = ['二等座', '经济舱', '硬座', '硬卧'];

export const defaultTrips: TripRules = {
  cityTiers: { 一线: ['北京', '上海', '广州', '深圳'] },
  standards: [
    {
      grade: '高管',
      titles: ['总经理', '总裁', '总监', 'CEO'],
      roles: [],
      hotel: { 一线: 1000, others: 800 },
      seats: [...SIMPLE_SEATS, '软卧', '一等座', '商务座', '商务舱'],
    },
    {
      grade: '经理',
      titles: ['部经理', '主任', '主管'],
      roles: [],
      hotel: { 一线: 600, others: 450 },
      seats: [...SIMPLE_SEATS, '软卧', '一等座'],
    },
    {
      grade: '员工',
      titles: [],
      roles: [],
      hotel: { 一线: 450, others: 350 },
      seats: SIMPLE_SEATS,
    },
  ],
  overStandard: 'director',
  fares: { 高铁: 500, 飞机: 1000, 火车: 300, 自驾: 400, 汽车: 200 },
  budgets: {},
  checklist: ['去程票', '酒店', '返程票', '保险'],
  bookAhead: 2,
  remindAt: '18:00',
  claimAt: '09:30',
};

export const defaultExpenses: ExpenseRules = {
  reviewDays: 1,
  recheckDays: 1,
  payDays: 2,
  ledger: { day: 10, at: '09:30', to: ['finance'] },
  frequent: 3,
};

/** The tier of a city: its name there, or `others`. */
const tierOf = ({ cityTiers }: TripRules, city: string): string =>
  Object.entries(cityTiers).find(([, cities]) =>
    cities.some((each) => city === each || city.startsWith(each)),
  )?.[0] ?? 'others';

/** The standard of somebody with this job title who holds these roles. */
export function standardOf(
  { standards }: TripRules,
  { title, roles }: { readonly title: string; readonly roles: readonly string[] },
): TripStandard | undefined {
  return standards.find(
    (each) =>
      (each.titles.length === 0 && each.roles.length === 0) ||
      each.titles.some((part) => title.includes(part)) ||
      each.roles.some((role) => roles.includes(role)),
  );
}

/** Yuan a night that a standard allows in a city. */
export const hotelIn = (rules: TripRules, { hotel }: TripStandard, city: string): number =>
  hotel[tierOf(rules, city)] ?? hotel.others;

/** What a department may spend; undefined: nobody said. */
export const tripBudgetIn = (
  { budgets }: Pick<TripRules, 'budgets'>,
  department: string,
): TripBudget | undefined =>
  Object.hasOwn(budgets, department) ? budgets[department] : budgets['others'];

/** The budget of a journey that begins on a day: whose, of which period (`2026-Q1`, `2026`), how much. */
export function tripBudgetOf(
  rules: TripRules,
  departments: readonly string[],
  day: string,
): { readonly department: string; readonly period: string; readonly yuan: number } | undefined {
  const named = departments.find((name) => Object.hasOwn(rules.budgets, name));
  const department = named ?? departments[0];
  const budget = department === undefined ? undefined : tripBudgetIn(rules, department);
  if (department === undefined || budget === undefined) return undefined;
  const { year, month } = Temporal.PlainDate.from(day);
  const period = budget.per === 'year' ? String(year) : `${year}-Q${Math.ceil(month / 3)}`;
  return { department, period, yuan: budget.yuan };
}
