import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { deciding, looking, progress, refusing, takingBack } from '../../language/phrases.ts';
import { urgency } from '../../language/urgency.ts';

/** What offices commonly hand out. Not a catalogue: it tells things from the rest of a sentence when the catalogue does not know them. */
export const wares: readonly string[] = (
  '咖啡豆 茶包 方糖 奶精 一次性手套 鞋套 头套 围裙 毛刷 百洁布 厕所刷 马桶刷 洁厕灵 84消毒液 消毒湿巾 棉签 温度计 急救箱 手电筒 头灯 雨鞋 电焊手套 防尘口罩 耳塞 护目镜 工作服 反光衣 胶鞋 水鞋 油漆 砂纸 扳手 螺丝刀 钳子 锤子 美纹纸 缠绕膜 打包袋 扎带 封口胶 透明袋 自封袋 麻绳 白纸 色纸 贴纸 封条 硫酸纸 热敏纸 收银纸 小票纸 传真纸 针式打印纸 三联单 登记本 签到本 签到表 资料夹 影印纸 碳粉匣 萤光笔 回纹针 立可白 钉书机 钉书针 胶带台 透明夹 牛皮信封 夹子 铁夹 钉子 挂钩 粘钩 磁扣 磁贴 时钟 挂钟 秒表 铭牌 胸针 绶带 彩旗 国旗 党旗 党徽 奖杯 奖牌 相框 衣架 地垫 脚垫 桌布 台布 椅套 纸 a4 a3 a5 b5 a4纸 a3纸 打印纸 复印纸 相纸 彩纸 卡纸 牛皮纸 便签 便签纸 便利贴 便条纸 报事贴 n次贴 标签纸 标签 不干胶 复写纸 信纸 稿纸 信封 快递袋 文件袋 档案袋 资料袋 文件夹 文件盒 档案盒 资料册 抽杆夹 拉杆夹 长尾夹 长尾票夹 票夹 板夹 燕尾夹 回形针 曲别针 大头针 图钉 订书机 订书钉 订书针 起钉器 打孔机 打孔器 装订机 装订条 胶装机 塑封膜 过塑膜 碎纸机 裁纸刀 美工刀 剪刀 刀片 尺子 直尺 卷尺 计算器 胶水 固体胶 胶棒 双面胶 透明胶 透明胶带 胶带 封箱带 泡沫胶 胶布 修正带 修正液 涂改液 橡皮 橡皮擦 卷笔刀 削笔刀 ' +
  '笔 签字笔 中性笔 圆珠笔 原子笔 水笔 水性笔 钢笔 铅笔 自动铅笔 铅芯 记号笔 马克笔 荧光笔 白板笔 油漆笔 彩笔 毛笔 笔芯 替芯 墨水 白板擦 白板 粉笔 ' +
  '笔记本 本子 记事本 便签本 软抄本 硬抄本 工作手册 日历 台历 挂历 名片 名片盒 名片夹 工牌 工牌套 胸卡 胸牌 挂绳 证件套 席卡 桌牌 会议桌签 印泥 印台 印油 号码机 收据 收据本 凭证 凭证封面 账本 账簿 红头文件纸 奖状 证书 证书壳 锦旗 ' +
  '墨盒 硒鼓 碳粉 墨粉 色带 u盘 移动硬盘 硬盘 鼠标 鼠标垫 键盘 键盘膜 耳机 耳麦 摄像头 读卡器 转换器 转接头 扩展坞 拓展坞 数据线 充电器 充电线 充电宝 网线 hdmi线 插线板 插排 排插 接线板 拖线板 电源线 电池 5号电池 7号电池 五号电池 七号电池 翻页笔 激光笔 支架 笔记本支架 散热器 显示器 电脑包 台灯 ' +
  '纸杯 一次性纸杯 杯子 茶叶 咖啡 矿泉水 桶装水 水 饮用水 纸巾 抽纸 卷纸 卫生纸 擦手纸 湿巾 洗手液 消毒液 酒精 口罩 手套 垃圾袋 垃圾桶 抹布 拖把 扫把 扫帚 洗洁精 洗衣粉 空气清新剂 芳香剂 钢丝球 毛巾 肥皂 灯泡 雨伞 创可贴 靠垫 坐垫 收纳盒 收纳箱 储物箱 笔筒 文件架 书立 书架 工服 工装 安全帽 劳保鞋 劳保手套 雨衣 反光背心 气球 彩带 横幅 鲜花 绿植 零食 水果 糖 饮料 礼品袋 手提袋 伴手礼 礼品 编织袋 纸箱 快递盒 气泡膜 打包带 binder notebook pen pens pencil marker stapler folder paper envelope tape scissors mouse keyboard toner usb battery eraser clips'
)
  .split(' ')
  .concat(['sticky notes', 'post it']);

