import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';

/** Words before the name of the one who is to do it. */
const givenTo = [
  '指派给',
  '分配给',
  '交给',
  '派给',
  '负责人',
  '安排给',
  '安排',
  '布置给',
  '让',
  '提醒',
  '叫',
  '请',
];

/** Reminders and things to do: 明天9点提醒我交周报. */
export const todo: HeardAs = {
  intent: 'todo',
  wish: true,
  words: {
    remind: said(`
      别让我忘 别让俺忘 帮我盯 到时候喊 到点喊 到时喊 叫一声 喊一下 招呼我 敲我 戳我 cue我 记着 帮我记 记住 到时候叫 到点叫 提个醒 提醒我 提醒大家 提醒他 提醒她 提醒 设置提醒
      设个提醒 叫我 喊我 通知我 记得叫 别忘了 别忘 不要忘 记得提醒 remind_me remind 提示我
      喊我一声 叫一下我 记得
    `),
    make: said(`
      派个活 布置一下 派任务 记件事 记个事 加个任务 挂个待办 建待办 新建一个待办 代办 建个待办 新建待办 加个待办 添加待办 新建任务 建个任务 加个任务 建一个任务 创建任务
      创建待办 待办： 待办: 任务： 任务: 记一下 记个 记下 加到待办 加入待办 列入待办
      设个提醒 待办加 安排个任务 布置个任务 待办 todo 备忘
    `),
    assign: ['指派给', '分配给', '交给', '派给', '负责人', '安排给', '安排', '让', '截止', '到期'],
    done: ['完成了', '做完了', '已完成', '标记完成', '标为完成', '办完了', '划掉', '打勾', '完成'],
    mark: ['标记完成', '标为完成', '标记为完成', '标成完成', '勾掉', '设为完成'],
    task: ['这件事', '任务', '这事', '事情', '工作', '待办', '事项'],
    list: said(`
      我的待办 有哪些 待办列表 什么待办 哪些 有几个 多少 列表 待办清单 会上 纪要 取消 删除
      删掉
    `),
    alarm: ['闹钟'],
    book: ['会议室', '出差', '申领', '报修', '访客', '用印', '报废', '资产'],
    room: ['订', '预订'],
    broken: ['坏了', '漏水', '不亮'],
    none: ['登记一下', '登记个', '笔记一下'],
  },
  cues: [
    [5, 'remind'],
    [4, 'make'],
    [2, 'make done'],
    [4, 'mark'],
    [1, 'remind @time'],
    [3, 'assign task'],
    [1, 'assign task @person'],
    [1, 'assign task @time'],
    [3, '^assign @told @time'],
    [1, '^assign @told'],
    [2.5, 'done task'],
    [2, 'assign make'],
    [-3, 'list !remind'],
    [-2, 'alarm !remind'],
    [-1.5, 'book !remind'],
    [-4, 'broken'],
    [-2.5, '@how'],
    [-1, '@what !remind'],
  ],
  slots: {
    action: {
      sort: 'term',
      of: {
        done: said(`完成了 做完了 已完成 标记完成 标为完成 办完了 标记为完成 划掉 打勾`),
      },
    },
    title: {
      sort: 'deed',
      without: said(`
        记一笔 记到备忘 记备忘 我忘性大 先给我记 给我记 帮我记 记到 叫我去 给我建个待办 给我建个任务 给我记一下 帮我记下 记下来 记下 标完成 标一下完成 挂个待办 别让我忘了 别让我忘 别让俺忘了 派个活儿 派个活 喊一下我 到时候叫我 到点叫我 到时候喊我 敲我 戳我 帮我记个事 记个事 记件事 记一件事 帮我记着 记着 记住 标记完成 标为完成 标记为完成 帮我 派个任务 派个 麻烦 截止 负责人
        指派给 分配给 设置一个 设置 增加 添加 记一下 记个 这件事 喊我一声 叫我一声 叫一下我
        remind_me remind 提醒我去 提醒我 提醒大家 提醒他 提醒她 提醒一下 叫我 喊我 通知我
        别忘了 别忘 记得 新建任务 建个任务 建个待办 新建待办 加个待办 添加待办 设置提醒
        设个提醒 待办 任务 提醒
      `),
      givenTo,
    },
    assignee: { sort: 'person', after: givenTo },
    when: { sort: 'when' },
  },
  examples: [{ says: '周五下午3点提醒我交周报', means: { title: '交周报' } }],
};
