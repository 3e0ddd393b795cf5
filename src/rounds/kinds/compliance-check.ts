import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 合规体检: 每半年; with the test of fire equipment (W-11). */
export const complianceCheck: RoundKind = {
  name: 'compliance-check',
  title: words('合规体检', 'Compliance check-up'),
  source: 'L-06',
  recurrence: { every: 'half-year', month: 5, on: 10, ifOff: 'before' },
  within: '5wd',
  owner: 'office-manager',
  items: [
    { name: 'contracts', title: words('劳动合同条款', 'Labour contracts'), check: 'fine' },
    { name: 'fire', title: words('消防设施检测', 'Fire equipment tested'), check: 'fine' },
    { name: 'lease', title: words('租赁备案', 'Lease filed'), check: 'fine' },
    { name: 'list', title: words('《风险清单》已更新', 'Risk list updated'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '5wd' },
  escalate: ['director'],
};
