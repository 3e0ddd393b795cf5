import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';
import { phoneNumber } from '../../language/slots/codes.ts';
import { deciding, looking, progress, refusing, takingBack } from '../../language/phrases.ts';
import { urgency } from '../../language/urgency.ts';

/** Things in an office that break. */
const fixtures: readonly string[] = (
  '打印机 复印机 影印机 一体机 多功能一体机 扫描仪 传真机 碎纸机 投影仪 投影机 投影 投影幕布 幕布 大屏 大屏幕 显示屏 led屏 显示器 电视 电视机 屏幕 白板 摄像头 麦克风 话筒 音响 音箱 功放 会议平板 视频会议系统 视频会议设备 会议系统 中控 ' +
  '电脑 笔记本电脑 笔记本 台式机 主机 laptop 键盘 鼠标 硬盘 服务器 交换机 路由器 网络 网 内网 外网 wifi 无线网 无线 宽带 网线 网口 vpn oa oa系统 erp 邮箱 邮件 系统 软件 账号 电话 座机 电话机 分机 话机 手机 平板 ups ' +
  '空调 空调遥控器 遥控器 新风 风扇 排风扇 排气扇 换气扇 暖气 暖气片 地暖 中央空调 加湿器 空气净化器 净化器 饮水机 净水器 咖啡机 微波炉 冰箱 热水器 开水器 烧水壶 洗碗机 烤箱 制冰机 自动售货机 售货机 ' +
  '灯 灯管 灯泡 顶灯 日光灯 吊灯 射灯 台灯 筒灯 应急灯 路灯 感应灯 吸顶灯 照明 插座 插排 插线板 排插 开关 电源 电闸 空开 配电箱 电线 电缆 电 ' +
  '门 大门 玻璃门 自动门 感应门 旋转门 防火门 推拉门 卷帘门 卷闸门 门锁 密码锁 指纹锁 锁 锁芯 门把手 把手 门禁 门禁卡 门禁机 闸机 道闸 栏杆 车位锁 门铃 对讲 对讲机 钥匙 考勤机 打卡机 指纹机 人脸机 人脸识别 窗户 窗 窗帘 百叶窗 玻璃 纱窗 ' +
  '水龙头 龙头 马桶 坐便器 小便池 便池 小便斗 下水道 下水 地漏 水管 管道 排水管 水池 洗手池 洗手台 水槽 花洒 水箱 阀门 水表 水 烘手机 干手机 皂液器 ' +
  '电梯 货梯 客梯 扶梯 升降机 监控 监控摄像头 烟感 烟雾报警器 消防栓 灭火器 喷淋 报警器 消防门 ' +
  '桌子 办公桌 会议桌 桌腿 椅子 办公椅 转椅 柜子 文件柜 抽屉 保险柜 储物柜 更衣柜 沙发 货架 书柜 书架 隔断 屏风 地板 地毯 地砖 瓷砖 天花板 天花 吊顶 墙 墙面 墙皮 墙壁 墙纸 屋顶 房顶 楼顶 踢脚线 扶手 楼梯 护栏 车 公务车 轮胎 叉车 充电桩 车位 机器 设备 仪器 水泵 发电机 压缩机 自行车 插头 充电器 风扇灯 晾衣架 镜子 垃圾桶'
).split(' ');

/** Words that hold the name of a thing and mean none. */
const notThings = said(
  '上门 部门 出门 登门 专门 热门 澳门 厦门 江门 荆门 门店 门票 门诊 敲门 出口 水平 电影 灯光秀 车票 车次 火车 高铁',
);

/** What goes wrong, besides the forms that any thing can have (打不开, 没反应). */
const troubles: readonly string[] =
  '杂音 回音 啸叫 一道一道 一条一条 被困 不见了 卡在 坏了 坏掉 特别卡 太卡了 卡得 卡爆 卡成 网卡 特别慢 忽闪忽闪 忽闪 宕机 死掉 停了 困在 困人 困住 该换了 要换了 需要更换 滴到 漏到 缺墨 都坏 全坏 坏 卡纸 堵了 堵住 堵塞 堵 漏水 漏电 漏风 漏雨 漏气 漏油 滴水 渗水 渗漏 冒水 溢水 流水 积水 跳闸 停电 断电 停水 短路 断网 掉线 断线 死机 蓝屏 黑屏 白屏 花屏 闪屏 卡顿 很卡 太卡 好卡 卡死 卡住 卡了 太慢 很慢 好慢 反应慢 变慢 慢 提示错误 出错 错误 报错 报警 报故障 出故障 有故障 故障 失灵 失效 异响 异味 有味道 有味 怪味 臭味 味道很大 冒烟 起火 着火 打火 冒火花 发烫 过热 太热 太冷 温度太 发霉 松了 松动 松 脱落 掉了 掉下来 掉皮 掉漆 断了 断在 断裂 断 裂了 裂开 开裂 破了 破损 碎了 碎 变形 生锈 老化 歪了 倾斜 闪烁 闪 一闪一闪 忽明忽暗 时断时续 断断续续 时好时坏 噪音大 噪音 噪声 吱吱响 嗡嗡响 声音很大 声音大 太吵 模糊 偏色 重影 条纹 有黑线 黑线 没墨 没墨了 没碳粉 缺墨 没纸 缺纸 缺粉 没网 没电 没水 没声音 没反应 没信号 没画面 中毒 中病毒 进水 丢了 丢 故障码 罢工 挂了 崩了 瘫痪 崩溃 不工作 不好使 不正常 异常 有问题 出问题 用不了 没法用 打不着 抖动 抖 有老鼠 有蟑螂 有虫 蟑螂 老鼠 空响 反味 返味 返水 倒灌 爆了 爆管 炸了 烧了 烧坏 糊了 塌了 塌 磨损 鼓包 翘起来 翘了 翘 脏了'.split(
    ' ',
  );

