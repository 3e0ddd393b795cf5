/** How a series is told: 「每两周的周三」, 「每月第一个周五」. */
import type { SeriesRule } from '../src/time/series.ts';
import { weekdays } from '../src/time/hours.ts';
import { type Words, words } from './words.ts';

const ZH = ['一', '二', '三', '四', '五', '六', '日'];
const EN = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const NTH_ZH: { readonly [nth: string]: string } = {
  '1': '第一个',
  '2': '第二个',
  '3': '第三个',
  '4': '第四个',
  '5': '第五个',
  '-1': '最后一个',
};
const NTH_EN: { readonly [nth: string]: string } = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
};

/** How often, without until when: 「每周一」. A rule that names no day has that of its beginning. */
export function rhythmText(rule: SeriesRule, start: Temporal.PlainDate): Words {
  switch (rule.every) {
    case 'day':
      return rule.interval === 1
        ? words('每天', 'every day')
        : words(`每 ${rule.interval} 天`, `every ${rule.interval} days`);
    case 'week':
      return weekly(rule, start);
    case 'month':
      return monthly(rule, start);
    default:
      return rule.every satisfies never;
  }
}

/** Monday to Friday every week: the days that are worked. */
export const isEveryWorkday = ({ every, interval, byDay }: SeriesRule): boolean =>
  every === 'week' &&
  interval === 1 &&
  byDay.length === 5 &&
  weekdays.slice(0, 5).every((day) => byDay.some((each) => each.day === day));

function weekly(rule: SeriesRule, start: Temporal.PlainDate): Words {
  if (isEveryWorkday(rule)) return words('每个工作日', 'every working day');
  const own = rule.byDay.length > 0 ? rule.byDay : [{ day: weekdays[start.dayOfWeek - 1] }];
  const places = own
    .map(({ day }) => weekdays.findIndex((each) => each === day))
    .toSorted((a, b) => a - b);
  const zh = places.map((place) => ZH[place] ?? '').join('、');
  const en = places.map((place) => EN[place] ?? '').join(' and ');
  if (rule.interval === 1) return words(`每周${zh}`, `every ${en}`);
  return rule.interval === 2
    ? words(`每两周的周${zh}`, `every other ${en}`)
    : words(`每 ${rule.interval} 周的周${zh}`, `every ${rule.interval} weeks on ${en}`);
}

function monthly(rule: SeriesRule, start: Temporal.PlainDate): Words {
  const every =
    rule.interval === 1
      ? words('每月', 'of every month')
      : words(`每 ${rule.interval} 个月的`, `of every ${rule.interval} months`);
  if (rule.byDay.length > 0) {
    const zh = rule.byDay.map(({ day, nth }) => {
      const place = weekdays.indexOf(day);
      return nth === undefined ? `每个周${ZH[place]}` : `${nthZh(nth)}周${ZH[place]}`;
    });
    const en = rule.byDay.map(({ day, nth }) => {
      const name = EN[weekdays.indexOf(day)] ?? '';
      return nth === undefined ? `every ${name}` : `the ${NTH_EN[nth] ?? `${nth}.`} ${name}`;
    });
    return words(`${every.zh}${zh.join('、')}`, `${en.join(' and ')} ${every.en}`);
  }
  const days = rule.byMonthDay.length > 0 ? rule.byMonthDay : [start.day];
  const zh = days.map((day) =>
    day > 0 ? `${day}日` : day === -1 ? '最后一天' : `倒数第 ${-day} 天`,
  );
  const en = days.map((day) =>
    day > 0 ? `day ${day}` : day === -1 ? 'the last day' : `day ${-day} from the end`,
  );
  return words(`${every.zh}${zh.join('、')}`, `${en.join(' and ')} ${every.en}`);
}

const nthZh = (nth: number): string =>
  NTH_ZH[nth] ?? (nth < 0 ? `倒数第 ${-nth} 个` : `第 ${nth} 个`);