/** Requests for office supplies. */
export const heardAs: HeardAs = {
  intent: 'supplies.request',
  wish: true,
  words: {
    ware: wares,
    supplies: said(`
      办公用品 文具 物资 耗材 劳保用品 用品 办公物资 低值易耗 supplies stationery 清洁用品
      领用品
    `),
    take: said(`
      领 申领 领用 领取 拿 取 要 需要 想要 来 给我 补 补货 补充 买 采购 购买 申请 订 发 备
      配 换 加 印 添 请购 need want 来点 弄 搞 整 能给 送
    `),
    strongTake: ['领', '申领', '领用', '领取', '拿', '请领', '领点', '补货', '补充', '请购'],
    none: said(`
      订单 接单 单子 拜访客户 走访客户 回访客户 热水 开水 冷水 用水 下水 漏水 水管 水龙头 水电 薪水 水平 香水 水果店 领导 领域 领先 本领 领带 来访 来说 要求 重要
      要是 备注 设备 准备好了 配合 发现 发生 发展 换班 购物 买单 加班 加油 参加 增加人 订正
      印象 打印 复印 印章 用印 送别 主要 必要 只要 需要人
    `),
    buy: ['采购', '购买', '请购', '申购'],
    each: ['各'],
    need: ['我需要', '需要带', '要带', '用不用'],
    gone: [
      '没水了',
      '没墨了',
      '没了',
      '没有了',
      '用完',
      '快没',
      '不够',
      '没纸',
      '没笔',
      '用光',
      '缺',
      '断货',
    ],
    return: said(`归还 还一下 还回 退还 借 报废 盘点 资产 报损 退库 移交 借用 入库 新购`),
    broken: said(
      `坏 卡纸 漏 修 不亮 打不开 没反应 不出纸 故障 失灵 连不上 用不了 没声音 蓝屏 死机 不了`,
    ),
    machines: said('电脑 台式机 笔记本电脑 显示器 打印机 服务器 手机 平板 相机 单反'),
    lost: ['补办', '丢了', '弄丢', '挂失'],
    property: [
      '台笔记本',
      '台平板',
      '部手机',
      '资产标签',
      '固定资产',
      '资产编号',
      '标签掉',
      '资产卡片',
    ],
    undo: takingBack,
    decide: deciding,
    look: looking,
    refuse: refusing,
    change: said(`改成 改为 换成 改到 再加 多加 加到 减 多要 少要 少领 多领 改一下`),
    room: ['会议室', '订房', '开会', '机票', '酒店', '会场', '投影', '人的'],
    document: ['合同', '公章', '盖章', '用印', '章'],
    mine: [
      ...progress,
      ...said(`到了吗 到哪 进度 批了 状态 我申请的 我领的 我的申请 审批 发了吗 申请单`),
    ],
    visit: ['访客', '来访', '客人'],
    talk: said(`
      多少钱 价格 天气 电影 餐 推荐 好吃 歌 播放 闹钟 评分 小说 书 桌子 人桌 hotel 座位 订位
      预订
    `),
    remind: ['提醒', '别忘', '记得', '通知', '待办'],
    seal: ['盖章', '用印', '公章'],
  },
  cues: [
    [1.5, 'ware'],
    [2.5, 'ware take'],
    [1.5, 'ware strongTake'],
    [2, 'ware @count'],
    [1, '@item'],
    [1.5, '@item take'],
    [2, 'buy @count !talk'],
    [2.5, 'strongTake @count'],
    [2, 'take @count !talk'],
    [1.5, 'ware @tally'],
    [2, 'ware each'],
    [-3, 'need @ask !@count'],
    [-2, 'take @ask @time !@count !strongTake !need'],
    [3.5, 'supplies take'],
    [2, 'supplies'],
    [2, 'gone ware'],
    [1, 'gone take'],
    [1, '@item @count'],
    [-4, 'return'],
    [-4, 'property'],
    [-3, 'machines !broken'],
    [-3, 'lost'],
    [-3, 'broken !strongTake'],
    [-4, 'undo'],
    [-4, 'refuse>ware'],
    [2, '^supplies supplies$'],
    [-3, 'change'],
    [-3, 'room !strongTake'],
    [-3, 'document'],
    [-4.5, 'mine'],
    [-4, 'decide'],
    [-4, '@dropped'],
    [-3, '^look'],
    [-4, '@asked'],
    [-4, 'visit'],
    [-4, 'talk'],
    [-4, 'remind'],
    [-3.5, '@how'],
    [-3, '@what !@count'],
    [-1.5, '@city'],
  ],
  slots: {
    items: { sort: 'items', known: wares },
    when: { sort: 'when' },
    priority: { sort: 'term', of: urgency },
  },
  examples: [
    {
      says: '领两盒A4纸和5支黑色签字笔',
      means: {
        items: [
          { name: 'A4纸', qty: 2, unit: '盒' },
          { name: '黑色签字笔', qty: 5, unit: '支' },
        ],
      },
    },
    { says: '没墨盒了，帮我补3个', means: { items: [{ name: '墨盒', qty: 3, unit: '个' }] } },
  ],
};
