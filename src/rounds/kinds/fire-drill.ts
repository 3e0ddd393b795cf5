import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 消防演练: 每季度; the report within five working days. */
export const fireDrill: RoundKind = {
  name: 'fire-drill',
  title: words('消防演练', 'Fire drill'),
  source: 'I-13',
  recurrence: { every: 'quarter', month: 2, on: 15, ifOff: 'before' },
  within: '5wd',
  owner: 'office-manager',
  items: [
    { name: 'plan', title: words('方案与分工已定', 'Plan and duties set'), check: 'done' },
    { name: 'told', title: words('全员已通知', 'Everybody told'), check: 'done' },
    { name: 'exits', title: words('疏散通道畅通', 'Exits clear'), check: 'fine' },
    { name: 'counted', title: words('人数清点无误', 'Everybody counted'), check: 'fine' },
    { name: 'report', title: words('《演练评估报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['director'],
};
