/** What the office itself does and reads: recurring work, the digest, the monthly report. */
import { digestCard, type DigestModel, FIRST_LINES } from '../../../cards/digest.ts';
import { monthlyCard, type MonthlyModel } from '../../../cards/monthly-report.ts';
import {
  rectificationCard,
  type RectificationModel,
  roundCard,
  type RoundModel,
} from '../../../cards/round.ts';
import { ROUND_LINES, roundListCard, yearCard } from '../../../cards/round-lists.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const round: RoundModel = {
  id: 3,
  version: 2,
  title: words('设施日常巡检', 'Daily round'),
  day: words('3月3日（周二）', 'Tue 03-03'),
  state: 'open',
  late: true,
  owner: words('行政', 'Office'),
  due: words('今天 3月3日（周二）18:00', 'today, Tue 03-03 18:00'),
  claimedBy: '吴婷',
  lines: [
    { name: 'lights', title: words('照明正常', 'Lights work'), check: 'fine' },
    { name: 'clean', title: words('卫生评分', 'Cleanliness'), check: 'score' },
  ],
  findings: [
    { item: words('照明正常', 'Lights work'), note: '二楼走廊灯不亮', open: true },
    { item: words('门禁正常', 'Doors work'), note: '已换电池', open: false },
  ],
  claim: 'take-over',
  fill: { answers: { lights: 'bad', lights_note: '二楼走廊' } },
};

const done: RoundModel = {
  ...round,
  state: 'done',
  late: false,
  closed: { by: '吴婷', at: words('今天 3月3日（周二）17:20', 'today, Tue 03-03 17:20') },
  lines: [
    {
      name: 'lights',
      title: words('照明正常', 'Lights work'),
      check: 'fine',
      result: { bad: true, note: '二楼走廊灯不亮' },
    },
    {
      name: 'clean',
      title: words('卫生评分', 'Cleanliness'),
      check: 'score',
      result: { bad: false, score: 92, note: '茶水间很好' },
    },
  ],
  score: 92,
  mean: { mean: 90.5, count: 12 },
};

const rectification: RectificationModel = {
  id: 8,
  version: 1,
  found: words('设施日常巡检 3月3日（周二）', 'Daily round Tue 03-03'),
  item: words('照明正常', 'Lights work'),
  note: '二楼走廊灯不亮',
  foundBy: '吴婷',
  owner: words('维修', 'Repairs'),
  open: true,
  late: true,
  due: words('明天 3月4日（周三）18:00', 'tomorrow, Wed 03-04 18:00'),
  mayAct: true,
  filled: '已换灯管',
};

const day: DigestModel = {
  day: words('3月3日（周二）', 'Tue 03-03'),
  isToday: true,
  submitted: 31,
  closed: 28,
  onTime: { of: 33, counted: 34 },
  late: {
    total: 2,
    first: [
      {
        number: 'FIX-26-0007',
        kind: words('报修', 'Repair'),
        who: words('郑强', '郑强'),
        lateBy: words('3 小时', '3 h'),
      },
    ],
  },
  waiting: {
    total: 6,
    first: [
      {
        number: 'TRIP-26-0042',
        kind: words('出差申请', 'Business trip'),
        requester: '陈晨',
        summary: words('上海 3月10日–12日', '上海, 03-10 to 03-12'),
      },
    ],
  },
  next: words('明天 3月4日（周三）', 'Wed 03-04'),
  meetings: [
    {
      when: words('15:00–17:00', '15:00–17:00'),
      room: '珠峰',
      who: '李伟',
      title: '产品评审',
      setUp: ['投影', '麦克风'],
      held: true,
    },
  ],
  stock: [{ name: 'A4纸', left: 3, mark: 20, unit: '包' }],
  noShows: [{ when: words('09:00–10:00', '09:00–10:00'), room: '黄山', who: '何佳' }],
  unsent: [
    {
      who: '李伟',
      count: 2,
      why: words('关闭了机器人的消息，230053', 'switched off the messages of the bot, 230053'),
    },
  ],
  recent: [
    { day: '3/2', submitted: 27 },
    { day: '3/3', submitted: 31 },
  ],
};

const month: MonthlyModel = {
  month: words('2月', '2026-02'),
  soFar: false,
  company: '某某科技有限公司',
  submitted: 312,
  closed: 305,
  onTime: { of: 270, counted: 305 },
  satisfied: { of: 91, counted: 100 },
  stars: 4.4,
  spend: [
    { department: '研发部', yuan: 1_234.5, budget: 1_000 },
    { department: '市场部', yuan: 300 },
  ],
  rooms: [{ room: '珠峰', booked: 4_800, open: 9_600 }],
  odd: [],
  items: [{ item: 'A4纸', unit: '包', quantity: 42 }],
  responses: { of: 45, counted: 48, median: words('45 分钟', '45 min') },
  actions: { of: 9, counted: 10, days: 3.4 },
  trend: [
    {
      month: words('1月', '2026-01'),
      submitted: 280,
      onTime: { of: 95, counted: 100 },
      satisfied: { of: 0, counted: 0 },
    },
    {
      month: words('2月', '2026-02'),
      submitted: 312,
      onTime: { of: 88, counted: 100 },
      satisfied: { of: 91, counted: 100 },
    },
  ],
  command: 'npm run office -- export monthly 2026-02 --format xlsx --out 2026-02.xlsx',
};

export const office = [
  sample('round', 'roundCard', round, roundCard, { lines: 12, findings: 12 }),
  sample('round.done', 'roundCard', done, roundCard, { lines: 12, findings: 12 }),
  sample('rectification', 'rectificationCard', rectification, rectificationCard),
  sample(
    'rounds-today',
    'roundListCard',
    {
      lines: [
        {
          subject: 'round:3',
          title: words('设施日常巡检', 'Daily round'),
          about: words('行政 · 期限 今天 18:00', 'Office · due today 18:00'),
          readable: true,
        },
        {
          subject: 'rectification:8',
          title: words('整改：照明正常', 'To put right: Lights work'),
          about: words('维修 · 已超时', 'Repairs · late'),
          readable: false,
        },
      ],
      next: words('接下来：3月4日（周三）设施日常巡检', 'Next: Wed 03-04 Daily round'),
      page: { first: 8, total: 30 },
    },
    ({ lines, next, page }) => roundListCard(lines, next, page),
    { lines: ROUND_LINES },
  ),
  sample(
    'rounds-year',
    'yearCard',
    {
      month: words('2026年3月', '2026-03'),
      place: 24_314,
      often: [
        {
          label: words('设施日常巡检', 'Daily round'),
          value: words('每个工作日 09:00 · 行政', 'every working day 09:00 · Office'),
        },
      ],
      days: [
        {
          day: words('3月20日（周五）', 'Fri 03-20'),
          title: words('信息安全权限检查', 'Access review'),
          who: words('行政', 'Office'),
        },
      ],
      next: [
        { label: words('年度预算', 'Annual budget'), value: words('11月2日（周一）', 'Mon 11-02') },
      ],
    },
    yearCard,
  ),
  sample('digest', 'digestCard', day, digestCard, {
    first: FIRST_LINES,
    recent: 5,
    setUp: 9,
  }),
  sample('monthly', 'monthlyCard', month, monthlyCard, { trend: 6 }),
];
