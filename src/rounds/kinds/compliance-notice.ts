import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 合规风险提示: 每月. */
export const complianceNotice: RoundKind = {
  name: 'compliance-notice',
  title: words('合规风险提示', 'Compliance notice'),
  source: 'L-04',
  recurrence: { every: 'month', on: 12, ifOff: 'before' },
  within: '3wd',
  owner: 'office-manager',
  items: [
    {
      name: 'changes',
      title: words('政策变化已梳理', 'Changes of policy gathered'),
      check: 'done',
    },
    {
      name: 'effects',
      title: words('影响与建议已写明', 'Effects and advice written'),
      check: 'done',
    },
    { name: 'issued', title: words('《合规风险提示》已发出', 'Notice issued'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '3wd' },
  escalate: ['director'],
};
