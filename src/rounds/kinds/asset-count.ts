import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 资产盘点: 每半年. */
export const assetCount: RoundKind = {
  name: 'asset-count',
  title: words('资产盘点', 'Asset count'),
  source: 'F-02',
  recurrence: { every: 'half-year', month: 6, on: 10, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'counted', title: words('逐件核对完成', 'Every piece checked'), check: 'done' },
    { name: 'agrees', title: words('账实相符', 'Ledger and things agree'), check: 'fine' },
    { name: 'idle', title: words('闲置清单与处置建议', 'Idle list with advice'), check: 'done' },
    { name: 'report', title: words('《资产盘点报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['office-manager', 'director'],
};
