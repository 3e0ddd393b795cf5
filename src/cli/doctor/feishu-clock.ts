import { words } from '../../../cards/words.ts';
import { platformClock } from '../../channels/feishu/index.ts';
import type { FeishuConfig } from '../../config.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/**
 * How far our clock may be from the platform's, seconds. A few seconds are the way of the question and the platform's whole seconds. From 30 on reminders are
 * off by as much; above two minutes it is an alarm (reliability): at five minutes taps are refused as too old, or all that comes as from the future.
 */
const SKEW = { warning: 30, error: 120 };

const SYNCHRONISE = words(
  '在这台机器上启用 NTP 对时；提醒会差同样多，差到 5 分钟，经 webhook 来的点击和事件会被当作过期或伪造而拒收',
  'switch on NTP on this machine; reminders are off by as much, and at 5 minutes the webhook refuses taps and events as stale or forged',
);

/** Our clock beside the platform's, by the `Date` of an answer. Nothing when the platform does not answer: that is told elsewhere. */
export async function platformTime(
  { baseUrl }: FeishuConfig,
  now: () => Temporal.Instant,
): Promise<readonly Finding[]> {
  const read = await platformClock(baseUrl, now);
  if (!read) return [];
  const seconds = read.ours.since(read.theirs).total('seconds');
  const apart = Math.abs(seconds);
  if (apart <= SKEW.warning)
    return [well('时钟与飞书一致', 'the clock agrees with the platform’s')];
  const about = words(
    `本机时钟比飞书${seconds > 0 ? '快' : '慢'} ${Math.round(apart)} 秒`,
    `this machine’s clock is ${Math.round(apart)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} the platform’s`,
  );
  return [apart > SKEW.error ? wrong(about, SYNCHRONISE) : warning(about, SYNCHRONISE)];
}
