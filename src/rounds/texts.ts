import { type Words, words } from '../../cards/words.ts';
import { weekdays } from '../time/hours.ts';
import type { DayOfMonth, Recurrence } from '../time/recurrence.ts';
import { roundNamed } from './index.ts';

/** What a piece of recurring work is called; its key, when this version of the program no longer knows it. */
export const titleOf = (name: string): Words => roundNamed(name)?.title ?? words(name, name);

/** What an item of its checklist is called. */
export const itemOf = (name: string, item: string): Words =>
  roundNamed(name)?.items.find((each) => each.name === item)?.title ?? words(item, item);

const DAYS_ZH = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const DAYS_EN = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** How often it comes: 「每月 5 日，遇休息日提前」. */
export function recurrenceText(rule: Recurrence): Words {
  if (rule.every === 'day')
    return rule.ifOff === 'same'
      ? words('每天', 'every day')
      : words('每个工作日', 'every working day');
  const off = OFF[rule.ifOff];
  const often = oftenText(rule);
  return words(`${often.zh}${off.zh}`, `${often.en}${off.en}`);
}

const OFF: { readonly [policy in Recurrence['ifOff']]: Words } = {
  before: words('，遇休息日提前', ', earlier if that is off'),
  after: words('，遇休息日顺延', ', later if that is off'),
  same: words('', ''),
};

function oftenText(rule: Exclude<Recurrence, { every: 'day' }>): Words {
  switch (rule.every) {
    case 'week': {
      const place = weekdays.indexOf(rule.on);
      return words(`每${DAYS_ZH[place]}`, `every ${DAYS_EN[place]}`);
    }
    case 'month': {
      const day = dayText(rule.on);
      return words(`每月${day.zh}`, `every month on ${day.en}`);
    }
    case 'quarter':
    case 'half-year': {
      const day = dayText(rule.on);
      const stretch =
        rule.every === 'quarter' ? words('每季度', 'quarter') : words('每半年', 'half-year');
      return words(
        `${stretch.zh}第 ${rule.month} 个月${day.zh}`,
        `every ${stretch.en}, month ${rule.month}, on ${day.en}`,
      );
    }
    case 'year': {
      const day = dayText(rule.on);
      return words(
        `每年 ${rule.month} 月${day.zh}`,
        `every year in month ${rule.month} on ${day.en}`,
      );
    }
    default:
      return rule satisfies never;
  }
}

const dayText = (on: DayOfMonth): Words =>
  on === 'last' ? words('最后一天', 'the last day') : words(` ${on} 日`, `day ${on}`);
