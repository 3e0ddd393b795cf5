import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 能耗抄表: Monthly; the reading is taken after the month is over. */
export const energyReading: RoundKind = {
  name: 'energy-reading',
  title: words('能耗抄表', 'Meter reading'),
  source: 'W-13',
  recurrence: { every: 'month', on: 1, ifOff: 'after' },
  within: '2wd',
  owner: 'office',
  items: [
    { name: 'power', title: words('电表已抄录', 'Electricity read'), check: 'done' },
    { name: 'water', title: words('水表已抄录', 'Water read'), check: 'done' },
    {
      name: 'odd',
      title: words('与上月相比无异常', 'Nothing odd against last month'),
      check: 'fine',
    },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
