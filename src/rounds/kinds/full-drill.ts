import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 应急综合演练: 每半年; the report within five working days. */
export const fullDrill: RoundKind = {
  name: 'full-drill',
  title: words('应急综合演练', 'Full emergency drill'),
  source: 'I-13',
  recurrence: { every: 'half-year', month: 4, on: 10, ifOff: 'before' },
  within: '5wd',
  owner: 'office-manager',
  items: [
    { name: 'scene', title: words('场景与脚本已定', 'Scene set'), check: 'done' },
    { name: 'rollcall', title: words('集合点名无误', 'Roll call'), check: 'fine' },
    { name: 'command', title: words('指挥与通讯顺畅', 'Command and communication'), check: 'fine' },
    { name: 'supplies', title: words('应急物资齐备', 'Emergency supplies'), check: 'fine' },
    { name: 'report', title: words('《演练评估报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '5wd' },
  escalate: ['director'],
};
