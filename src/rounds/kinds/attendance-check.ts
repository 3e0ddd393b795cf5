import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 考勤异常核对: 每周; departments confirm within three working days. */
export const attendanceCheck: RoundKind = {
  name: 'attendance-check',
  title: words('考勤异常核对', 'Attendance check'),
  source: 'H-05',
  recurrence: { every: 'week', on: 'mon', ifOff: 'before' },
  within: '3wd',
  owner: 'office',
  items: [
    {
      name: 'export',
      title: words('上周考勤已导出', 'Last week’s attendance exported'),
      check: 'done',
    },
    { name: 'odd', title: words('异常已逐条核对', 'Irregularities looked into'), check: 'done' },
    { name: 'confirmed', title: words('部门已确认', 'Departments confirmed'), check: 'done' },
  ],
  findings: { owner: 'office', within: '2wd' },
  escalate: ['office-manager'],
};
