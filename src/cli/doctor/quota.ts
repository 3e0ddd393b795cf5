import { words } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import {
  callsThisMonth,
  MONTHLY_CALLS,
  projected,
  todayOfQuota,
} from '../../channels/feishu/calls.ts';
import type { WorkingCalendar } from '../../time/calendar.ts';
import { type Finding, warning } from './finding.ts';

/**
 * From these shares of the free plan's calls on it is said. The quota is shared with the tenant's other self-built apps, whose
 * calls nobody tells us: 60 % in prospect leaves them the rest, and time to act; 80 % used is a matter of days.
 */
const SHARE = { projected: 0.6, used: 0.8 };

/** How many calls of the month's quota this office has used, and what they will come to. */
export async function quota(
  db: Db,
  calendar: WorkingCalendar,
  now: Temporal.Instant,
): Promise<readonly Finding[]> {
  const calls = await callsThisMonth(db, now);
  const used = sum(calls.filter(({ free }) => !free));
  const free = sum(calls.filter((each) => each.free));
  const ahead = projected(used, todayOfQuota(now), (day) => calendar.isWorkday(day));
  const about = words(
    `本月飞书接口已调用 ${used} 次（免费版所有自建应用合计 ${MONTHLY_CALLS} 次），${ahead === undefined ? '月底用量还估不出' : `按此到月底约 ${ahead} 次`}；另有不计费的 ${free} 次`,
    `${used} of ${MONTHLY_CALLS} calls used this month${ahead === undefined ? '' : `, about ${ahead} by its end`}; ${free} free ones beside`,
  );
  const near = used > MONTHLY_CALLS * SHARE.used || (ahead ?? 0) > MONTHLY_CALLS * SHARE.projected;
  return [near ? warning(about, MEND) : { level: 'ok', about }];
}

const sum = (calls: readonly { readonly count: number }[]): number =>
  calls.reduce((all, { count }) => all + count, 0);

const MEND = words(
  '飞书付费版不受此限；免费版用完后消息要等到下月 1 日才发出，收到的话和点击仍会处理。可升级，或停掉其他自建应用；构成见 docs/feishu-quota.md',
  'paid plans have no such limit; on the free plan messages wait until the 1st once it is used up. Upgrade, or stop other self-built apps; see docs/feishu-quota.md',
);
