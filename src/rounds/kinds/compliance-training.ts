import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 合规培训: 每季度; feedback within three working days. */
export const complianceTraining: RoundKind = {
  name: 'compliance-training',
  title: words('合规培训', 'Compliance training'),
  source: 'L-07',
  recurrence: { every: 'quarter', month: 2, on: 20, ifOff: 'before' },
  within: '3wd',
  owner: 'office-manager',
  items: [
    { name: 'held', title: words('培训已举行', 'Training held'), check: 'done' },
    { name: 'absent', title: words('缺席人员已补训', 'Absent people trained'), check: 'done' },
    { name: 'feedback', title: words('反馈已收集', 'Feedback gathered'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '3wd' },
  escalate: ['director'],
};
