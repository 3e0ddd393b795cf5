/** Requests on their way: drafts, the request itself, lists of them. */
import { LINES, listCard, type RequestLine, whichCard } from '../../../cards/answers.ts';
import { bulkCard, bulkDoneCard } from '../../../cards/bulk.ts';
import { bundleCard, type BundleModel } from '../../../cards/bundle.ts';
import { chainText } from '../../../cards/chain.ts';
import { clashFacts } from '../../../cards/clashes.ts';
import { closedDraftCard, draftCard, type DraftModel } from '../../../cards/draft.ts';
import { importCard, importedCard, type ImportModel } from '../../../cards/import.ts';
import { movedCard, outdatedCard, requestCard, type RequestModel } from '../../../cards/request.ts';
import { MOST_LINES, threadCard, type ThreadLine } from '../../../cards/thread.ts';
import { whomCard } from '../../../cards/unsure.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const thread: readonly ThreadLine[] = [
  {
    depth: 0,
    title: words('会议室预订 ROOM-26-0002', 'Room booking ROOM-26-0002'),
    state: words('已预订', 'Booked'),
    at: words('3月3日（周二）10:00', 'Tue 03-03 10:00'),
    about: words('珠峰 今天 3月3日（周二）11:00–12:00', '珠峰, today, Tue 03-03 11:00–12:00'),
    request: { id: 2, number: 'ROOM-26-0002' },
  },
  {
    depth: 1,
    title: words('设备测试', 'Equipment test'),
    state: words('吴婷已完成', 'done by 吴婷'),
    at: words('今天 3月3日（周二）10:05', 'today, Tue 03-03 10:05'),
  },
  {
    depth: 1,
    title: words('报修 FIX-26-0003', 'Repair FIX-26-0003'),
    state: words('处理中', 'In work'),
    at: words('今天 3月3日（周二）11:02', 'today, Tue 03-03 11:02'),
    about: words('珠峰投影：没有画面', '投影 (珠峰): 没有画面'),
    asked: true,
    request: { id: 3, number: 'FIX-26-0003' },
  },
];

const importing: ImportModel = {
  what: words('会议室', 'rooms'),
  attachment: 9,
  sort: 'rooms',
  fileName: '会议室.xlsx',
  fresh: ['昆仑', '天山'],
  known: 5,
  mistakes: [],
};

const draft: DraftModel = {
  id: 7,
  version: 3,
  kind: words('会议室预订', 'Room booking'),
  facts: [
    {
      label: words('时间', 'Time'),
      value: words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed 03-04 15:00–17:00'),
    },
    { label: words('会议室', 'Room'), value: '珠峰', mark: 'guessed' },
    { label: words('人数', 'People'), value: words('10 人', '10 people') },
  ],
  pictures: [],
  gaps: [{ label: words('主题', 'Subject'), why: words('还没有写', 'not given yet') }],
  notes: [words('珠峰可坐 12 人，有投影', '珠峰 seats 12, with a projector')],
  offers: [
    { label: words('改用黄山（16 人）', 'Take 黄山 (16 seats)'), key: 'b2ZmZXIxMjM0' },
    { label: words('改到 16:00–18:00', 'Make it 16:00–18:00'), key: 'b2ZmZXI1Njc4' },
  ],
  inputs: [
    {
      input: 'text',
      name: 'title',
      label: words('主题', 'Subject'),
      lines: 'one',
      longest: 100,
      required: true,
    },
  ],
  editing: false,
  heard: true,
  approvers: chainText([
    {
      needs: 'any',
      seats: [{ people: ['李伟'], voices: [words('直属上级', 'Line manager')], standFor: [] }],
      unless: [],
    },
  ]),
};

/** What an approver sees: everything that can stand on it at once, but the panel and the table. */
const plain: RequestModel = {
  id: 42,
  number: 'SUP-26-0042',
  version: 5,
  step: 'manager',
  kind: words('物资申领', 'Supplies'),
  state: 'pending',
  late: true,
  requester: '陈晨 · 研发部',
  submitted: words('昨天 3月2日（周一）16:20', 'yesterday, Mon 03-02 16:20'),
  summary: words('A4纸 2 包等 2 种', 'A4 paper and 1 more'),
  facts: [
    { label: words('用途', 'For'), value: '客户培训资料' },
    ...clashFacts([words('同期另有出差 TRIP-26-0031 上海', 'another trip TRIP-26-0031, 上海')], 2),
    {
      label: words('近 90 天', 'Last 90 days'),
      value: words('同类申请另有 3 次', '3 others of this sort'),
    },
  ],
  extra: [],
  pictures: [{ file: '77', alt: words('样品照片', 'The sample') }],
  steps: [
    {
      title: words('直属上级审批', 'Line manager'),
      state: 'done',
      who: '李伟',
      note: words('同意，注意节约 · 昨天 17:02', 'Fine, be sparing · yesterday 17:02'),
    },
    { title: words('部门负责人审批', 'Head of department'), state: 'open', who: '何佳' },
    { title: words('发放', 'Hand out'), state: 'waiting', who: words('行政', 'Office') },
  ],
  notes: [
    {
      who: '吴婷',
      text: '库存只剩 3 包，先发 2 包',
      at: words('今天 3月3日（周二）09:10', 'today, Tue 03-03 09:10'),
    },
  ],
  stars: null,
  waiting: words('已等何佳 5 小时，还剩 3 小时', 'Waited 5 h for 何佳; 3 h left'),
  actions: { decide: true, transfer: true, more: true },
};

