import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 年度预算: Yearly, divided into quarters. */
export const annualBudget: RoundKind = {
  name: 'annual-budget',
  title: words('年度预算', 'Annual budget'),
  source: 'B-02',
  recurrence: { every: 'year', month: 11, on: 10, ifOff: 'before' },
  within: '10wd',
  owner: 'office-manager',
  items: [
    { name: 'lines', title: words('分项预算已编', 'Lines drawn up'), check: 'done' },
    { name: 'quarters', title: words('已分解到季度', 'Divided into quarters'), check: 'done' },
    { name: 'sent', title: words('《年度预算报告》已报审批', 'Sent for approval'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '5wd' },
  escalate: ['director'],
};
