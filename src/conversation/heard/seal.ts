import { deciding, looking, progress } from '../../language/phrases.ts';
import type { HeardAs, Terms } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { urgency } from '../../language/urgency.ts';

export const seals: Terms = {
  公章: ['公章', '公司章', '大章', '行政公章'],
  合同章: ['合同章', '合同专用章', '合同用章'],
  财务章: ['财务章', '财务专用章', '财务用章'],
  法人章: ['法人章', '法人名章', '法人代表章', '法定代表人章', '法人私章'],
  发票章: ['发票章', '发票专用章'],
  人事章: ['人事章', '人事专用章', 'hr章', '人力资源章'],
  行政章: ['行政章', '行政专用章'],
  电子公章: ['电子公章', '电子章', '电子签章', '电子印章'],
  项目章: ['项目章', '项目部章', '项目专用章'],
};

/** Kinds of papers that get sealed. */
const papers =
  '合同 劳务合同 施工合同 供货合同 承包合同 代理合同 聘用合同 招标文件 资料 审计报告 检测报告 财务报表 报表 年报 验资报告 工资表 采购合同 销售合同 劳动合同 租赁合同 服务合同 租房合同 协议 保密协议 合作协议 框架协议 补充协议 三方协议 委托书 授权委托书 授权书 法人授权书 证明 离职证明 在职证明 收入证明 工作证明 实习证明 报价单 报价函 投标文件 投标书 标书 投标保函 保函 介绍信 公司介绍信 营业执照 营业执照复印件 复印件 函 函件 询证函 邀请函 说明 情况说明 承诺书 申请书 申请表 报告 验收单 验收报告 订单 对账单 收据 发票 回执 结算单 送货单 任命书 通知书 资质文件 资质 材料 文件 确认函 担保书 推荐信 公函 表格 签证材料 询价单 报销单 聘书 offer 录用通知书 社保材料 工资证明 采购单 出货单 盖章页 担保函 备案表 审批表 请款单 付款通知 决议 股东会决议 章程 意向书 备忘录 声明 奖状 证书 催款函 律师函 nda'.split(
    ' ',
  );

/** What papers are called by their last word: 工程签证单, 经费决算报表, 同意书. */
const paperEndings =
  '单 表 书 函 证明 协议 合同 报告 报表 说明 申请 材料 文件 证 票 收据 凭证 清单 方案 决议 纪要 名册 协议书 保函 通知 公示 登记表 承诺'.split(
    ' ',
  );

/** Asks for a document to be sealed, or for a seal to be taken out: 劳动合同盖公章，两份. */
export const seal: HeardAs = {
  intent: 'seal.request',
  wish: true,
  words: {
    decide: deciding,
    look: looking,
    progress,
    seal: [
      ...Object.values(seals).flat(),
      ...said(`骑缝章 印章 章 盖章 用印 用章 盖个章 盖一下章 盖个 加盖 盖`),
    ],
    stamp: said(`
      盖章 用印 用章 盖个章 盖一下章 盖一下 盖 加盖 盖个 骑缝章 带章 带公章 带合同章
      带法人章 带着公章 外借 借章 借出 外带 盖好章 签章
    `),
    paper: papers,
    sealOnly: Object.values(seals).flat(),
    chapter: said(`
      章程 文章 章节 规章 第一章 勋章 徽章 肩章 奖章 违章 盖子 杯盖 井盖 盖不 盖饭 覆盖 张章
      图章公司 印章坏 马桶盖 涵盖 掩盖 盖住 瓶盖
    `),
    carry: ['带', '借', '拿', '外带', '携带'],
    undo: ['取消', '撤回', '撤销', '作废', '不用盖', '不盖了'],
    mine: said(`进度 批了吗 到哪 状态 审批到 我的用印 盖好了吗 通过了吗 记录 申请到 盖了吗 批下来`),
    approve: ['同意', '批准', '驳回', '转给', '核准', '通过'],
    doc: ['公文', '拟', '起草', '归档', '传阅'],
    remind: ['提醒', '待办', '记得'],
  },
  cues: [
    [3, 'stamp'],
    [2.5, 'seal'],
    [2, 'seal paper'],
    [1, 'stamp paper'],
    [1, 'sealOnly @time'],
    [3, 'carry>sealOnly'],
    [-5, 'chapter !stamp'],
    [-4, 'undo'],
    [-4, '@dropped'],
    [-4.5, 'mine'],
    [-4, 'approve'],
    [-2, 'doc'],
    [-3, 'remind'],
    [-3.5, '@how'],
    [-4, '@asked'],
    [-3.5, 'decide'],
    [-3, '^look'],
    [-3.5, 'progress'],
  ],
  slots: {
    seal: { sort: 'terms', of: seals },
    document: {
      sort: 'thing',
      endings: paperEndings,
      known: papers,
      not: Object.values(seals).flat(),
    },
    copies: { sort: 'count', of: papers, units: ['份', '式', '页', '本', '套', '张'] },
    takeout: {
      sort: 'flag',
      words: said(`
        借公章 借合同章 借法人章 借财务章 章出去 章外出 章带走 出去用 外出用 外出办 出去办 带去 拿去 带到 带章 外借 借出 外带 带出 拿出去 借章 带走 外出使用 带公章 带着章 带合同章 把章带
        章带
      `),
    },
    when: { sort: 'when' },
    duration: { sort: 'length' },
    priority: { sort: 'term', of: urgency },
  },
  examples: [
    { says: '租赁合同盖公章，两份', means: { seal: ['公章'], document: '租赁合同', copies: 2 } },
  ],
};