const request: RequestModel = {
  ...plain,
  table: {
    block: 'table',
    columns: [
      { key: 'item', label: words('物品', 'Item') },
      { key: 'count', label: words('数量', 'Quantity'), align: 'right' },
    ],
    rows: [
      { item: 'A4纸', count: '2 包' },
      { item: '签字笔（黑）', count: '10 支' },
    ],
  },
};

const transferring: RequestModel = {
  ...request,
  panel: {
    panel: 'transfer',
    people: [
      { value: '7', label: '王磊 · 市场部' },
      { value: '8', label: '林晓 · 研发部' },
    ],
  },
};

/** What the one sees who does the work: a form, a note, a rating. */
const working: RequestModel = {
  ...plain,
  number: 'FIX-26-0007',
  kind: words('报修', 'Repair'),
  state: 'working',
  late: false,
  summary: words('三楼茶水间漏水', 'A leak on the third floor'),
  facts: [{ label: words('地点', 'Place'), value: '三楼茶水间' }],
  stars: 4,
  remark: words('何佳问：哪一个水龙头？', '何佳 asks: which tap?'),
  actions: {
    complete: {
      label: words('修好了', 'Fixed'),
      inputs: [
        {
          input: 'text',
          name: 'done',
          label: words('怎么修的', 'What was done'),
          lines: 'many',
          longest: 500,
        },
        { input: 'number', name: 'cost', label: words('费用（元）', 'Cost (yuan)') },
      ],
      stars: true,
      sendsBack: words('重新打开', 'Open it again'),
    },
    claim: true,
    note: true,
    askBack: true,
    reply: true,
    rate: true,
    urge: true,
    cancel: true,
    further: [
      { label: words('改分类', 'Set category'), a: 'ask-sort', look: 'plain' },
      { label: words('用配件', 'Use parts'), a: 'ask-parts', look: 'plain' },
      { label: words('请厂家来', 'Invite a firm'), a: 'ask-vendor', look: 'plain' },
      { label: words('列为重大故障', 'Major fault'), a: 'major', look: 'plain' },
      { label: words('不再关注', 'Stop watching'), a: 'unwatch', look: 'plain' },
    ],
  },
};

const line = (over: Partial<RequestLine> = {}): RequestLine => ({
  id: 42,
  number: 'TRIP-26-0042',
  kind: words('出差申请', 'Business trip'),
  summary: words('陈晨 · 上海 3月10日–12日，共 3 天', '陈晨 · 上海, 03-10 to 03-12, 3 days'),
  state: 'pending',
  when: words('今天 3月3日（周二）09:30', 'today, Tue 03-03 09:30'),
  ...over,
});
const lines = [
  line(),
  line({
    id: 43,
    number: 'ROOM-26-0007',
    kind: words('会议室预订', 'Room booking'),
    summary: words('珠峰 3月4日（周三）15:00–17:00', '珠峰, Wed 03-04 15:00–17:00'),
    state: 'booked',
    late: true,
  }),
];

const bundle: BundleModel = {
  since: words('昨晚', 'last night'),
  lines: [
    {
      what: words('TRIP-26-0042', 'TRIP-26-0042'),
      why: words('出差申请 · 等您审批', 'Business trip · for you to decide'),
      more: words('陈晨 · 上海', '陈晨 · 上海'),
      opens: { v: 1, a: 'below', r: 42 },
    },
    {
      what: words('催办已送达', 'They were reminded'),
      why: words('', ''),
      more: words('', ''),
    },
  ],
  toDo: 1,
  total: 12,
  first: 0,
  list: 'bundle:3',
};

