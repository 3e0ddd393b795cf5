import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { deciding } from '../../language/phrases.ts';

/** What waits for the one who asks: 我的待办, 哪些单子等我审批. */
export const tasks: HeardAs = {
  intent: 'query.tasks',
  wish: true,
  words: {
    tasks: said(`
      我的待办 待办列表 待办事项有 我的任务 任务列表 待办有哪些 有哪些待办 有什么待办
      还有哪些待办 待办清单 查看待办 看看待办 看下待办 我的提醒 哪些提醒 什么提醒 我的待审
      待我审批 等我审批 待我处理 等我处理 要我批 要我审批 需要我审批 需要我处理 需要我批
      我要审批的 我待审批 待审批列表 我有几个待审批 待我批 等着我批 等我批 my_tasks
      todo_list 我有哪些任务
    `),
    whole: ['待办', '待审批', '我的审批', '审批列表', 'todo'],
    make: said(`建 新建 添加 加个 设 提取 生成 完成 记一 创建 删除 取消`),
    decide: deciding,
    mine: ['我提交的', '我发起的'],
  },
  cues: [
    [5.5, 'tasks'],
    [2, '^whole whole$'],
    [2, '^whole whole$ @short'],
    [-4, 'make'],
    [-3, 'mine'],
    [-4, 'decide'],
  ],
  slots: {
    target: { sort: 'term', of: { todo: ['待办', '提醒', '任务', 'todo', 'tasks'] } },
    status: { sort: 'term', of: { pending: ['待审批', '待我', '等我', '要我', '需要我'] } },
    when: { sort: 'when' },
  },
  examples: [
    { says: '我的待办', means: { target: 'todo' } },
    { says: '有哪些单子等我审批', means: { status: 'pending' } },
  ],
};
