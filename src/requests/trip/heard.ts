import type { HeardAs, Terms } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { deciding, looking, progress, refusing, takingBack } from '../../language/phrases.ts';
import { urgency } from '../../language/urgency.ts';

/** Ways of travelling. */
export const transport: Terms = {
  高铁: ['高铁', '动车', '城际', '二等座', '一等座', '商务座', 'gaotie'],
  飞机: said(`飞机 坐飞机 乘机 飞往 飞去 飞到 飞 航班 机票 经济舱 商务舱 乘飞机 航空 flight fly`),
  火车: ['火车', '坐火车', '卧铺', '硬卧', '软卧', '绿皮车', '普快', '硬座', '列车', 'train'],
  自驾: ['自驾', '开车', '自己开车', '驾车', '私车', '自驾车'],
  汽车: said(`
    汽车 大巴 客车 班车 长途车 租车 包车 公司派车 派车 商务车 中巴 公务车 专车 打车 用车
    坐车 bus
  `),
};

/** Classes of seats and berths. */
export const seats: Terms = {
  二等座: ['二等座'],
  一等座: ['一等座'],
  商务座: ['商务座', '特等座'],
  经济舱: ['经济舱'],
  商务舱: ['商务舱', '公务舱'],
  头等舱: ['头等舱'],
  硬座: ['硬座'],
  硬卧: ['硬卧'],
  软卧: ['软卧'],
};

/** What people do at the other end of a business trip. */
const doings =
  '述职 盯生产 盯项目 盯现场 看样 验厂 验机 开评审会 学习 听课 上课 交货 催款 收款 对账 盘库 踩点 拍摄 采访 评审 陪客户 陪领导 谈合同 谈项目 复核 取证 报到 年检 换证 见客户 见 拜访 走访 参加 出席 参会 开会 参展 培训 做培训 讲课 洽谈 谈 谈判 签约 签合同 签 对接 沟通 交流 考察 调研 学习 参观 验收 检查 审计 巡检 巡店 安装 调试 部署 实施 做实施 做 驻场 出庭 开庭 支持 支援 维护 处理 培训客户 面试 招聘 校招 采购 验货 监造 盘点 办理 办 送货 送 接待 售后 维修 演示 汇报 答辩 路演 投标 开标 述标 招标 开展 跟进 推进 协助 指导 督导 慰问 探望 看厂 看现场 看项目 勘察 踏勘 测试 交付 上线 宣讲 布展 搭展 会见 跑客户 跑市场 跑项目 跑工地 跑展会 跑一家 跑两家 跑三家 跑几家 跑两个 跑几个 约了客户'.split(
    ' ',
  );

