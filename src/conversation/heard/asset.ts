import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';

/** What offices keep account of piece by piece. */
const assets =
  '笔记本电脑 笔记本 笔电 台式机 台式电脑 电脑 主机 显示器 显示屏 键盘 服务器 交换机 路由器 打印机 复印机 投影仪 投影机 相机 照相机 单反 摄像机 无人机 对讲机 手机 测试机 平板 平板电脑 ipad 移动硬盘 硬盘 u盘 录音笔 麦克风 音响 音箱 话筒 翻页笔 三脚架 稳定器 电视 电视机 空调 冰箱 饮水机 碎纸机 保险柜 文件柜 柜子 桌子 办公桌 会议桌 椅子 办公椅 沙发 货架 屏风 车 公务车 商务车 轿车 汽车 钥匙 车钥匙 工具箱 电钻 梯子 万用表 仪器 设备 示波器 测试设备 工具 资产 固定资产 电话 座机 扫描仪 推车 帐篷 展架 易拉宝 充电宝 转换器 头盔 工牌 门禁卡 电脑包 拓展坞 macbook thinkpad'.split(
    ' ',
  );

/** Company property: taking, lending, giving back, moving, scrapping, counting. */
export const asset: HeardAs = {
  intent: 'asset',
  wish: true,
  words: {
    asset: assets,
    named: ['资产', '固定资产', '资产编号', '资产标签', '设备编号', '资产号'],
    holder: said('在谁手里 在谁手上 在谁那 谁保管 谁在用 归谁 谁领走 谁领的 在哪个部门'),
    borrow: ['borrow', '借用', '借一下', '借个', '借一', '借两', '借', '租借'],
    return: said(`return 归还 还一下 还回 退还 交还 退库 交回 上交 还给 要还 还了 还`),
    under: ['名下', '转到', '过到', '划到'],
    cards: said('工牌 工卡 门禁卡 门卡 胸牌 钥匙 车钥匙 停车卡'),
    transfer: ['移交', '调拨', '转移给', '交接', '转让', '调给', '划转', '转给', '过户'],
    scrap: ['报废', '处置', '淘汰', '报废处置'],
    inventory: ['盘点', '清点', '清查'],
    query: said(`
      名下有 名下的 折旧 在谁名下 资产查询 使用年限 名下资产 谁在用 资产台账 资产清单 还有几台 有多少台
      库存
    `),
    register: ['入库', '资产登记', '新购', '登记入账', '入账', '建卡'],
    look: ['查', '查一下', '查询', '看看', '多少', '哪些', '是什么'],
    label: ['资产标签', '标签掉', '贴标签', '补标签', '补一张', '打标签', '标签'],
    reissue: ['补办', '补一张', '挂失'],
    loss: ['报损', '丢失', '丢了', '遗失', '弄丢', '被偷', '找不到了'],
    claim: ['领用', '领', '申领', '配', '申请一台', '申请', '新员工入职'],
    durable: said(`
      台笔记本 台平板 部手机 台手机 台显示器
      笔记本电脑 笔电 台式机 电脑 显示器 手机 平板 测试机 ipad 服务器 主机 打印机 macbook
      thinkpad 办公椅 对讲机
    `),
    broken: said(`坏 不亮 漏 死机 蓝屏 卡 不了 没电 没网 打不开 没反应 修 很慢 太慢 连不上 故障`),
    roomWord: ['会议室', '多功能厅', '报告厅', '培训室', '场地', '投影和', '人开会'],
    money: said(`
      公章 合同章 印章 章外 带章 钱 借款 还款 还有 还是 还没 还不 还要 还能 还可以 还好 还想
      还在 还需 还行 还会 还剩 还用 还未 借口 借此 凭借
    `),
    undo: ['取消', '撤回', '作废'],
    talk: said(`闹钟 天气 评分 景点 餐 酒店 播放 电影 书 小说 怎么还 多少钱`),
    remind: ['提醒', '记得', '待办'],
    card: ['刷不'],
    mine: ['我名下', '我的资产'],
    approve: ['审批', '驳回', '同意'],
  },
  cues: [
    [2.5, 'named'],
    [3.5, 'borrow asset'],
    [3.5, 'return asset'],
    [3.5, 'transfer asset'],
    [2, 'look named'],
    [3.5, 'holder @code'],
    [3.5, 'holder asset'],
    [2, 'named @id'],
    [1.5, 'transfer asset @person'],
    [4, 'scrap'],
    [1.5, 'scrap asset'],
    [3.5, 'inventory'],
    [1, 'inventory named'],
    [3.5, 'query'],
    [4, 'register asset'],
    [2.5, 'label asset'],
    [2, 'label named'],
    [3, 'loss asset'],
    [3, 'loss cards'],
    [3, 'reissue cards'],
    [5, 'asset>under'],
    [3, 'claim durable'],
    [2, 'claim named'],
    [-3.5, 'broken !scrap'],
    [-4, 'roomWord !named'],
    [-4, 'money'],
    [-4, 'undo'],
    [-4, '@dropped'],
    [-5, 'talk'],
    [-4, 'remind'],
    [-2, 'mine'],
    [-3, 'approve'],
    [-2.5, '@how !loss !return'],
  ],
  slots: {
    action: {
      sort: 'term',
      prefer: ['scrap', 'transfer', 'loss', 'label', 'inventory', 'register'],
      of: {
        borrow: ['borrow', '借用', '借一下', '借', '租借'],
        return: said(`return 归还 还一下 还回 退还 交还 退库 交回 上交 还给 要还 还`),
        transfer: [
          '转到',
          '过到',
          '移交',
          '调拨',
          '转移',
          '交接',
          '转让',
          '调给',
          '划转',
          '转给',
          '过户',
        ],
        scrap: ['报废', '处置', '淘汰'],
        inventory: ['盘点', '清点', '清查'],
        query: said(`
          登记在谁 在谁手里 在谁手上 在谁那 谁保管 归谁 折旧 在谁名下 资产查询 使用年限 名下 谁在用 台账 资产清单 还有几台 有多少 库存
          查一下 查询 有哪些
        `),
        register: ['入库', '资产登记', '新购', '入账', '建卡', '资产卡片', '建个资产', '登记'],
        label: ['资产标签', '标签掉', '贴标签', '标签', '打标签'],
        loss: ['补办', '报损', '丢失', '丢了', '遗失', '弄丢', '被偷', '找不到了'],
        claim: ['领用', '领', '申领', '配一台', '配', '申请一台', '申请一个', '申请领用', '领取'],
        '': ['领的', '申领的', '领用的', '借的', '配的', '还有', '还是', '还没', '还要', '还能'],
      },
    },
    item: {
      sort: 'thing',
      unlisted: true,
      known: assets.filter((name) => name !== '资产' && name !== '固定资产'),
    },
    qty: { sort: 'count', of: assets },
    assetno: {
      sort: 'code',
      pattern: /(?<![A-Za-z\d])(?:[A-Za-z]{1,4}-?)?(?:[A-Za-z]{1,4}-?)?\d{4,12}(?:-\d{1,6})?(?!\d)/,
    },
    person: {
      sort: 'person',
      after: ['移交给', '转给', '交接给', '调拨给', '转移给', '交给', '还给', '调给', '给', '转到'],
      anywhere: true,
    },
    location: { sort: 'place', nouns: [] },
    when: { sort: 'when', shape: 'loan' },
  },
  examples: [
    { says: '借一台相机，周三还', means: { action: 'borrow', item: '相机', qty: 1 } },
    { says: '这台打印机申请报废', means: { action: 'scrap', item: '打印机' } },
  ],
};
