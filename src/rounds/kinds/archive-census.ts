import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 档案普查: 每年12月. */
export const archiveCensus: RoundKind = {
  name: 'archive-census',
  title: words('档案普查', 'Archive census'),
  source: 'A-05',
  recurrence: { every: 'year', month: 12, on: 1, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'counted', title: words('全部档案已清点', 'All files counted'), check: 'done' },
    { name: 'missing', title: words('无缺失档案', 'Nothing missing'), check: 'fine' },
    { name: 'storage', title: words('保管环境', 'Storage'), check: 'fine' },
    { name: 'report', title: words('《档案台账更新报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager', 'director'],
};
