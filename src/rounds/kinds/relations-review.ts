import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 外联台账更新: 每季度. */
export const relationsReview: RoundKind = {
  name: 'relations-review',
  title: words('外联台账更新', 'Review of external contacts'),
  source: 'V-11',
  recurrence: { every: 'quarter', month: 2, on: 5, ifOff: 'before' },
  within: '3wd',
  owner: 'office',
  items: [
    { name: 'contacts', title: words('联系人已核对', 'Contacts checked'), check: 'done' },
    { name: 'history', title: words('合作记录已补', 'History completed'), check: 'done' },
    { name: 'needs', title: words('需求痛点已更新', 'Needs updated'), check: 'done' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
