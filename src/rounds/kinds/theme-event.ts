import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 季度主题活动: 每季度1次; announced two weeks ahead. */
export const themeEvent: RoundKind = {
  name: 'theme-event',
  title: words('季度主题活动', 'Theme event'),
  source: 'C-01',
  recurrence: { every: 'quarter', month: 2, on: 1, ifOff: 'before' },
  within: '10wd',
  owner: 'office',
  items: [
    { name: 'plan', title: words('方案与预算已批', 'Plan and budget approved'), check: 'done' },
    { name: 'told', title: words('已提前两周通知', 'Announced two weeks ahead'), check: 'done' },
    { name: 'held', title: words('活动已举行', 'Held'), check: 'done' },
    { name: 'summary', title: words('《活动总结》已写', 'Summary written'), check: 'done' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager'],
};
