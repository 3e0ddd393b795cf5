import type { Terms } from '../../language/lexicon.ts';

/** What sort of request is spoken of, in words that name the sort and in words that only belong to it. */
export const targets: Terms = {
  room: '房间 那间房 间房 会议室预约 会议室 会议间 订的会议 会议预订 会议预约 会议 报告厅 多功能厅 培训室 洽谈室 会客室 订房 meeting room 例会 评审会 周会 meeting 会'.split(
    ' ',
  ),
  space: '工位 静音舱 车位'.split(' '),
  supplies:
    '办公用品 领用申请 申领 领用 领料 物资 文具 用品申请 用品 耗材 采购申请 请购 请购单 领的 物品 签字笔 打印纸 a4纸 a4 墨盒 硒鼓 笔记本 鼠标 键盘 中性笔 笔 纸'.split(
      ' ',
    ),
  travel: '出差申请 出差单 公出 出差 差旅 行程 机票 高铁票 火车票 车票 '.trim().split(' '),
  repair: '报修 维修 工单 报障单 修理 报障 维修单 报修单'.split(' '),
  visitor: '访客预约 门岗登记 访客 来访 客人 访客登记 接待'.split(' '),
  seal: '用印申请 用印 盖章 公章 合同章 印章 用章'.split(' '),
  document: '公文 发文 呈批件 拟文 收文 请示 红头文件'.split(' '),
  asset: '资产 固定资产 领用资产 借用 借的'.split(' '),
  todo: '待办 提醒 任务 todo 待办事项'.split(' '),
  '': '开会 会不会 不会 会议纪要 机会 社会 会计 等会 一会 待会 这会 那会 才会 都会 会儿 我会 会来 会到 会后 收会 会把 要会'.split(
    ' ',
  ),
};

/** Sorts of requests as approvers name them (李明的出差申请). */
export const requestSorts: Terms = {
  room: ['会议室申请', '会议室预订', '会议室', '用会议室'],
  supplies: ['领用申请', '申领单', '申领', '领用', '办公用品', '物资申请', '物资', '用品'],
  travel: ['出差申请', '出差单', '出差', '差旅'],
  repair: ['报修', '维修申请', '维修', '工单'],
  visitor: ['访客', '来访'],
  seal: ['用印申请', '用印', '盖章', '公章', '用章'],
  document: ['公文', '发文'],
  asset: ['资产领用', '资产'],
};
