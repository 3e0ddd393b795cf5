import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 流程审计: 每季度. */
export const processAudit: RoundKind = {
  name: 'process-audit',
  title: words('流程审计', 'Process audit'),
  source: 'Y-03',
  recurrence: { every: 'quarter', month: 3, on: 20, ifOff: 'before' },
  within: '5wd',
  owner: 'office-manager',
  items: [
    { name: 'issues', title: words('流程问题已收集', 'Issues gathered'), check: 'done' },
    { name: 'data', title: words('耗时数据已分析', 'Waiting times analysed'), check: 'done' },
    { name: 'report', title: words('《流程审计报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '5wd' },
  escalate: ['director'],
};
