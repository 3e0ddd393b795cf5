import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 系统安全检查: 每月. */
export const systemSecurity: RoundKind = {
  name: 'system-security',
  title: words('系统安全检查', 'System security check'),
  source: 'D-04',
  recurrence: { every: 'month', on: 20, ifOff: 'before' },
  within: '2wd',
  owner: 'office',
  items: [
    { name: 'updates', title: words('系统补丁已更新', 'Updates installed'), check: 'fine' },
    { name: 'virus', title: words('防病毒正常', 'Virus protection'), check: 'fine' },
    {
      name: 'accounts',
      title: words('无多余管理员账号', 'No stray administrators'),
      check: 'fine',
    },
    { name: 'logs', title: words('日志无异常', 'Nothing odd in the logs'), check: 'fine' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager', 'director'],
};
