import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 年度全员会议筹备: Yearly. */
export const annualMeeting: RoundKind = {
  name: 'annual-meeting',
  title: words('年度全员会议筹备', 'Annual meeting'),
  source: 'M-16',
  recurrence: { every: 'year', month: 12, on: 1, ifOff: 'before' },
  within: '10wd',
  owner: 'office-manager',
  items: [
    { name: 'plan', title: words('时间、地点、方案已定', 'Plan set'), check: 'done' },
    { name: 'papers', title: words('部门材料已收', 'Papers gathered'), check: 'done' },
    {
      name: 'layout',
      title: words('场地与设备已安排', 'Place and equipment arranged'),
      check: 'done',
    },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['director'],
};
