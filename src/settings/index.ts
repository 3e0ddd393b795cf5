export { calendarAt, calendarOf } from './office-calendar.ts';
export { readRules, rulesFrom } from './office-file.ts';
export { hotelIn, standardOf, type TripStandard, tripBudgetOf } from './trip-rules.ts';
export {
  approvalsFor,
  budgetOf,
  defaultRules,
  isOverStandard,
  promiseOf,
  type Rules,
} from './rules.ts';