export const requests = [
  sample('draft', 'draftCard', draft, draftCard),
  sample(
    'draft.editing',
    'draftCard',
    {
      ...draft,
      changes: 'ROOM-26-0007',
      facts: [],
      editing: true,
      remark: words('结束时间要晚于开始时间', 'It must end after it begins'),
      inputs: [
        {
          input: 'moment' as const,
          name: 'when_from',
          label: words('开始', 'From'),
          value: '2026-03-04T15:00',
          required: true,
        },
        {
          input: 'select' as const,
          name: 'room',
          label: words('会议室', 'Room'),
          value: 'r1',
          options: [{ value: 'r1', label: '珠峰（12 人）' }],
        },
        {
          input: 'choices' as const,
          name: 'equipment',
          label: words('设备', 'Equipment'),
          values: ['e1'],
          options: [
            { value: 'e1', label: words('投影', 'projector') },
            { value: 'e2', label: words('白板', 'whiteboard') },
          ],
        },
      ],
    },
    draftCard,
    { inputs: 24 },
  ),
  sample(
    'draft.closed',
    'closedDraftCard',
    { kind: draft.kind, why: words('这张草稿已取消', 'This draft was cancelled') },
    ({ kind, why }) => closedDraftCard(kind, why),
  ),
  sample('request', 'requestCard', request, requestCard, { rows: 50, steps: 12 }),
  sample('request.transfer', 'requestCard', transferring, requestCard, { rows: 50, people: 500 }),
  sample('request.work', 'requestCard', working, requestCard, { inputs: 6, steps: 12 }),
  sample(
    'moved',
    'movedCard',
    { kind: words('出差申请', 'Business trip'), number: 'TRIP-26-0042' },
    ({ kind, number }) => movedCard(kind, number),
  ),
  sample(
    'thread',
    'threadCard',
    { number: 'FIX-26-0003', lines: thread, more: 2 },
    ({ number, lines: shown, more }) => threadCard(number, shown.slice(0, MOST_LINES), more),
    { lines: 40 },
  ),
  sample('import', 'importCard', importing, importCard, { fresh: 300 }),
  sample(
    'import.mistakes',
    'importCard',
    { ...importing, mistakes: ['会议室.xlsx:3 容量: “很多” 不是数字', '会议室.xlsx:7 名称: 空着'] },
    importCard,
    { mistakes: 50 },
  ),
  sample(
    'import.done',
    'importedCard',
    { fileName: '会议室.xlsx', told: words('已导入：新增 1，更改 1，未变 0', 'Imported: 1 added') },
    ({ fileName, told }) => importedCard(words('会议室', 'rooms'), fileName, told),
  ),
  sample('outdated', 'outdatedCard', null, () => outdatedCard),
  sample(
    'requests',
    'listCard',
    { lines, page: { first: 8, total: 200, list: 'requests' } },
    ({ lines: shown, page }) =>
      listCard(
        words('我的申请', 'My requests'),
        words('还没有申请', 'No requests yet'),
        shown,
        page,
      ),
    { lines: LINES },
  ),
  sample(
    'tasks',
    'listCard',
    { lines, page: { first: 0, total: 200, list: 'tasks' } },
    ({ lines: shown, page }) =>
      listCard(
        words('我的待办', 'My tasks'),
        words('没有等您处理的事', 'Nothing is waiting for you'),
        shown,
        page,
      ),
    { lines: LINES },
  ),
  sample('bundle', 'bundleCard', bundle, bundleCard, { lines: LINES }),
  sample(
    'which',
    'whichCard',
    { lines, more: 7, said: '撤回我的出差' },
    ({ lines: shown, more, said }) =>
      whichCard(words('是哪一张？', 'Which one?'), 'withdraw', shown, more, said),
    { lines: 5 },
  ),
  sample(
    'whom',
    'whomCard',
    {
      request: { id: 42, number: 'TRIP-26-0042', version: 3, step: 'manager', act: 'add' as const },
      people: [
        { id: 7, text: '王磊 · 市场部' },
        { id: 8, text: '王磊 · 研发部' },
      ],
    },
    ({ request: about, people }) => whomCard(about, people),
    { people: 12 },
  ),
  sample(
    'bulk',
    'bulkCard',
    { lines: lines.map((each) => ({ ...each, version: 2 })) },
    ({ lines: shown }) => bulkCard(shown),
    { lines: 10 },
  ),
  sample(
    'bulk.done',
    'bulkDoneCard',
    {
      text: words(
        '已同意 2 项；没有办：TRIP-26-0044 已有变化，请单独看',
        'Approved: 2; not TRIP-26-0044 has changed meanwhile, please look',
      ),
    },
    ({ text }) => bulkDoneCard(text, 7),
  ),
];
