import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 保洁抽查评分: 每周: a score for each area; the month’s mean is on the card. Below 80 the cleaners have to come again (the limit is ours). */
export const cleaning: RoundKind = {
  name: 'cleaning',
  title: words('保洁抽查评分', 'Cleaning spot check'),
  source: 'W-08',
  recurrence: { every: 'week', on: 'fri', ifOff: 'before' },
  within: '1wd',
  owner: 'office',
  items: [
    { name: 'floor', title: words('地面', 'Floors'), check: 'score', least: 80 },
    { name: 'toilet', title: words('卫生间', 'Toilets'), check: 'score', least: 80 },
    { name: 'pantry', title: words('茶水间', 'Pantry'), check: 'score', least: 80 },
    { name: 'rooms', title: words('会议室', 'Meeting rooms'), check: 'score', least: 80 },
    {
      name: 'desks',
      title: words('工位与公共区', 'Desks and common areas'),
      check: 'score',
      least: 80,
    },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
