import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 档案移交: 按月; filed within five working days. */
export const archiveTransfer: RoundKind = {
  name: 'archive-transfer',
  title: words('档案移交', 'Archive transfer'),
  source: 'A-01',
  recurrence: { every: 'month', on: 8, ifOff: 'before' },
  within: '5wd',
  owner: 'office',
  items: [
    { name: 'handed', title: words('各部门已移交', 'All departments handed over'), check: 'done' },
    { name: 'numbered', title: words('已分类编号', 'Sorted and numbered'), check: 'done' },
    {
      name: 'stored',
      title: words('纸质、电子双归档', 'Filed on paper and electronically'),
      check: 'done',
    },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager'],
};
