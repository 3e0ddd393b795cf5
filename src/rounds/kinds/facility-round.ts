import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 设施日常巡检: 每日; what is broken is dealt with within one working day (W-04). */
export const facilityRound: RoundKind = {
  name: 'facility-round',
  title: words('设施日常巡检', 'Daily facility round'),
  source: 'W-02',
  recurrence: { every: 'day', ifOff: 'before' },
  within: '1wd',
  owner: 'office',
  items: [
    { name: 'air', title: words('空调', 'Air conditioning'), check: 'fine', equipment: true },
    { name: 'lift', title: words('电梯', 'Lifts'), check: 'fine', equipment: true },
    { name: 'network', title: words('网络', 'Network'), check: 'fine', equipment: true },
    { name: 'printer', title: words('打印机', 'Printers'), check: 'fine', equipment: true },
    { name: 'light', title: words('照明', 'Lights'), check: 'fine', equipment: true },
    { name: 'water', title: words('饮水', 'Drinking water'), check: 'fine', equipment: true },
    { name: 'plants', title: words('绿植', 'Plants'), check: 'fine' },
  ],
  findings: { owner: 'repair', within: '1wd' },
  escalate: ['office-manager'],
};
