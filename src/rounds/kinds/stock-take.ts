import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 库存盘点: Monthly, with the statistics of consumption (P-10). */
export const stockTake: RoundKind = {
  name: 'stock-take',
  title: words('库存盘点', 'Stock-take'),
  source: 'P-06',
  recurrence: { every: 'month', on: 'last', ifOff: 'before' },
  within: '2wd',
  owner: 'office',
  items: [
    {
      name: 'counted',
      title: words('实物与台账一致', 'Stock agrees with the ledger'),
      check: 'fine',
    },
    {
      name: 'low',
      title: words('低于预警线的已列入采购', 'What is low is to be bought'),
      check: 'done',
    },
    { name: 'slow', title: words('呆滞物资已列出', 'Slow movers listed'), check: 'done' },
    { name: 'used', title: words('本月消耗已统计', 'Consumption counted'), check: 'done' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
