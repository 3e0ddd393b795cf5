import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 报销台账: 每月10日前; reminded of from the 8th on. */
export const expenseLedger: RoundKind = {
  name: 'expense-ledger',
  title: words('报销台账', 'Expense ledger'),
  source: 'T-08',
  recurrence: { every: 'month', on: 10, ifOff: 'before' },
  ahead: 2,
  within: '2wd',
  owner: 'finance',
  items: [
    { name: 'entered', title: words('上月报销已登记', 'Last month entered'), check: 'done' },
    { name: 'frequent', title: words('高频报销项已标出', 'Frequent items marked'), check: 'done' },
    { name: 'odd', title: words('异常报销点已标出', 'Irregular ones marked'), check: 'done' },
    {
      name: 'filed',
      title: words('《报销台账》已报主任、财务备案', 'Reported to director and finance'),
      check: 'done',
    },
  ],
  findings: { owner: 'finance', within: '2wd' },
  escalate: ['office-manager', 'director'],
};
