export { readRules, rulesFrom, type RulesResult } from './office-file.ts';
export {
  approvalsFor,
  type ApprovalStepRule,
  defaultRules,
  type KindPromise,
  promiseOf,
  type Rules,
  type Tier,
} from './rules.ts';
export { calendarOf } from './office-calendar.ts';
