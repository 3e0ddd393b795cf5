import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 信息安全权限检查: 每季度. */
export const accessReview: RoundKind = {
  name: 'access-review',
  title: words('信息安全权限检查', 'Access review'),
  source: 'A-09',
  recurrence: { every: 'quarter', month: 1, on: 20, ifOff: 'before' },
  within: '3wd',
  owner: 'office',
  items: [
    {
      name: 'left',
      title: words('离职人员权限已收回', 'Rights of leavers revoked'),
      check: 'fine',
    },
    {
      name: 'wide',
      title: words('权限不超出岗位需要', 'Nobody has more than they need'),
      check: 'fine',
    },
    { name: 'shared', title: words('无共用账号', 'No shared accounts'), check: 'fine' },
    {
      name: 'secret',
      title: words('涉密文件访问正常', 'Access to secret files in order'),
      check: 'fine',
    },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager', 'director'],
};
