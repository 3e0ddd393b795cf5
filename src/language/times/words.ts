import type { DayPart } from '../meaning.ts';
import type { Festival } from './festivals.ts';

/** A word of the grammar in one spelling: 星期 and 礼拜 are 周, 至 and ~ are 到. */
export type Sign =
  | '年'
  | '月'
  | '日'
  | '号'
  | '天'
  | '周'
  | '末'
  | '季度'
  | '点'
  | '时'
  | '分'
  | '刻'
  | '秒'
  | '小时'
  | '分钟'
  | '刻钟'
  | '月份'
  | '个'
  | '半'
  | '整'
  | '差'
  | '过'
  | '到'
  | '-'
  | '前'
  | '后'
  | '内'
  | '起'
  | '开始'
  | '截止'
  | '从'
  | '每'
  | '每天'
  | '隔'
  | '逢'
  | '第'
  | '最后'
  | '的'
  | '和'
  | ','
  | '('
  | ')'
  | '/'
  | '.'
  | ':'
  | '闰'
  | '农历'
  | '初'
  | '底'
  | '上半年'
  | '下半年'
  | '工作日'
  | '周末'
  | '双周'
  | 'am'
  | 'pm'
  | 'h'
  | 'm'
  | 's'
  | '未来'
  | '过去'
  | '当天'
  | '全天'
  | '左右'
  | '下班'
  | '上班'
  | '结束'
  | '一次'
  | '又'
  | '现在'
  | '节'
  | '前一天'
  | '后一天'
  | '节后'
  | '期间'
  | '开'
  | '用到'
  | '再过'
  | '首'
  | '多';

/** What a word means to the grammar. `short`: a part of the day only before a clock time (早八点). */
export type Meaning =
  | { readonly kind: 'sign'; readonly sign: Sign }
  | { readonly kind: 'day'; readonly days: number }
  | { readonly kind: 'following' }
  | { readonly kind: 'part'; readonly part: DayPart; readonly short: boolean }
  | { readonly kind: 'relative'; readonly offset: number }
  | { readonly kind: 'relativeYear'; readonly offset: number }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'festival'; readonly festival: Festival }
  | { readonly kind: 'lunarMonth'; readonly month: number }
  | { readonly kind: 'tenDays'; readonly third: 1 | 2 | 3 }
  | { readonly kind: 'neighbours'; readonly first: number; readonly last: number }
  /** A word that only looks like a time; it is passed over whole. */
  | { readonly kind: 'text' };

/** One word and the meanings of its parts: 今晚 is a day and a part of the day. */
export type Word = readonly (readonly [length: number, meaning: Meaning])[];
