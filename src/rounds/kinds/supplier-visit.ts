import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 战略供应商走访: 战略供应商每季度. */
export const supplierVisit: RoundKind = {
  name: 'supplier-visit',
  title: words('战略供应商走访', 'Visits to strategic suppliers'),
  source: 'P-14',
  recurrence: { every: 'quarter', month: 3, on: 5, ifOff: 'before' },
  within: '5wd',
  owner: 'office',
  items: [
    { name: 'visited', title: words('走访已完成', 'Visits made'), check: 'done' },
    { name: 'quality', title: words('供货质量', 'Quality'), check: 'fine' },
    { name: 'time', title: words('交货准时', 'Punctuality'), check: 'fine' },
    { name: 'noted', title: words('《走访记录》已存', 'Record filed'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager'],
};
