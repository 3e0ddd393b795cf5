import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { requestNumber } from '../../language/slots/codes.ts';
import { requestSorts } from './targets.ts';

const approving =
  '可以的 可以， 申请可以 那个可以 没意见 准奏 放行 签核通过 核可 照准 照办 批示同意 可行 可以办 予以批准 予以通过 准许 允许 批给他 批给她 给批 给签 签了 签字 ok过 同意办理 同意申请 同意报 就按这个办 同意 批准 准了 批了 准 核准 通过 批了 批吧 批一下 审批通过 审核通过 准予 可以通过 没问题，通过 没意见 无异议 approve approved agree 同意了 给过 给他过 给她过 过了吧 批掉 ok同意'.split(
    ' ',
  );
const rejecting =
  '这个不行 不妥 不合适 没法批 先不同意 不能同意 驳掉 退回补正 退回补充 补正 退件 退单 退回修改 打回修改 退给他 退给她 给退 打回来 不能过 别让过 卡掉 毙了 枪毙 驳回 拒绝 不能批 没法批 别批 不可以批 别通过 不同意 不批准 不批 不通过 退回 退回去 打回 打回去 打回重填 reject rejected 否决 不准 拒了 驳了 不予批准 不予通过'.split(
    ' ',
  );
const transferring =
  '呈请 呈送 呈报 呈 代为审核 代为审批 代审 代批 转副 转主 转财务 转法务 转给 转交 转审 转批 转到 转 加签 加签给 委托给 让给 交给 移交给 转发给 forward'.split(
    ' ',
  );
const holding =
  '先放放 放放再说 先压着 压着 等我看看 我再看看 我再想想 我考虑一下 回头再批 回头批 缓缓 先缓缓 先别动 先不处理 等等再说 先放着 先挂着 挂着 先挂 压一下 先压 压着 放一下 晾一晾 放一放 缓一缓 暂缓 搁置 先搁 挂起 稍后再批 先不批 暂不批 等一下再批 再等等 先等等 晚点再批 晚点批 再批 晚点再批 晚点再看 压一压 暂不处理 先别批 hold'.split(
    ' ',
  );

/** 第二个, 第2单, 第二张: a place in the list of what waits. */
const nth = (word: string, figure: number): readonly string[] =>
  ['个', '条', '单', '张', '份', '件', '笔', '项'].flatMap((unit) => [
    `第${word}${unit}`,
    `第${figure}${unit}`,
  ]);

/** An approver decides: 同意 TRIP-26-0042, 驳回，预算超了, 转给刘总. */
export const approval: HeardAs = {
  intent: 'approval.act',
  wish: true,
  words: {
    approve: approving,
    reject: rejecting,
    transfer: transferring,
    strongTransfer: said(`加签给 转交给 转审给 转交 转审 转批 加签 委托给 转给`),
    hold: holding,
    subject: said(`
      申请 单子 这单 那单 这条 这个单 这个 那条 审批 报销 采购 出差 用印 领用 待审批 流程
      全部 所有 都 第一 第二 第三 他的 她的 的单
    `),
    comment: said(`理由 原因 意见 因为 预算 重填 补充材料 协助办理 重新提交 金额`),
    mine: said(`
      批了吗 批了没 通过了吗 通过没 到哪 进度 谁批 什么时候 我的申请 状态 通过的 被驳回
      驳回的 有哪些 几个 通过了没 批下来 批准了吗 批没批 审批流程 我申请 能通过 批了么
      审批到
    `),
    book: said(`
      订 预订 领 盖 借 我要 提醒 测试 通过率 考试 会议室 登记 快递 文件 资产 保险柜 电脑
      邮件 通知 固定资产 录音
    `),
    send: ['发给', '抄送', '传达', '传阅'],
    talk: said(`
      通过什么 怎么 闹钟 餐 酒店 准备 准时 标准 不准 准确 水准 批发 批次 一批 转账 转换 转接
      转正 转椅 空转 不转 周转 运转 转转 旋转
    `),
    bulk: ['全部', '所有', '都', '一起', '一律', '统统', '通通', '全给', '一并'],
  },
  cues: [
    [3, '^approve'],
    [2, 'approve'],
    [1.5, 'approve subject'],
    [1, 'approve @person'],
    [2, 'approve$ ^approve'],
    [3, '^reject'],
    [2.5, 'reject'],
    [1.5, 'reject subject'],
    [3, 'strongTransfer'],
    [2, 'transfer @person'],
    [1, 'transfer subject'],
    [4, 'hold'],
    [2, '@id approve'],
    [2, '@id reject'],
    [0.5, 'comment approve'],
    [0.5, 'comment reject'],
    [3, 'bulk approve'],
    [2, 'bulk reject'],
    [3, 'approve$ subject'],
    [2, 'reject @person'],
    [-4.5, 'mine'],
    [-3, 'book'],
    [-3, 'talk !subject'],
    [-2, 'send'],
    [-2.5, '@ask'],
    [-3, '@how'],
  ],
  slots: {
    action: {
      sort: 'term',
      prefer: ['transfer'],
      of: {
        approve: approving,
        reject: rejecting,
        transfer: [...transferring, '审阅', '批示', '审定', '复核'],
        hold: holding,
        '': ['通过了吗', '一批', '批次'],
      },
    },
    id: { sort: 'code', pattern: requestNumber },
    target: { sort: 'term', of: requestSorts },
    person: {
      sort: 'person',
      close: true,
      after: said(`
        呈请 呈送 呈报 呈 加签给 转交给 转给 转交 转审给 加签 委托给 交给 批准 同意 驳回 退回 核准 拒绝 通过
        把 approve reject 转到 给财务 批了 批
      `),
      before: said(`
        的申请 的出差 的用印 的领用 的采购 的报销 的单子 的单 提交的 发起的 申请的 那个 那单
        的那 的会议室 发的那 提的那 报的那 交的那 那份 这份 那趟 代为 代审 代批
      `),
      anywhere: true,
    },
    all: {
      sort: 'flag',
      words: said(
        `一律 全给 全数 都给 都签 都准 都可以 都行 通通 一并 全部 所有 全都 都同意 都批 都通过 都驳回 统统 一起批 批量 一键`,
      ),
    },
    index: {
      sort: 'term',
      of: {
        1: nth('一', 1),
        2: nth('二', 2),
        3: nth('三', 3),
        4: nth('四', 4),
        5: nth('五', 5),
      },
    },
    comment: {
      sort: 'rest',
      after: ['理由是', '理由', '原因是', '原因', '意见是', '意见', '因为', '备注'],
      apart: [...approving, ...rejecting, ...holding],
      whole: true,
    },
  },
  examples: [
    { says: '同意 TRIP-26-0042', means: { action: 'approve', id: 'TRIP-26-0042' } },
    { says: '驳回，预算超了', means: { action: 'reject', comment: '预算超了' } },
    { says: '转给刘总审批', means: { action: 'transfer', person: '刘总' } },
  ],
};
