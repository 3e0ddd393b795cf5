import type { HeardAs, Terms } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { deciding, looking, progress, refusing, takingBack } from '../../language/phrases.ts';
import { urgency } from '../../language/urgency.ts';

/** What a room can be asked to have, in the words of the office. */
export const equipment: Terms = {
  投影: ['投影', '投影仪', '投影机', '投屏', '幕布', 'projector', '投影设备'],
  视频: said(`视频会议 视频设备 视频 摄像头 远程会议 zoom 腾讯会议 飞书会议 teams webex 视像`),
  白板: ['白板', 'whiteboard', '写字板'],
  电话: said(`电话会议 会议电话 八爪鱼 电话机 座机 conference_call 电话设备 要电话 有电话`),
  大屏: ['大屏', '大屏幕', 'led屏', 'led', '电视', '显示屏', '显示器', '智慧屏', 'tv'],
  麦克风: ['麦克风', '话筒', '麦', '无线麦', '扩音', '音响', '音箱', 'mic', '话筒音响'],
  茶水: ['茶水', '茶歇', '矿泉水', '饮用水', '咖啡', '茶点', '倒水', '备水', '热水'],
  录音: ['录音', '录音笔', '录像', '录制', '录屏'],
  同传: ['同传', '同声传译', '翻译设备'],
};

/** Last words of what meetings are about. */
export const meetings: readonly string[] = [
  '会',
  '会议',
  '面试',
  '培训',
  '评审',
  '总结',
  '汇报',
  '答辩',
  '路演',
  '讲座',
  '沙龙',
  '研讨',
  '讨论',
  '复盘',
  '演示',
  '宣讲',
  '头脑风暴',
  '团建',
  '述职',
  '招标',
  '开标',
  '谈判',
  '洽谈',
  '晨会',
  '早会',
  '例会',
  '周会',
  '月会',
  '年会',
  '季会',
  '站会',
  '启动会',
  '评审会',
  '党员大会',
  '全员大会',
  '股东大会',
  '大会',
  '董事会',
  '发布会',
  '座谈会',
  '研讨会',
  '分享会',
  '宣讲会',
  '培训会',
  '复盘会',
  '总结会',
  '动员会',
  '说明会',
  '见面会',
  '沟通会',
  '协调会',
  '对接会',
  '碰头会',
  '面谈',
  '招聘会',
  '民主生活会',
  '考试',
  '体检',
  '签约',
  '签约仪式',
  '分享',
];

/** Requests for a meeting room, and looking for a free one. */
export const heardAs: HeardAs = {
  intent: 'room.book',
  wish: true,
  words: {
    room: said(`
      会议室 会议间 会议厅 会客室 会意室 会议是 会议事 洽谈室 培训室 培训教室 报告厅
      多功能厅 讨论室 接待室 贵宾室 路演厅 电话间 面试间 小黑屋 大礼堂 阶梯教室 多媒体教室
      会场 meeting_room conference_room meetingroom
    `),
    somewhere: said(
      `的地方 地方开 房间 间屋 屋子 个屋 个地方 场地 个场子 个房 间房 间教室 室一间 位置开会`,
    ),
    book: said(`
      订 定个 定一 定间 定下 预定 预订 预约 约 借 借用 申请使用 申请 使用 用 需要 要 找 留
      预留 占 锁定 安排 整 搞 弄 开 来 book reserve 想约 给我订 帮订 帮定 定
    `),
    strong: ['订', '预定', '预订', '预约', '借用', '预留', 'book', 'reserve', '借', '留', '占'],
    meeting: said('开会 开个 开一个 开一场 会议 例会 部门会 小会 面试 培训 评审 讨论 碰头'),
    meet: said(`
      视频会议 电话会议 开会 碰一下 碰个头 碰头 聊一下 聊半小时 聊聊 面试 培训 评审 汇报
      例会 周会 早会 晨会 会议 启动会 总结会 复盘会 研讨 讨论 路演 座谈 党员大会 大会 董事会
      meeting 开个会 短会 评审会 座位 分享会 宣讲会 沟通会 视频会 电话会
    `),
    equipment: Object.values(equipment).flat(),
    minutes: ['纪要', '会议记录', '摘要', 'minutes'],
    hotel: said(`酒店 宾馆 餐 饭店 景点 机票 车票 民宿 旅馆 桌子 电影 包间 ktv 公寓`),
    broken: said(
      `坏 漏 不亮 打不开 不制冷 没声音 修 没电 不了 故障 卡 脏 打扫 保洁 黑屏 没信号 没反应`,
    ),
    undo: takingBack,
    decide: deciding,
    look: looking,
    refuse: refusing,
    change: said(
      `换成 换到 换个 换一 改成 改到 改为 改在 推迟 延后 提前到 延长 改一下 调整 变更 换间`,
    ),
    remind: ['提醒', '别忘', '叫我', '喊我', '记得'],
    mine: [
      ...progress,
      ...said(`
      我订的 我定的 我预订的 我预约的 我约的 我有哪些 我这周有哪些 我的会议室 我的预订
      我的预约 订好了吗 批了吗 通过了吗 订成功 我订了
    `),
    ],
    free: said(`
      有空 空闲 空着 还空 空的 没人用 有人用 有人吗 可用 空余 available free 占用情况 被占
      有没有空
    `),
  },
  cues: [
    [-5, '@past'],
    [1.5, 'room'],
    [2, '^room room$'],
    [3, 'room book'],
    [1, 'room strong'],
    [1, 'room @time'],
    [1, 'room @people'],
    [1.5, 'room free @people'],
    [2, 'room @people @ask'],
    [1, 'room equipment'],
    [1.5, 'room meet'],
    [1, '@room'],
    [2.5, '@ownroom !broken'],
    [2, '@ownroom @time !broken'],
    [2, 'somewhere book meet'],
    [2.5, 'somewhere meet @time'],
    [2, 'somewhere strong @time'],
    [2, 'somewhere book @people'],
    [2, 'somewhere @people meeting'],
    [1.5, 'somewhere @people @ask'],
    [2, '@room strong'],
    [1.5, '@room strong @time'],
    [2, 'somewhere @people equipment'],
    [2.5, 'meet @clock @people'],
    [1.5, 'meet @clock equipment'],
    [1, 'meet @time equipment @people'],
    [1, 'meet @clock'],
    [-2.5, 'minutes'],
    [-5, 'hotel'],
    [-4, 'broken'],
    [-3.5, 'undo'],
    [-5, 'refuse>room'],
    [-2.5, 'change !strong'],
    [-1.5, 'change'],
    [-3, 'remind'],
    [-4, 'mine'],
    [-4, 'decide'],
    [-4, '@dropped'],
    [-4, '@asked'],
    [-3, '@how'],
    [-2.5, '@what !free !@people !@clock'],
    [-1.5, 'free @ask !strong !@clock'],
  ],
  slots: {
    when: { sort: 'when', shape: 'now' },
    duration: { sort: 'length' },
    people: { sort: 'headcount' },
    equipment: { sort: 'terms', of: equipment },
    room: { sort: 'room' },
    floor: { sort: 'floor' },
    title: {
      sort: 'topic',
      heads: meetings,
      after: ['用途', '主题', '议题', '会议名称', '会议主题', '事由'],
    },
    priority: { sort: 'term', of: urgency },
  },
  examples: [
    {
      says: '明天下午3点到5点订个10人的会议室，要投影',
      means: { people: 10, equipment: ['投影'] },
    },
    { says: '后天上午用一下3楼的会议室，6个人', means: { people: 6, floor: 3 } },
  ],
};
