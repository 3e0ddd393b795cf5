import { progress } from '../../language/phrases.ts';
import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { requestNumber } from '../../language/slots/codes.ts';

/** 帮助, 你能做什么, ?, /help: asks what the bot is for. */
export const help: HeardAs = {
  intent: 'help',
  wish: false,
  words: {
    help: said(`
      帮助 /help help 使用说明 怎么用你 怎么使用 你能做什么 你会做什么 你会什么 你能干什么
      你能干嘛 你会干嘛 你可以做什么 有什么功能 有哪些功能 能办什么 可以办什么 功能列表 菜单
      使用指南 你是谁 你叫什么 能帮我什么 能帮我做什么 你能帮 what_can_you_do 说明
      都能办什么 能办哪些
    `),
    mark: ['?', '？', '/help', '/h'],
    other: ['食堂', '今天', '酒店', '餐', '情况说明', '打印', '坏', '不了'],
  },
  cues: [
    [4.5, '^help help$'],
    [2.5, 'help @short'],
    [2, 'help !other'],
    [-3, 'other'],
    [6, '^mark @short mark$'],
  ],
  slots: {},
  examples: [{ says: '你能做什么', means: {} }],
};

/** 你好, 在吗. */
export const greeting: HeardAs = {
  intent: 'greeting',
  wish: false,
  words: {
    hello: said(`
      你好 您好 在吗 在不在 在么 嗨 哈喽 哈啰 hello hi hey 早上好 下午好 晚上好 中午好 早啊
      早呀 大家好 有人吗 你好呀 你好啊
    `),
  },
  cues: [
    [1, 'hello'],
    [4, 'hello @short'],
    [1, 'hello$ @short'],
  ],
  slots: {},
  examples: [{ says: '你好', means: {} }],
};

/** An answer to an open draft: 好的, 提交, 可以. */
export const confirm: HeardAs = {
  intent: 'confirm',
  wish: false,
  words: {
    yes: said(`
      好的 好 可以 提交 确认 确定 没问题 对 对的 是的 行 嗯 嗯嗯 ok okay yes 就这样 提交吧
      没错 可以的 好滴 好嘞 中 成 就它 就这个 收到 submit 确认提交 是
    `),
    send: ['提交', '确认', '确定', '就这样', 'submit', '确认提交', '提交吧'],
  },
  cues: [
    [1.5, '^yes @short'],
    [3, '^yes yes$ @short'],
    [1, '^send @short'],
    [-3, '@ask'],
    [-3, '@what'],
  ],
  slots: {},
  examples: [{ says: '提交', means: {} }],
};

/** Drops an open draft: 算了, 不用了. */
export const nevermind: HeardAs = {
  intent: 'nevermind',
  wish: false,
  words: {
    never: said(`
      算了 算啦 不用了 不要了 不办了 不需要了 没事了 当我没说 先不弄了 不了 不用 没事 先这样
      不弄了 never_mind nevermind no 不 不是
    `),
  },
  cues: [
    [2, 'never @short'],
    [3.5, '^never never$ @short'],
  ],
  slots: {},
  examples: [{ says: '算了', means: {} }],
};

/** Everything that is none of the bot's business: talk, knowledge, questions about rules. */
export const other: HeardAs = {
  intent: 'other',
  wish: false,
  words: {
    talk: said(`
      谢谢 多谢 感谢 辛苦 再见 拜拜 晚安 早安 哈哈 你真 厉害 聪明 无聊 笑话 好累 心情 讲个
      聊聊天 收到 嗯嗯 喜欢 爱你 生日快乐 新年快乐 加油 午安 吃了吗 你是谁 机器人 几岁 开心
    `),
    weather: said(`
      天气 下雨 下雪 气温 温度多少 风暴 刮风 天晴 雾霾 湿度 带伞 雨伞吗 外套 穿什么 毛衣
      短裤 多冷 多热 热吗 冷吗 台风 大风 限行 变冷 多大的雪 晴天 预报
    `),
    media: said(`
      播放 音乐 歌 歌曲 专辑 电影 电影院 上映 放映 电视剧 电视节目 小说 播放列表 想听 听听
      听歌 演奏 曲调 交响曲 舞曲 一曲 预告片 剧院 艺术家 颗星 评分 打分 编年史 唱片 影院
      协奏曲 节目 视频吗 电子游戏 游戏 教科书 看书 曲目 配乐
    `),
    leisure: said(`
      景点 餐馆 餐厅 酒店 好玩 游玩 旅游 门票 菜 小吃 烤鸭 火锅 酒吧 酒馆 小酒馆 饭店 周边
      人均 出租车 叫车 打车去 订桌 人桌 一张桌 的_桌子 订位 人位 面包店 比萨 披萨 营业时间
      中午吃 晚上吃 吃什么 外卖 快餐 美食 公园 商场 超市 药店 熟食店 牛排 位置_在 健身卡
      座位
    `),
    none: ['订酒店', '订个酒店', '定酒店', '需要酒店', '安排酒店', '住酒店', '酒店帮'],
    know: said(`
      多少钱 价格 股票 汇率 彩票 新闻 地址 路线 怎么走 密码是 密码多少 wifi密码 的密码
      电话是多少 电话多少 的电话 区别 是谁 什么意思 翻译 是什么 为什么 怎么做 推荐 几层楼
      尾号 省电 哪家 有票 多远 几点下班 几点上班 几号发 菜单 食堂 班车 电话打不通 排名 公式
      代码 写一首 讲解 百科
    `),
    rules: said(`
      标准 规定 制度 政策 补贴 工资 薪水 奖金 年假 请假 考勤 打卡 加班费 公积金 社保 五险
      报销 离职 入职 体检 调休 工龄 年终奖 绩效 产假 婚假 病假 假期 放假 福利 迟到 团建
      发票抬头 税号 规范 个税 津贴 加薪 转正
    `),
    alarm: ['闹钟'],
    spaced: ['添加', '搜索', '查找', '寻找', '找到', '告诉 我', '给 我', '我 想'],
    thanks: ['谢谢', '多谢', '感谢', '再见', '拜拜', '晚安'],
    remind: ['提醒'],
    asked: progress,
    flow: ['流程'],
    may: ['可以坐', '能不能坐', '可以报', '允许', '能报', '可不可以坐'],
    strange: ['我要去', '帮我找', '帮我叫', '找一家', '找个', '帮我查'],
    work: said(`
      会议室 出差 报修 申领 领 盖章 用印 访客 纪要 公文 资产 待办 提醒 会议 办公用品 撤回
      取消 审批 申请
    `),
  },
  cues: [
    [2, ''],
    [2.5, 'talk !work'],
    [4, 'weather'],
    [4, 'media'],
    [4, 'leisure'],
    [3, 'know'],
    [1.5, 'know @what'],
    [1.5, 'rules'],
    [2.5, 'rules @how'],
    [2.5, 'rules @what'],
    [-2.5, 'remind'],
    [2.5, '@how'],
    [3.5, '@tells'],
    [1.5, '@what'],
    [0.5, '@ask'],
    [5, 'alarm'],
    [1, 'spaced @latin'],
    [0.5, '@latin'],
    [1, 'strange'],
    [3, 'may @ask'],
    [2.5, 'flow @how'],
    [-2, 'asked'],
  ],
  slots: { id: { sort: 'code', pattern: requestNumber } },
  examples: [
    { says: '今天天气怎么样', means: {} },
    { says: '出差住宿标准是多少', means: {} },
  ],
};