/** Nouns that say where in the building. */
const places: readonly string[] =
  '会议室 大会议室 小会议室 办公室 总经理办公室 开放办公区 办公区 公共区 茶水间 茶水室 开水间 开水房 卫生间 男卫生间 女卫生间 男卫 女卫 洗手间 男洗手间 女洗手间 厕所 男厕所 女厕所 男厕 女厕 前台 大厅 大堂 走廊 过道 电梯口 电梯间 电梯厅 楼梯间 楼道 机房 食堂 餐厅 停车场 地下车库 车库 地库 地下室 仓库 库房 门口 大门口 门厅 财务室 文印室 打印室 打印间 复印室 接待室 培训室 休息室 母婴室 健身房 活动室 阅览室 图书室 天台 露台 工位 实验室 车间 宿舍 值班室 保安室 门卫室 监控室 档案室 资料室 更衣室 淋浴间 配电室 设备间 弱电间 储物间 吸烟室 花园 报告厅 多功能厅 展厅 财务部 人事部 行政部 市场部 销售部 技术部 研发部 法务部 采购部'.split(
    ' ',
  );

/** Reports of things out of order. */
export const heardAs: HeardAs = {
  intent: 'repair.report',
  wish: true,
  words: {
    cards: said('门禁卡丢 门禁卡弄丢 工牌丢 工牌弄丢 钥匙丢 钥匙弄丢'),
    fixture: fixtures,
    trouble: troubles,
    repair: said(`
      报修 维修 修一下 修下 来修 修理 修好 派人 找人看 来人看 来人 报障 检修 抢修 修修
      过来看 来看看 看一下 看下 处理一下 尽快处理 换一下 疏通 修 repair fix broken 重装 师傅
      安排人
    `),
    firm: ['报修', '维修', '来修', '修一下', '修下', '修理', '派人', '抢修', '报障'],
    pens: said(`白板笔 签字笔 中性笔 马克笔 圆珠笔 记号笔 荧光笔 钢笔 水笔 笔芯 印泥 印台`),
    undo: takingBack,
    decide: deciding,
    look: looking,
    refuse: refusing,
    book: said(`订 预订 预约 申领 领 借 出差 带投影 要投影 需投影 换成 改成`),
    mine: [
      ...progress,
      ...said(`
      进度 到哪 处理得怎么样 怎么样了 状态 修好了吗 修好没 工单 我的报修 我报的 报修单
      什么时候来 派人了吗 处理了吗
    `),
    ],
    asset: ['报废', '报损', '资产', '丢了怎么办', '盘点', '归还', '标签'],
    know: said(`区别 多少钱 哪个牌子 推荐 省电 多少度 保修期 怎么用 怎么连 怎么设置 说明书`),
    talk: said(`天气 外面 今天会 心情 下雪 下雨 音乐 播放 电影 酒店 餐馆 手机多少`),
    doc: ['纪要', '公文', '盖章', '合同', '公章', '用印', '请示'],
    approve: ['同意', '驳回', '批准', '审批'],
    remind: ['提醒', '别忘', '记得'],
    gone: ['墨盒', '硒鼓'],
    phone: ['报修电话'],
    within: notThings,
    tired: ['我坏', '心情', '肚子', '身体', '头疼', '感冒'],
  },
  cues: [
    [2, 'trouble'],
    [2.5, 'fixture trouble'],
    [3.5, '@trouble'],
    [1.5, 'fixture @trouble'],
    [2.5, 'repair fixture'],
    [3, 'firm'],
    [1, 'firm fixture'],
    [1, 'repair trouble'],
    [1, 'trouble @place'],
    [-4, 'undo'],
    [-5, 'pens'],
    [-4, 'refuse>firm'],
    [-3, 'book !trouble'],
    [-1, 'book'],
    [-4, 'mine'],
    [-4, 'decide'],
    [-4, '@dropped'],
    [-4, '@asked'],
    [-4, 'asset'],
    [-4.5, 'know'],
    [-5, 'talk'],
    [-4, 'doc'],
    [-3, 'approve'],
    [-4, 'remind'],
    [-2.5, '@how !firm'],
    [-2, '@what !trouble !firm !@trouble'],
    [-3, 'cards'],
    [-4, 'phone'],
    [-3, 'tired'],
  ],
  slots: {
    location: { sort: 'place', nouns: places },
    object: { sort: 'thing', known: fixtures, not: notThings, trouble: troubles, places },
    problem: { sort: 'trouble', words: troubles },
    priority: { sort: 'term', of: urgency },
    when: { sort: 'when', shape: 'onset' },
    phone: { sort: 'code', pattern: phoneNumber },
  },
  examples: [
    { says: '3楼打印机卡纸了', means: { location: '3楼', object: '打印机', problem: '卡纸' } },
    {
      says: '2楼茶水间的灯不亮，麻烦尽快修一下',
      means: { location: '2楼茶水间', object: '灯', problem: '不亮', priority: 'urgent' },
    },
  ],
};
