import type { DayPart } from '../meaning.ts';
import { festivals } from './festivals.ts';
import type { Meaning, Sign, Word } from './words.ts';

const words = new Map<string, Word>();
const list = (spellings: string): readonly string[] => spellings.split(' ');

function add(spellings: string, meaning: Meaning): void {
  for (const spelling of list(spellings)) words.set(spelling, [[spelling.length, meaning]]);
}

const sign = (name: Sign, spellings: string): void => add(spellings, { kind: 'sign', sign: name });
const part = (name: DayPart, spellings: string, short = false): void =>
  add(spellings, { kind: 'part', part: name, short });
const relative = (offset: number, spellings: string): void =>
  add(spellings, { kind: 'relative', offset });
const lastYears = (offset: number, spellings: string): void =>
  add(spellings, { kind: 'relativeYear', offset });

sign('年', '年');
sign('月', '月');
sign('月份', '月份');
sign('日', '日');
sign('号', '号');
sign('天', '天');
sign('周', '周 星期 礼拜 week weeks');
sign('末', '末');
sign('周末', '周末 星期末 礼拜末 weekend');
sign('季度', '季度 季');
sign('点', '点 点钟');
sign('时', '时');
sign('分', '分');
sign('刻', '刻');
sign('秒', '秒 秒钟 sec secs seconds');
sign('小时', '小时 钟头 hour hours hr hrs');
sign('分钟', '分钟 min mins minute minutes');
sign('刻钟', '刻钟');
sign('个', '个');
sign('半', '半');
sign('整', '整 正');
sign('差', '差');
sign('过', '过');
sign('到', '到 至 ~ ~~ 〜 – — ― —— ー to');
sign('-', '- -- −');
sign('前', '前 之前 以前');
sign('后', '后 之后 以后 过后');
sign('内', '内 之内 以内 之间');
sign('起', '起 始');
sign('开始', '开始');
sign('截止', '截止 截止到 截至 截止至 截至到 最晚 最迟 不晚于 不迟于 赶在');
sign('从', '从 自 于 由 打从 自从');
sign('每', '每 每个 every');
sign('每天', '每天 每日 天天 每一天 日日 daily');
sign('隔', '隔 每隔 间隔');
sign('逢', '逢 每逢');
sign('第', '第');
sign('最后', '最后 最后一个 最末');
sign('的', '的 那个');
sign('和', '和 、 跟 与 及 以及');
sign(',', ',');
sign('(', '(');
sign(')', ')');
sign('/', '/');
sign('.', '. ·');
sign(':', ':');
sign('闰', '闰');
sign('农历', '农历 阴历 旧历 夏历');
sign('初', '初');
sign('底', '底 末尾');
sign('上半年', '上半年');
sign('下半年', '下半年');
sign('工作日', '工作日 个工作日');
sign('双周', '双周');
sign('am', 'am');
sign('pm', 'pm');
sign('h', 'h');
sign('m', 'm');
sign('s', 's');
sign('再过', '再过 再等');
sign('首', '首');
sign('未来', '未来 接下来 今后 往后 接下去');
sign('过去', '过去 最近 近');
sign('当天', '当天 当日 那天 这天 那一天');
sign('全天', '全天 整天 一整天 全日');
sign('左右', '左右 前后');
sign('下班', '下班');
sign('上班', '上班');
sign('结束', '结束 为止 止');
sign('一次', '一次');
sign('又', '又 加 余 外加');
sign('现在', '现在 此刻 当前 目前 此时 now');
sign('节', '节 假期');
sign('前一天', '前一天 前一日');
sign('后一天', '后一天 后一日');
sign('节后', '节后 假后 年后');
sign('开', '开 开会');
sign('用到', '开到 用到 借到 住到 待到 忙到 直到 一直到 持续到 延长到 延长至 开至');
sign('多', '多 来');

part('dawn', '凌晨 拂晓 黎明');
part(
  'am',
  '早上 上午 早晨 清晨 清早 一早 大清早 大早 大早上 一大早 早间 晨间 头晌 午前 上半天 morning',
);
part('noon', '中午 正午 晌午 午间 noon');
part('pm', '下午 午后 下晌 后晌 下半天 afternoon');
part('evening', '傍晚 晚上 夜里 夜间 夜晚 晚间 深夜 半夜 午夜 入夜 大半夜 黄昏 夜半 evening night');
part('am', '早 晨', true);
part('noon', '午', true);
part('evening', '晚 夜', true);

relative(-2, '上上 上上个');
relative(-1, '上 上个 上一 上一个 last');
relative(0, '本 这 这个 这一 这一个 本个 当 this');
relative(1, '下 下个 下一 下一个 next');
relative(2, '下下 下下个');
relative(3, '下下下 下下下个');

