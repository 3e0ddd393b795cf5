import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';

const kinds = said(`
  通知 请示 报告 决定 函 公告 通报 批复 意见 情况说明 说明 通告 命令 决议 公函 任命 任免通知
  管理办法 制度 请示函 放假通知 会议通知 简报 工作总结 方案
`);

/** Official papers: drafting, numbering, circulating, filing. */
export const document: HeardAs = {
  intent: 'document',
  wish: true,
  words: {
    paper: said(`
      红头 会签单 传签 公函 发函 公文 发文 收文 红头文件 来文 文号 发文编号 发文字号 拟稿
      文件传阅 签报 呈批件 号文 呈报 会签稿 电子公文
    `),
    kind: kinds,
    act: said(`
      写份 拟份 套个 出份 编个 行文 起草 拟 拟一份 拟个 草拟 撰写 写一份 写个 写一个 出一个
      出个 发一个 发个 传阅 归档 登记 会签 校对 下发 印发 签发 报送 呈送 转发 发给 催办
      帮我写 发布 编号 送审 拟稿 拟订 核稿 套红 传达 存档 抄送
    `),
    strong: said(
      `拟一份 拟份 写一份 写份 起草 拟一 拟个 草拟 拟稿 印发 下发 传阅 签发 拟 呈送 套红`,
    ),
    file: ['文件', '材料'],
    minutes: ['纪要', '会议纪要', '会议记录', '周会', '例会', '录音'],
    labelled: ['请示：', '通知：', '报告：', '函：', '批复：', '公告：'],
    number: ['发文编号', '发文字号', '文号', '取号', '编个文号'],
    seal: ['盖章', '公章', '用印', '盖', '合同章'],
    remind: ['提醒', '待办', '通知我', '记得'],
    supply: said(`领一 领取 申领 领几 领用 盒 文件夹 打印纸 文件纸 红头文件纸 文件柜`),
    mine: ['我的申请', '进度', '批了吗'],
    talk: ['天气', '播放', '多少钱', '酒店', '专辑', '电影'],
    broken: ['坏', '漏', '报警', '不了', '打不开'],
    how: ['补贴', '住宿'],
  },
  cues: [
    [4, 'paper'],
    [1, 'paper act'],
    [3.5, 'number'],
    [4, '^labelled'],
    [3.5, 'kind strong'],
    [3.5, 'kind act'],
    [3, 'file act'],
    [-4, 'minutes'],
    [-2.5, 'seal'],
    [-3, 'remind'],
    [-3, 'supply'],
    [-2, 'mine'],
    [-4, 'talk'],
    [-4, 'broken'],
    [-1.5, '@how !paper'],
    [-3, 'how'],
  ],
  slots: {
    action: {
      sort: 'term',
      of: {
        draft: said(`起草 拟 草拟 套个 撰写 写 出一个 出个 帮我写 发文： 发文: 拟稿 发个 发一个`),
        circulate: ['会签单', '传签', '传阅', '阅知', '传看', '给各', '传给', '转阅', '传达'],
        receive: ['收文', '收文登记', '来文登记', '登记'],
        number: ['编号', '发文号', '编个号', '文号', '取号', '发文字号', '要个号', '编个号'],
        query: said(`走到哪 到哪 查 找 查询 查一下 在哪 有没有 检索 看一下 看看`),
        remind: ['催办', '催'],
        send: ['下发', '印发', '发给', '发送', '报送', '转发', '呈送', '抄送', '发到'],
        submit: ['送审', '提交审核', '提交', '呈批', '上报'],
        sign: ['签发', '会签', '签批'],
        archive: ['归档', '存档'],
        proofread: ['校对', '核稿', '审校'],
        revoke: ['撤回', '作废', '撤销', '废止'],
        '': said('情况 已签发 已印发 签发的 印发的 报送的 下发的 起草的 上报的 提交的'),
      },
    },
    doctype: {
      sort: 'term',
      of: Object.fromEntries([
        ...kinds.filter((k) => k !== '纪要').map((k) => [k, [k]] as const),
        ['', ['情况报告']],
      ]),
    },
    title: {
      sort: 'rest',
      quoted: true,
      after: said(`
        关于 标题： 标题是 题目是 内容是 请示， 通知， 发文：
        起草一份 起草一个 拟一份 写一份 写一个 写份 拟份 拟个
      `),
    },
    docno: {
      sort: 'code',
      pattern:
        /(?:(?![把将请对按给])[\p{Script=Han}]){0,6}[〔[(（【]\d{4}[〕\])）】]\s?\d{1,4}号|[\p{Script=Han}]{1,4}\d{4}-\d{1,4}号?/u,
    },
    person: {
      sort: 'person',
      after: ['发给', '传给', '报送', '呈送', '转给', '送给', '给'],
      anywhere: true,
    },
    when: { sort: 'when' },
  },
  examples: [{ says: '起草一份放假通知', means: { action: 'draft', doctype: '放假通知' } }],
};
