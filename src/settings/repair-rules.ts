/** How repairs are sorted, promised and followed up: the `repairs` of office.yaml. */
import { type Words, words } from '../../cards/words.ts';
import type { ClockTime } from '../time/hours.ts';
import type { Span } from '../time/spans.ts';

/**
 * A sort of repair. `role` takes it. `respond` and `finish` left out: those of `service.repair`. A span by the wall clock (30m, 4h)
 * holds around the clock, so that its people are told at night as well. `heard`: words in what is broken or wrong; the category
 * that nothing is heard by is the one for everything else.
 */
export type RepairCategory = {
  readonly title: Words;
  readonly role: string;
  readonly respond?: Span;
  readonly finish?: Span;
  readonly priority: 'urgent' | 'normal';
  readonly heard: readonly string[];
};

export type RepairRules = {
  /** By name, in order: what is urgent is looked for first, then the others as they stand here. */
  readonly categories: { readonly [name: string]: RepairCategory };
  /** So long who reported it may say that it is not fixed; then it counts as accepted. */
  readonly accept: Span;
  /** The doer must send a picture of what they did. */
  readonly photoAfter: boolean;
  /** Major faults: known by a word in the report, a category, or costs of so many yuan; when their doer is asked for progress, and when it is told. */
  readonly major: {
    readonly heard: readonly string[];
    readonly categories: readonly string[];
    readonly yuan: number;
    readonly askAt: ClockTime;
    readonly tellAt: ClockTime;
  };
  /** So many stars or fewer are followed up, within that. */
  readonly lowRating: { readonly stars: number; readonly within: Span };
  /** So many faults of one thing in so many days suggest to replace it. */
  readonly repeated: { readonly times: number; readonly days: number };
  /** So long a vendor's link is good. */
  readonly vendorLink: Span;
};

const heard = (list: string): readonly string[] => list.split(' ');

/** Spans from the office handbook (W-01, W-06 and the table of clocks): 1 working day, 30 minutes, 4 hours around the clock. */
export const defaultRepairs: RepairRules = {
  categories: {
    facility: {
      title: words('设施', 'Facilities'),
      role: 'repair',
      priority: 'normal',
      heard: [],
    },
    urgent: {
      title: words('紧急设施', 'Urgent facilities'),
      role: 'repair',
      respond: '30m',
      finish: '1d',
      priority: 'urgent',
      heard: heard(
        '漏水 跑水 爆管 停水 停电 断电 漏电 短路 冒烟 起火 着火 火花 冒火 燃气 煤气 被困 困人 困住 flood fire smoke',
      ),
    },
    it: {
      title: words('IT', 'IT'),
      role: 'repair',
      respond: '4h',
      finish: '4h',
      priority: 'normal',
      heard: heard(
        '电脑 笔记本 台式机 键盘 鼠标 显示器 硬盘 服务器 交换机 路由器 网络 内网 外网 wifi 无线网 网线 网口 断网 没网 vpn oa erp 邮箱 考勤系统 财务系统 业务系统 软件 账号 蓝屏 死机 laptop computer network',
      ),
    },
  },
  accept: '3wd',
  photoAfter: false,
  major: {
    heard: ['重大故障', '重大事故', 'major fault'],
    categories: [],
    yuan: 5_000,
    askAt: '10:00',
    tellAt: '17:00',
  },
  lowRating: { stars: 2, within: '1wd' },
  repeated: { times: 3, days: 90 },
  vendorLink: '7d',
};
