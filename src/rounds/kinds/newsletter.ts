import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 内刊: 每月1期; published within three working days of its review. */
export const newsletter: RoundKind = {
  name: 'newsletter',
  title: words('内刊', 'Newsletter'),
  source: 'C-03',
  recurrence: { every: 'month', on: 18, ifOff: 'before' },
  within: '3wd',
  owner: 'office',
  items: [
    { name: 'text', title: words('稿件已齐', 'Articles complete'), check: 'done' },
    { name: 'reviewed', title: words('主任已审核', 'Reviewed by the director'), check: 'done' },
    { name: 'issued', title: words('已发布', 'Published'), check: 'done' },
  ],
  findings: { owner: 'office', within: '2wd' },
  escalate: ['office-manager'],
};
