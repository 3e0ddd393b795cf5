export { calendarAt, calendarOf } from './office-calendar.ts';
export { readRules, rulesFrom } from './office-file.ts';
export {
  hotelIn,
  standardOf,
  tripBudgetIn,
  tripBudgetOf,
  type TripStandard,
} from './trip-rules.ts';
export {
  approvalsFor,
  budgetOf,
  defaultRules,
  isOverStandard,
  promiseOf,
  type Rules,
} from './rules.ts';
