import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 品牌调研: 每半年1次. */
export const brandSurvey: RoundKind = {
  name: 'brand-survey',
  title: words('品牌调研', 'Brand survey'),
  source: 'C-05',
  recurrence: { every: 'half-year', month: 3, on: 15, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'asked', title: words('问卷已回收', 'Answers in'), check: 'done' },
    { name: 'report', title: words('《品牌影响力报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