lastYears(-3, '大前年');
lastYears(-2, '前年');
lastYears(-1, '去年');
lastYears(0, '今年 本年 这年');
lastYears(1, '明年');
lastYears(2, '后年');
lastYears(3, '大后年');

add('次日 翌日 隔天 隔日 转天', { kind: 'following' });

add('上旬', { kind: 'tenDays', third: 1 });
add('中旬', { kind: 'tenDays', third: 2 });
add('下旬', { kind: 'tenDays', third: 3 });

add('正月 大年', { kind: 'lunarMonth', month: 1 });
add('冬月', { kind: 'lunarMonth', month: 11 });
add('腊月', { kind: 'lunarMonth', month: 12 });

/** Days by their distance from today, and the endings that make words of them. */
const days = [
  ['今', 0],
  ['明', 1],
  ['后', 2],
  ['大后', 3],
  ['大大后', 4],
  ['昨', -1],
  ['前', -2],
  ['大前', -3],
  ['大大前', -4],
] as const;

for (const [stem, offset] of days)
  for (const ending of ['天', '日', '儿', '儿个', '个儿', '天儿'])
    add(stem + ending, { kind: 'day', days: offset });

/** 今晚, 明早: 后晚 and 前晚 are missing because 三天后晚上 needs its 后. */
const mornings: readonly (readonly [string, DayPart])[] = [
  ['早', 'am'],
  ['早上', 'am'],
  ['晨', 'am'],
  ['上午', 'am'],
  ['中午', 'noon'],
  ['下午', 'pm'],
  ['晚', 'evening'],
  ['晚上', 'evening'],
  ['夜', 'evening'],
  ['夜里', 'evening'],
];

for (const [stem, offset] of [
  ['今', 0],
  ['明', 1],
  ['昨', -1],
  ['大后', 3],
  ['大前', -3],
] as const)
  for (const [ending, name] of mornings)
    words.set(stem + ending, [
      [stem.length, { kind: 'day', days: offset }],
      [ending.length, { kind: 'part', part: name, short: false }],
    ]);

for (const stem of ['次', '翌'])
  for (const [ending, name] of mornings)
    words.set(stem + ending, [
      [1, { kind: 'following' }],
      [ending.length, { kind: 'part', part: name, short: false }],
    ]);

words.set('每晚', [
  [1, { kind: 'sign', sign: '每天' }],
  [1, { kind: 'part', part: 'evening', short: false }],
]);
words.set('每早', [
  [1, { kind: 'sign', sign: '每天' }],
  [1, { kind: 'part', part: 'am', short: false }],
]);

add('即日', { kind: 'day', days: 0 });
add('today', { kind: 'day', days: 0 });
add('tomorrow tmr tmrw', { kind: 'day', days: 1 });
add('yesterday', { kind: 'day', days: -1 });
words.set('tonight', [
  [2, { kind: 'day', days: 0 }],
  [5, { kind: 'part', part: 'evening', short: false }],
]);
for (const [index, names] of [
  'monday mon',
  'tuesday tue tues',
  'wednesday wed',
  'thursday thu thur thurs',
  'friday fri',
  'saturday sat',
  'sunday sun',
].entries())
  add(names, { kind: 'weekday', weekday: index + 1 });

for (const [name, festival] of festivals) {
  add(name, { kind: 'festival', festival });
  if (!name.endsWith('节')) add(`${name}节`, { kind: 'festival', festival });
}

/** 明后两天, 今明两年: neighbours said together. */
for (const [spellings, first, last] of [
  ['今明 今明天', 0, 1],
  ['明后 明后天', 1, 2],
  ['今明后', 0, 2],
  ['昨今', -1, 0],
] as const)
  add(spellings, { kind: 'neighbours', first, last });

/** Look like times and are none. */
add(
  '今日头条 明日之后 前台 前面 前门 前往 前任 前端 前厅 后台 后勤 后面 后门 后续 后端 后厨 内部 内存 内网 内线 内容 起来 起草 起飞 ' +
    '有一点 早一点 晚一点 早点 晚点 快一点 慢一点 差一点 好一点 多一点 少一点 大一点 小一点 高一点 低一点 亮一点 一点点 一点儿 ' +
    '早稻田 开水 开门 开关 到底 正式 正常 正在 正好 整理 整改 整套 整体 差旅 差不多 过来 周年 周边 号线 号码 小时候 时候 时间 时段 时钟 ' +
    '一下 一下午 一上午 年代 早上好 上午好 中午好 下午好 晚上好 下午茶 半成品 午饭 午餐 午休 早餐 早饭 早会 早班 晚餐 晚饭 晚会 晚班 晚宴 夜班 夜宵 日程 日本 日元 天津 天花板 天气 季节',
  { kind: 'text' },
);

/** All words, by spelling. */
export const vocabulary: ReadonlyMap<string, Word> = words;
