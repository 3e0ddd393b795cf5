import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 后勤管理计划书: Yearly. */
export const logisticsPlan: RoundKind = {
  name: 'logistics-plan',
  title: words('后勤管理计划书', 'Logistics plan'),
  source: 'Y-14',
  recurrence: { every: 'year', month: 12, on: 15, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'review', title: words('本年工作已回顾', 'The year reviewed'), check: 'done' },
    { name: 'plan', title: words('下年计划已编', 'Next year planned'), check: 'done' },
    { name: 'sent', title: words('《后勤管理计划书》已报', 'Plan handed in'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager'],
};
