import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 供应商年度评估: 普通供应商年度评估. */
export const supplierReview: RoundKind = {
  name: 'supplier-review',
  title: words('供应商年度评估', 'Yearly supplier review'),
  source: 'P-14',
  recurrence: { every: 'year', month: 12, on: 10, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'scored', title: words('供应商已逐家评分', 'Every supplier scored'), check: 'done' },
    { name: 'weak', title: words('不合格的已列出', 'Unfit ones listed'), check: 'done' },
    {
      name: 'list',
      title: words('合格名录已更新', 'List of approved suppliers updated'),
      check: 'done',
    },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager'],
};
