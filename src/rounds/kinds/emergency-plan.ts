import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 应急预案修订: 每年. */
export const emergencyPlan: RoundKind = {
  name: 'emergency-plan',
  title: words('应急预案修订', 'Emergency plan revision'),
  source: 'I-12',
  recurrence: { every: 'year', month: 3, on: 1, ifOff: 'before' },
  within: '10wd',
  owner: 'office-manager',
  items: [
    {
      name: 'scenes',
      title: words('场景齐全（火灾、舆情、疫情、自然灾害）', 'All scenes covered'),
      check: 'done',
    },
    {
      name: 'duties',
      title: words('职责与联系人已更新', 'Duties and contacts updated'),
      check: 'done',
    },
    { name: 'supplies', title: words('物资清单已更新', 'Supplies updated'), check: 'done' },
    { name: 'approved', title: words('高层已审批', 'Approved'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '5wd' },
  escalate: ['director'],
};
