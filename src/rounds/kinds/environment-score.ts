import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 环境评分: 每月; the cleaning fee goes by it. The limit of 80 is ours. */
export const environmentScore: RoundKind = {
  name: 'environment-score',
  title: words('环境评分', 'Environment score'),
  source: 'W-09',
  recurrence: { every: 'month', on: 25, ifOff: 'before' },
  within: '2wd',
  owner: 'office',
  items: [
    { name: 'clean', title: words('清洁', 'Cleanliness'), check: 'score', least: 80 },
    { name: 'tidy', title: words('桌面与通道', 'Desks and passages'), check: 'score', least: 80 },
    { name: 'pests', title: words('消杀', 'Pest control'), check: 'score', least: 80 },
    { name: 'green', title: words('绿植', 'Plants'), check: 'score', least: 80 },
    { name: 'air', title: words('空气与异味', 'Air'), check: 'score', least: 80 },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