/** Requests for business trips. */
export const heardAs: HeardAs = {
  intent: 'travel.request',
  wish: true,
  words: {
    aside: said('出差用 出差要用 出差时用 出差带 路上用'),
    trip: said(`
      出差 出趟差 出个差 出一趟差 差旅 出差申请 差旅申请 出差报备 外出公干 公差 公出
      business_trip 出差单 因公外出
    `),
    go: said(
      `跑趟 跑一下 走一趟 走趟 飞一趟 飞趟 去 到 飞 赴 前往 往 飞往 去趟 去一趟 跑一趟 出发 启程 抵`,
    ),
    vehicle: Object.values(transport).flat(),
    back: ['回', '返回', '返程', '回来', '当天来回', '往返', '来回', '出发', '回京', '回沪'],
    doing: doings,
    flow: ['走个流程', '走流程', '报备', '申请', '批一下', '审批', '安排', '提个', '提一个'],
    book: ['订票', '买票', '订机票', '订酒店', '住宿', '机票', '车票', '火车票', '高铁票'],
    leisure: said(`
      景点 餐馆 餐厅 评分 好玩 游玩 旅游 玩 吃 周边 附近 门票 天气 出租车 电影 下雨 下雪
      热吗 冷吗 路线 多远 地铁 怎么走 菜
    `),
    undo: takingBack,
    decide: deciding,
    look: looking,
    refuse: refusing,
    change: said(`
      多待 多住 多呆 晚回 早回 晚一天回 早一天回 延长 改成 改到 改为 换成 推迟 提前到 延期
      改签 变更 缩短
    `),
    approve: said(`同意 批准 驳回 通过 核准 审批到 不批 退回 准了 批一下 批了`),
    mine: [...progress, ...said(`进度 到哪 批了吗 状态 我的出差 审批到 单子 通过了吗 批下来`)],
    claim: ['报销', '补贴', '标准', '津贴', '发票'],
    none: ['拜访客户', '走访客户', '回访客户', '拜访客'],
    visit: ['来访', '访客', '接待', '过来', '来我们', '来公司', '登记'],
    ticket: ['几点有票', '有票吗', '多少钱', '票价', '余票', '车次', '时刻表'],
    remind: ['提醒', '别忘', '记得'],
    supply: said(
      `领一 领取 领用 领几 领两 申领 带章 公章 合同章 印章 借章 用印 盖章 报废 借用 快递 打印`,
    ),
    minutes: ['纪要', '会议记录'],
  },
  cues: [
    [-5, '@past'],
    [4, 'trip'],
    [1.5, 'trip @city'],
    [1, 'trip @time'],
    [1, 'trip @length'],
    [1, 'trip flow'],
    [2, '@bound'],
    [1.5, '@bound @time'],
    [1, '@bound @days'],
    [1.5, '@bound vehicle'],
    [1, '@bound back'],
    [1, '@bound doing'],
    [0.5, '@bound @length'],
    [0.5, '@bound @people'],
    [1, '@city vehicle @time'],
    [1.5, '@city vehicle @length'],
    [0.5, '@city back'],
    [1.5, 'go vehicle @days'],
    [2, 'go doing @length'],
    [1.5, 'go doing @days'],
    [1, 'book @city @time'],
    [-5, 'leisure'],
    [-4, 'undo'],
    [-4, 'refuse>trip'],
    [-3, 'change'],
    [-3.5, 'approve'],
    [-4, 'mine'],
    [-4, 'decide'],
    [-4, '@dropped'],
    [-5, 'aside'],
    [-3, '@tells'],
    [-3, '^look'],
    [-4, '@asked'],
    [-5, 'claim'],
    [-3, 'visit'],
    [-5, 'ticket'],
    [-3, 'remind'],
    [-3, 'supply'],
    [-2, 'minutes'],
    [-3, '@how'],
    [-2, '@what'],
    [-1, '@ask !flow'],
  ],
  slots: {
    from: { sort: 'origin' },
    to: { sort: 'destinations' },
    when: { sort: 'when', shape: 'days' },
    duration: { sort: 'length' },
    transport: { sort: 'term', of: transport, only: true },
    people: { sort: 'headcount' },
    companions: {
      sort: 'persons',
      after: said(`随行人员 随行 同行人员 同行人 同行 陪同 和 与 跟 带上 带 陪着 陪 一起的有`),
      before: ['和我', '与我', '跟我', '及我', '还有我'],
    },
    legs: { sort: 'legs', of: transport },
    nightly: { sort: 'nightly' },
    seat: { sort: 'term', of: seats, only: true },
    hotel: {
      sort: 'flag',
      words: said(`
        住宿你们 住宿帮 酒店也 帮订住 订好酒店 安排住 订房 订个房 订间房 酒店你们 需订饭店 订饭店 订旅馆 住宿请 酒店请 订酒店 定酒店 需要酒店 安排酒店 需要住宿 安排住宿 要住宿 订住宿 住酒店 要住酒店
        订个酒店 定个酒店 订宾馆 酒店帮
      `),
    },
    budget: { sort: 'money' },
    purpose: {
      sort: 'purpose',
      verbs: doings,
      after: ['目的是', '事由', '原因', '用途', '出差目的', '出差事由', '任务'],
    },
    priority: { sort: 'term', of: urgency },
  },
  examples: [
    {
      says: '下周二到周四去上海出差，坐高铁，见客户',
      means: { to: ['上海'], transport: '高铁', purpose: '见客户' },
    },
    {
      says: '3月9号飞深圳拜访客户，三天',
      means: { to: ['深圳'], transport: '飞机', purpose: '拜访客户' },
    },
  ],
};
