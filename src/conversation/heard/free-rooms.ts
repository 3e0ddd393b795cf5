import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { equipment } from '../../requests/room/heard.ts';

/** Looks for free rooms without booking one: 今天哪些会议室有空. */
export const freeRooms: HeardAs = {
  intent: 'room.free',
  wish: true,
  words: {
    room: said(`会议室 会议间 会议厅 培训室 报告厅 多功能厅 洽谈室 meeting_room 房间`),
    free: said(`
      有空 空闲 空着 还空 空的 没人用 有人用 有人吗 可用 空余 available free 占用情况 被占
      有没有空 哪些能用 能用吗 使用情况 还有没有 忙闲 还有哪些 有哪些
    `),
    which: said(`哪些 哪个 哪间 哪几 什么 有没有 还有 多少 几间 看看 查 看一下 吗`),
    book: said(`订 预订 预约 约 借 申请 用一个 用一下 要用 占 留 帮我订 定`),
    mine: ['我订', '我的', '我定', '我有', '我预', '我约', '我这', '有空调'],
    undo: ['取消', '撤回'],
    broken: ['坏', '修', '不亮', '漏', '空调'],
  },
  cues: [
    [3.5, 'room free'],
    [2.5, 'room free which'],
    [1, 'room free @time'],
    [1, 'room free @ask'],
    [-3, 'book'],
    [-5, 'mine'],
    [-3, 'undo'],
    [-4, 'broken'],
  ],
  slots: {
    when: { sort: 'when', shape: 'now' },
    duration: { sort: 'length' },
    people: { sort: 'headcount' },
    equipment: { sort: 'terms', of: equipment },
    room: { sort: 'room' },
    floor: { sort: 'floor' },
  },
  examples: [{ says: '今天下午哪些会议室有空', means: {} }],
};
