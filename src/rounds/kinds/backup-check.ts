import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 系统备份检查: The newest backup is never older than seven days. */
export const backupCheck: RoundKind = {
  name: 'backup-check',
  title: words('系统备份检查', 'Backup check'),
  source: 'A-10',
  recurrence: { every: 'week', on: 'wed', ifOff: 'before' },
  within: '1wd',
  owner: 'office',
  items: [
    {
      name: 'recent',
      title: words('最近一次备份在 7 天以内', 'The newest backup is at most 7 days old'),
      check: 'fine',
    },
    { name: 'elsewhere', title: words('备份存放在另一处', 'Kept in another place'), check: 'fine' },
    {
      name: 'restore',
      title: words('抽查一份可以恢复', 'A sample can be restored'),
      check: 'fine',
    },
  ],
  findings: { owner: 'office', within: '1wd' },
  escalate: ['office-manager', 'director'],
};
