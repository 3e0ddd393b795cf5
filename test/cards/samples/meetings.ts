/** Meetings and what follows from them: notices, preparation, minutes, action items. */
import {
  actionsCard,
  type ActionsModel,
  type ItemLine,
  ITEMS,
  lateActionsCard,
  rollUpCard,
} from '../../../cards/actions.ts';
import { driftCard } from '../../../cards/calendar.ts';
import {
  materialCard,
  meetingCard,
  type MeetingModel,
  meetingPanelCard,
  preparationCard,
} from '../../../cards/meeting.ts';
import {
  askMinutesCard,
  type Correcting,
  lateMinutesCard,
  minutesCard,
  type MinutesModel,
  OPEN_ITEMS,
  waivedCard,
} from '../../../cards/minutes.ts';
import {
  dateCard,
  type DateModel,
  DATES,
  datesCard,
  type DatesModel,
  seriesQuestionCard,
  type SeriesQuestionModel,
} from '../../../cards/series-dates.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const meeting: MeetingModel = {
  id: 5,
  revision: 2,
  state: 'moved',
  title: words('产品评审', '产品评审'),
  begins: words('明天 3月4日（周三）15:00', 'tomorrow, Wed 03-04 15:00'),
  time: words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed 03-04 15:00–17:00'),
  room: '珠峰',
  place: words('珠峰（3楼）', '珠峰 (floor 3)'),
  host: '李伟',
  agenda: ['预算 张伟 20分钟', '排期 陈晨 30分钟'],
  mayOpenFiles: true,
  materials: [
    { id: 3, name: '预算表.xlsx', weight: 'decision' },
    { id: 4, name: 'https://docs.example.com/plan', weight: null },
  ],
  owes: ['预算', '排期'],
  was: words('3月3日（周二）15:00–17:00 黄山', 'Tue 03-03 15:00–17:00 黄山'),
  answer: 'away',
  reason: '那天在上海出差',
  tally: words(
    '参加 3 人：张伟、陈晨、何佳；未回复 1 人',
    '3 come: 张伟, 陈晨, 何佳; 1 not answered',
  ),
  mayAnswer: true,
  mayCheckIn: true,
  mayRetake: true,
  mayExtend: 30,
  mayEnd: true,
  mayUndo: true,
  mayFail: ['视频', '网络', '空调', '其他'],
  failed: ['投影（FIX-26-0003）'],
  checkedIn: '陈晨',
};

const item = (over: Partial<ItemLine> = {}): ItemLine => ({
  id: 11,
  number: 'ACT-26-0003',
  what: '完成报价单，含三家比价',
  standard: '三家供应商，含税',
  owner: '张伟',
  due: words('3月6日（周五）', 'Fri 03-06'),
  state: 'open',
  late: false,
  reason: null,
  ...over,
});
const items = [
  item({ late: true, reason: '供应商还没报价' }),
  item({ id: 12, number: 'ACT-26-0004', what: '更新官网首页', standard: null, state: 'doing' }),
  item({ id: 13, number: 'ACT-26-0005', what: '订客户的酒店', standard: null, state: 'done' }),
];

const actions: ActionsModel = {
  scope: 0,
  title: words('我的行动项', 'My action items'),
  items,
  first: 8,
  total: 30,
  late: 1,
  remark: words('已完成 ACT-26-0002', 'ACT-26-0002 is done'),
};

const minutes: MinutesModel = {
  id: 6,
  title: words('产品评审', '产品评审'),
  host: '李伟',
  held: words('3月3日（周二）15:00', 'Tue 03-03 15:00'),
  decisions: ['三月底上线', '预算控制在 20 万以内'],
  items,
  remark: words('已保存', 'Saved'),
};

const correcting: Correcting = {
  open: [
    {
      id: 21,
      place: 5,
      number: null,
      what: '更新官网首页',
      standard: null,
      owner: { name: '' },
      due: null,
      gaps: [words('责任人', 'owner'), words('完成时间', 'date')],
    },
    {
      id: 22,
      place: 6,
      number: 'ACT-26-0009',
      what: '联系场地',
      standard: '含停车位',
      owner: {
        said: '王磊',
        choose: [
          { value: 'p7', label: '王磊 · 市场部' },
          { value: 'p8', label: '王磊 · 研发部' },
        ],
      },
      due: '2026-03-09',
      gaps: [],
      cameBack: words('张伟说不是自己：我在休假', '张伟 gave it back: 我在休假'),
    },
  ],
  first: 4,
  total: 14,
  lacking: 1,
};

const RULE = words(
  '每周一，到 12月31日（周四） 10:00–11:00',
  'every Monday until Thu 12-31, 10:00–11:00',
);
const line = {
  day: '2026-03-09',
  short: words('3月9日（周一）', 'Mon 03-09'),
  time: words('3月9日（周一）10:00–11:00', 'Mon 03-09 10:00–11:00'),
  room: '珠峰',
  state: 'ahead' as const,
};
const dates: DatesModel = {
  request: { id: 7, number: 'ROOM-26-0007' },
  rule: RULE,
  lines: [{ ...line, day: '2026-03-02', state: 'no-show' }, line, { ...line, day: '2026-03-16' }],
  page: { first: 5, total: 40 },
  mine: true,
};
const question: SeriesQuestionModel = {
  request: { id: 7, number: 'ROOM-26-0007' },
  rule: RULE,
  room: '珠峰',
  missed: 3,
  ahead: 30,
  due: words('后天 3月5日（周四）10:00', 'in 2 days, Thu 03-05 10:00'),
  answer: null,
};
const date: DateModel = {
  request: { id: 7, number: 'ROOM-26-0007' },
  line,
  following: 39,
  all: 39,
  cancelling: false,
};

