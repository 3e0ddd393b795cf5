import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { looking, progress } from '../../language/phrases.ts';
import { requestNumber } from '../../language/slots/codes.ts';
import { targets } from './targets.ts';

/** Asks how a deadline came about. */
const whyThen: readonly string[] = said(`
  为什么是这个时间 为啥是这个时间 怎么是这个时间 为什么是这个点 这个时间怎么算的 时间怎么算的 时间是怎么算的
  期限怎么算的 截止时间怎么算的 截止时间怎么来的 到期时间怎么算的 怎么算到 怎么算出来的 为什么这么晚到期 才到期 why_this_time
  why_this_deadline how_is_the_deadline how_was_the_deadline why_is_it_due
`);

/** Asks after one's own requests: 我的申请, TRIP-26-0001 到哪了. */
export const query: HeardAs = {
  intent: 'query.mine',
  wish: true,
  words: {
    inquire: progress,
    list: said(`
      几次 多少次 列一下 列出来 汇总 统计 有哪些 哪些 有几个 几个 多少 列表 记录 历史 清单
      查一下 查询 查 看看 看一下 查看 帮我看 是几点 几点 哪天 什么时候 哪个 是哪 在哪 列出
      显示 show status
    `),
    mine: said(`
      上次订 之前订 上回订 之前领 上次领 我的 我订的 我定的 我约的 我预订 我预约 我申请
      我提交 我提的 我报的 我领的 我领过 我发起 我名下 我这周 我订了 我定了 我约了 我领了
      我提了 我报了 我借了 我今天 我明天 我下周 我上周 我本月 我这个月 我上个月 我有 我要审
      我昨天 我上次 我最近 本人 我借 我填 我还有 我都 我刚 my
    `),
    thing: said(`
      申请 申请单 单子 单 会议室 出差 差旅 报修 工单 办公用品 用品 预订 预约 用印 盖章 访客
      资产 领用 审批 申领 维修 流程 文具 物资 request 采购
    `),
    status: said(`
      没批 没审批 未批 没处理 被驳回 已通过 审批中 待审批 未审批 已驳回 没通过 处理中 进行中
      被退回
    `),
    own: said(`
      我的申请 我的单子 我的预订 我的预约 我的报修 我的工单 我的出差 我的会议室 我的审批
      我的流程 申请记录 我的会议
    `),
    undo: ['取消', '撤回', '撤销', '改成', '改到', '改为', '推迟', '换成', '催'],
    ask: said(`天气 路线 快递 工资 密码是 菜单 评分 电影 酒店 餐 景点 地址 闹钟 播放 歌`),
    minutes: ['纪要', '会议记录', '公文', '发文', '收文'],
    waiting: ['待我审批', '等我审批', '待我处理', '要我批', '我要审批', '我审批', '需要我'],
    book: ['订一', '订个', '帮我订', '预订一', '领一', '要领', '申请一', '我要出差', '我有急事'],
    assetno: ['资产编号', '资产标签'],
    free: ['有空', '空闲', '没人用', '有人用', '空着', '可用'],
    agenda: ['有什么会', '有哪些会', '有会吗', '有几个会', '有什么会议', '有哪些会议'],
    look: looking,
    progress: ['进度', '进展', '状态'],
    why: whyThen,
  },
  cues: [
    [4, 'own'],
    [4.5, 'agenda'],
    [3, '^look thing'],
    [1, '^look thing @time'],
    [-4, 'assetno'],
    [-3, 'free'],
    [1.5, 'own !inquire'],
    [2, 'inquire'],
    [3, '@asked'],
    [1.5, '@asked thing'],
    [3, 'inquire thing'],
    [1.5, 'inquire mine'],
    [3, 'mine list thing'],
    [1.5, 'mine list'],
    [1, 'mine thing'],
    [1.5, 'list thing @what'],
    [3.5, 'status list'],
    [3.5, '@id inquire'],
    [3, '@id list'],
    [2.5, '@id @what'],
    [1.5, '@id'],
    [2.5, 'progress'],
    [-4, 'undo'],
    [-5, 'ask'],
    [-3, 'minutes'],
    [-3, 'book'],
    [-3, 'waiting'],
    [-3, '@how !inquire'],
    [6, 'why'],
  ],
  slots: {
    id: { sort: 'code', pattern: requestNumber },
    target: { sort: 'term', of: targets },
    why: { sort: 'flag', words: whyThen },
    status: {
      sort: 'term',
      of: {
        pending: said(`
          待审批 审批中 待审 未审批 没批 还没批 未完成 待处理 处理中 进行中 没审批 在审批
          未通过审批的 没处理 未处理
        `),
        rejected: said(`被驳回 驳回 被拒 拒绝 没通过 未通过 被退回 退回 打回 不通过 不同意`),
        approved: said(`
          已通过 通过的 批准的 已批准 审批通过 已经通过 已同意 批过的 已批 批了的 通过了的
          已审批
        `),
      },
    },
    when: { sort: 'when', shape: 'any' },
  },
  examples: [
    { says: '我的申请', means: {} },
    { says: 'TRIP-26-0001 到哪了', means: { id: 'TRIP-26-0001' } },
    { says: '我的报修处理得怎么样了', means: { target: 'repair' } },
    { says: 'TRIP-26-0001 的截止时间怎么算的', means: { id: 'TRIP-26-0001', why: true } },
  ],
};

/** Nudges whoever a request waits for: 催一下. */
export const urge: HeardAs = {
  intent: 'urge',
  wish: true,
  words: {
    urge: ['催一下', '催催', '催办', '催促', '催一催', '帮我催', '催下', '再催', '催审批', '催'],
    other: ['催款', '催收', '催化'],
  },
  cues: [
    [5, 'urge'],
    [1.5, 'urge @id'],
    [-6, 'other'],
  ],
  slots: {
    id: { sort: 'code', pattern: requestNumber },
    target: { sort: 'term', of: targets },
    person: { sort: 'person', after: ['催一下', '催催', '催'], anywhere: true },
  },
  examples: [{ says: '帮我催一下出差申请', means: { target: 'travel' } }],
};
