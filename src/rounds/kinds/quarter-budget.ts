import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 季度经费预算: 每季度, for the quarter to come. */
export const quarterBudget: RoundKind = {
  name: 'quarter-budget',
  title: words('季度经费预算', 'Quarterly budget'),
  source: 'B-01',
  recurrence: { every: 'quarter', month: 3, on: 15, ifOff: 'before' },
  within: '5wd',
  owner: 'office-manager',
  items: [
    {
      name: 'lines',
      title: words('分项预算已编（办公、会议、接待）', 'Lines drawn up'),
      check: 'done',
    },
    {
      name: 'compared',
      title: words('已对照上季执行', 'Compared with the last quarter'),
      check: 'done',
    },
    { name: 'sent', title: words('《经费预算》已报审批', 'Sent for approval'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '3wd' },
  escalate: ['director'],
};