export const meetings = [
  sample('meeting', 'meetingCard', meeting, meetingCard, { agenda: 60, materials: 60 }),
  sample(
    'calendar',
    'driftCard',
    {
      id: 7,
      place: '黄山',
      title: '预算评审',
      time: words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed Mar 4, 15:00–17:00'),
      once: false,
      drift: {
        moved: words('3月5日（周四）10:00–12:00', 'Thu Mar 5, 10:00–12:00'),
      },
    },
    driftCard,
  ),
  sample(
    'calendar.once',
    'driftCard',
    {
      id: 8,
      place: '珠峰',
      title: '产品周会',
      time: words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed Mar 4, 15:00–17:00'),
      once: true,
      drift: { deleted: true },
    },
    driftCard,
  ),
  sample(
    'meeting.panel',
    'meetingPanelCard',
    {
      request: { id: 42, number: 'ROOM-26-0007', version: 3 },
      inputs: [
        {
          input: 'text' as const,
          name: 'attendees',
          label: words('参会人', 'Attendees'),
          lines: 'many' as const,
          value: '李伟、研发部全员',
          longest: 1_000,
        },
        {
          input: 'text' as const,
          name: 'agenda',
          label: words('议程', 'Agenda'),
          lines: 'many' as const,
          longest: 1_000,
        },
      ],
    },
    ({ request, inputs }) => meetingPanelCard(request, inputs),
    { inputs: 4 },
  ),
  sample(
    'material',
    'materialCard',
    {
      material: { id: 3, name: '预算表.xlsx', weight: null },
      meeting: words('明天 3月4日（周三）15:00 产品评审', 'tomorrow, Wed 03-04 15:00 产品评审'),
    },
    (model) => materialCard(model.material, model.meeting),
  ),
  sample(
    'meeting.going-on',
    'meetingCard',
    {
      ...meeting,
      state: 'planned' as const,
      mayAnswer: false,
      mayCheckIn: false,
      mayRetake: false,
    },
    meetingCard,
  ),
  sample(
    'preparation.restore',
    'preparationCard',
    {
      meeting: 5,
      sort: 'restore' as const,
      begins: words('今天 3月4日（周三）15:00', 'today, Wed 03-04 15:00'),
      place: words('珠峰（3楼）', '珠峰 (floor 3)'),
      title: words('产品评审', '产品评审'),
      host: '李伟',
      equipment: ['投影'],
      layout: 'U形',
      due: words('3月9日（周一）17:00', 'Mon 03-09 17:00'),
      late: false,
      off: false,
    },
    preparationCard,
  ),
  sample(
    'preparation',
    'preparationCard',
    {
      meeting: 5,
      sort: 'setup' as const,
      begins: words('明天 3月4日（周三）15:00', 'tomorrow, Wed 03-04 15:00'),
      place: words('珠峰（3楼）', '珠峰 (floor 3)'),
      title: words('产品评审', '产品评审'),
      host: '李伟',
      equipment: ['投影', '麦克风'],
      layout: 'U形',
      due: words('明天 3月4日（周三）14:00', 'tomorrow, Wed 03-04 14:00'),
      late: true,
      off: false,
    },
    preparationCard,
  ),
  sample(
    'minutes',
    'minutesCard',
    { minutes, correcting },
    (model) => minutesCard(model.minutes, model.correcting),
    { open: OPEN_ITEMS, gaps: 2, choose: 12 },
  ),
  sample('minutes.handed-out', 'minutesCard', minutes, (model) => minutesCard(model)),
  sample(
    'minutes.asked',
    'askMinutesCard',
    { minutes, due: words('明天 3月4日（周三）15:00', 'tomorrow, Wed 03-04 15:00') },
    (model) => askMinutesCard(model.minutes, model.due, 'late'),
  ),
  sample('minutes.waived', 'waivedCard', minutes, waivedCard),
  sample(
    'late-minutes',
    'lateMinutesCard',
    { title: minutes.title, host: '李伟', due: words('3月4日（周三）15:00', 'Wed 03-04 15:00') },
    ({ title, host, due }) => lateMinutesCard(title, host, due),
  ),
  sample('actions', 'actionsCard', actions, actionsCard, { items: ITEMS }),
  sample(
    'actions.postponing',
    'actionsCard',
    { ...actions, panel: { item: 11, asks: 'postpone' as const } },
    actionsCard,
    { items: ITEMS },
  ),
  sample(
    'roll-up',
    'rollUpCard',
    {
      counts: [
        { owner: '张伟', open: 3, late: 1, done: 2 },
        { owner: '陈晨', open: 1, late: 0, done: 4 },
      ],
      late: items.slice(0, 1),
    },
    ({ counts, late }) => rollUpCard(counts, late),
  ),
  sample(
    'late-actions',
    'lateActionsCard',
    { owner: '张伟', late: items.slice(0, 1) },
    ({ owner, late }) => lateActionsCard(owner, late),
  ),
  sample('series-dates', 'datesCard', dates, datesCard, { lines: DATES }),
  sample('series-dates.one', 'dateCard', date, dateCard),
  sample('series-cancel', 'dateCard', { ...date, cancelling: true }, dateCard),
  sample('series-question', 'seriesQuestionCard', question, seriesQuestionCard),
];
