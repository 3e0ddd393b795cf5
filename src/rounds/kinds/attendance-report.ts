import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 考勤报表: 每月5日前; reminded of from the 3rd on. */
export const attendanceReport: RoundKind = {
  name: 'attendance-report',
  title: words('考勤报表', 'Attendance report'),
  source: 'H-06',
  recurrence: { every: 'month', on: 5, ifOff: 'before' },
  ahead: 2,
  within: '2wd',
  owner: 'office',
  items: [
    { name: 'checked', title: words('考勤数据已核对', 'Data checked'), check: 'done' },
    { name: 'reviewed', title: words('主任已审核', 'Reviewed by the director'), check: 'done' },
    { name: 'sent', title: words('《考勤报表》已送财务', 'Sent to finance'), check: 'done' },
  ],
  findings: { owner: 'office', within: '2wd' },
  escalate: ['office-manager', 'director'],
};
