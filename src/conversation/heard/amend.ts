import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { phoneNumber, plateNumber, requestNumber } from '../../language/slots/codes.ts';
import { equipment } from '../../requests/room/heard.ts';
import { wares } from '../../requests/supply/heard.ts';
import { transport } from '../../requests/trip/heard.ts';
import { seals } from './seal.ts';
import { targets } from './targets.ts';

const gear = new Set(Object.values(equipment).flat());
/** What stands in a room is no supply: 加块白板. */
const supplies = wares.filter((ware) => !gear.has(ware));

/** Changes an open draft or an earlier request; only the new values are slots: 改到4点, 换成周五, 再加两支笔. */
export const modify: HeardAs = {
  intent: 'modify',
  wish: true,
  words: {
    change: said(`
      往后挪 往前挪 挪一个 挪半 挪到 推到 拖到 换去 重新定 重定 改口 改个时间 改时间 改地点 改人数 改数量 改日期 改目的地 改到 改成 改为 改在 改至 改一下 改下 改个 改订 改约 改 调到 调成 更改 更正 change 改期
      变成 变为 变更为 改回 改签 移到 挪到 挪一下 顺延
    `),
    maybe: ['变更', '修改', '调整', '更新'],
    none: said(`发改委 改革 改善 改造 改进 整改 改版 换算 交换 转换 替换件 换洗 换气 换取 更换`),
    early: ['提前', '提早'],
    swap: ['换成', '换到', '换为', '换个', '换一', '换间', '换', '换乘'],
    shift: said(`
      多待 多住 多呆 晚回 早回 晚一天 早一天 多留 推迟 延后 延迟 延期 提前到 延长 延到 缩短
      往后推 往后挪 往前 推到 延 晚半小时 早半小时 再多 提早 推后
    `),
    more: said(`
      要加 加俩 加三个 补一个 补加 多来 减掉 砍掉 再加 多加 加到 加上 增加 追加 再要 再来 再领 另加 多要 多领 还要 还需要 减少 减到 少要
      少领 去掉 加个 加一 加两 加三 再多
    `),
    wrong: ['错了', '不对', '不是', '弄错', '写错', '填错', '应该是', '记错', '搞错', '说错'],
    rest: ['其他不变', '其它不变', '别的不变', '其余不变', '剩下不变', '不变'],
    thing: Object.entries(targets).flatMap(([target, list]) => (target === '' ? [] : list)),
    field: said(`时间 人数 地点 日期 数量 目的地 开始时间 结束时间 会议 份数 金额 车次`),
    more_people: ['人多了', '人少了', '多了', '加人', '来的人'],
    earlier: said(`刚才 刚刚 之前 上一条 那个 原来 昨天订 我订的 订好的 上次`),
    broken: said(`坏 漏 不亮 修 没墨 没了 不了 打不开 没电 卡纸 灯 没纸 用完`),
    book: said(`帮我订 订个 订一 预订一 领一 申领 领 新建 要盖 登记 借 出差申请 预留 申请`),
    talk: said(`闹钟 播放 音乐 电影 餐 酒店 天气 小说 播放列表 心情 换洗 改天聊 改天 手机号 密码`),
    document: ['纪要', '公文', '通知', '请示', '发文', '初稿', '草稿'],
    undo: ['取消', '撤回', '作废'],
    asset: ['资产', '标签', '标签掉'],
    approve: ['同意', '驳回', '退回', '重填', '批准'],
    go: ['去', '飞', '赴'],
    remind: ['提醒', '待办'],
  },
  cues: [
    [3.5, 'change'],
    [1.5, 'change @time'],
    [1, 'change thing'],
    [1.5, 'change field'],
    [1, 'change @people'],
    [1, 'change earlier'],
    [2, '^change'],
    [2.5, '^maybe'],
    [3, 'maybe>thing'],
    [3, 'maybe>field'],
    [2.5, 'field>maybe'],
    [1, 'maybe earlier'],
    [1, 'maybe @time'],
    [2.5, 'swap'],
    [2, 'swap @time'],
    [2, 'swap @room'],
    [2, 'swap @ownroom'],
    [1.5, 'swap thing'],
    [1, 'swap @bound'],
    [1.5, '^swap'],
    [4.5, 'early @length'],
    [3.5, 'thing>early'],
    [2.5, 'shift'],
    [2, 'shift @length'],
    [2, 'shift @time'],
    [1, 'shift thing'],
    [1, '^shift'],
    [2.5, 'more'],
    [1.5, '^more'],
    [1, 'more @count'],
    [4, 'more_people @count'],
    [1, 'more @people'],
    [3, 'rest'],
    [2, 'wrong @time !change !thing'],
    [1.5, 'wrong rest'],
    [2, 'wrong field'],
    [1.5, 'wrong field @corrected'],
    [2, 'field @people'],
    [-5, 'broken'],
    [-2.5, 'book'],
    [-5, 'talk'],
    [-4, 'document'],
    [-2.5, 'undo'],
    [-3, 'asset'],
    [-4, 'approve'],
    [-4, 'remind'],
    [-3.5, '@how'],
  ],
  slots: {
    id: { sort: 'code', pattern: requestNumber },
    target: { sort: 'term', of: targets },
    when: { sort: 'when', shape: 'new' },
    duration: { sort: 'length' },
    people: { sort: 'headcount', bare: true },
    equipment: { sort: 'terms', of: equipment },
    room: { sort: 'room', moved: true },
    floor: { sort: 'floor' },
    items: { sort: 'items', known: supplies, strict: true },
    to: { sort: 'destinations' },
    transport: { sort: 'term', of: transport },
    seal: { sort: 'term', of: seals },
    phone: { sort: 'code', pattern: phoneNumber },
    plate: { sort: 'code', pattern: plateNumber },
    budget: { sort: 'money' },
  },
  examples: [
    { says: '改到4点', means: {} },
    { says: '再加两支笔', means: { items: [{ name: '笔', qty: 2, unit: '支' }] } },
    { says: '会议室换成8个人的', means: { target: 'room', people: 8 } },
  ],
};
