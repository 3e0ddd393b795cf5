import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { refusing, takingBack } from '../../language/phrases.ts';
import { requestNumber } from '../../language/slots/codes.ts';
import { wares } from '../../requests/supply/heard.ts';
import { targets } from './targets.ts';

/** Takes a request back: 取消明天的会议室, 撤回上一条. */
export const cancel: HeardAs = {
  intent: 'cancel',
  wish: true,
  words: {
    undo: takingBack,
    refuse: refusing,
    plain: said(`
      退掉 退了吧 撤一下 撤下 不算数 作罢 退订掉 退单 取消掉 取消吧 取消 撤回 撤销 撤消 别订 不订了 别约 作废 退订 撤单 撤了 撤吧 撤掉
      cancel 释放
    `),
    thing: Object.entries(targets).flatMap(([target, list]) => (target === '' ? [] : list)),
    request: said(`
      申请 申请单 单子 那个单 那单 那条 上一条 这条 刚才 刚刚 刚提交 刚提的 订的 预订 预约
      编号 提交的 我的 发错了 点错了 提错了 填错了
    `),
    wrong: ['点错', '提错', '发错', '提交错', '误提交', '误操作', '重复提交', '提重', '不小心'],
    again: ['换', '改成', '改订', '改约', '重新订', '延长', '改到', '改为'],
    alarm: said(`闹钟 播放 音乐 电影 餐厅 酒店 机票吗 景点 订阅 会员 外卖`),
    approve: ['同意', '批准'],
    ask: ['请求', '可以取消吗', '怎么取消', '如何取消'],
    need: ['公章不用', '要不要', '用不用', '是不是取消', '有没有取消'],
    item: ['领', '要', '投影', '茶水'],
  },
  cues: [
    [3, 'plain'],
    [1.5, 'undo'],
    [2.5, 'undo thing'],
    [5, 'refuse>thing'],
    [2, 'undo request'],
    [1.5, 'undo @id'],
    [4.5, '@dropped'],
    [1, '@dropped thing'],
    [2.5, 'wrong'],
    [2, 'wrong undo'],
    [1.5, 'wrong request'],
    [1, 'undo @room'],
    [0.5, 'undo @time'],
    [1.5, '^plain'],
    [1.5, '^undo'],
    [1.5, 'undo @ownroom'],
    [1.5, 'undo @bound'],
    [-6, 'alarm'],
    [-2, 'again'],
    [-4, '@how'],
    [-3, 'need'],
  ],
  slots: {
    id: { sort: 'code', pattern: requestNumber },
    target: { sort: 'term', of: targets, denied: true },
    when: { sort: 'when' },
    room: { sort: 'room' },
    object: { sort: 'thing', known: wares },
    to: { sort: 'destinations' },
  },
  examples: [
    { says: '取消明天下午的会议室', means: { target: 'room' } },
    { says: '撤回TRIP-26-0042', means: { id: 'TRIP-26-0042' } },
  ],
};
