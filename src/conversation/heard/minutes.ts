import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { meetings } from '../../requests/room/heard.ts';

/** Minutes of meetings: making, finding, sending them. */
export const minutes: HeardAs = {
  intent: 'minutes',
  wish: true,
  words: {
    minutes: said(`
      会议记要 记要 会议要点 会议简报 会议备忘 办公会记录 例会要点 会议纪录 会议摘录 纪要 会议纪要 会议记录 会议摘要 会议总结 会议内容 minutes meeting_minutes 会上的
      会议结论 会议决议 例会记录 会议小结 周会记录 会议录音
    `),
    weak: ['会上', '会里', '录音', '那场会', '刚才的会', '转写', '速记'],
    act: said(`生成 整理 写 转成 发 提取 归档 更新 补充 查 看看 给我看 出一份 形成 记录 转`),
    how: ['怎么写', '规范', '模板'],
    room: ['订', '预订', '预约', '订个会议室'],
    remind: ['提醒我', '记得'],
    supply: ['本', '领', '录音笔'],
    undo: ['取消', '撤回'],
  },
  cues: [
    [4.5, 'minutes'],
    [1, 'minutes act'],
    [2.5, 'weak act'],
    [-2, '@how'],
    [-4, 'how'],
    [-2, 'room'],
    [-1.5, 'remind'],
    [-1.5, 'supply'],
    [-2, 'undo'],
  ],
  slots: {
    action: {
      sort: 'term',
      of: {
        create: said(`
          生成 整理 写 转成 出一份 形成 做一份 做个 记录一下 起草 转写 创建 弄 录音转 新建
          录入 会议纪要： 会议纪要:
        `),
        query: said(
          `记了些啥 记了什么 翻翻 翻一下 有哪些 查一下 查 看看 给我看 找一下 找 调取 查看 看下 看一下 在哪 有没有 给我`,
        ),
        send: ['发给', '发送', '发到', '转发', '抄送', '分享给', '群发', '发一下', '发出去', '发'],
        extract: ['提取', '抽取', '摘出', '列出', '拎出', '挑出', '梳理出', '摘一下', '提炼'],
        archive: ['归档', '存档'],
        update: [
          '写错了',
          '改成',
          '改为',
          '漏了',
          '补上',
          '更新',
          '修改',
          '补充',
          '改一下',
          '更正',
          '加上',
        ],
        '': ['发布会', '开发', '研发', '发言', '发展', '发票'],
      },
    },
    title: { sort: 'topic', heads: meetings, after: ['议题为', '议题', '主题为', '主题'] },
    when: { sort: 'when', shape: 'past' },
    attendees: {
      sort: 'persons',
      after: ['参会人员', '参会人', '与会人员', '出席人员', '出席', '参会', '参加人'],
    },
  },
  examples: [
    { says: '整理一下昨天产品周会的纪要', means: { action: 'create', title: '产品周会' } },
  ],
};
