import chinese from './cities.json' with { type: 'json' };

/** Cities abroad that business trips go to; names as Chinese speakers say them. */
const abroad: readonly string[] =
  '东京 大阪 京都 名古屋 福冈 横滨 首尔 釜山 新加坡 吉隆坡 曼谷 雅加达 马尼拉 河内 胡志明市 金边 仰光 孟买 新德里 班加罗尔 迪拜 阿布扎比 利雅得 多哈 特拉维夫 伊斯坦布尔 莫斯科 圣彼得堡 伦敦 曼彻斯特 巴黎 里昂 柏林 慕尼黑 法兰克福 汉堡 杜塞尔多夫 斯图加特 阿姆斯特丹 布鲁塞尔 苏黎世 日内瓦 维也纳 布拉格 华沙 布达佩斯 米兰 罗马 马德里 巴塞罗那 里斯本 斯德哥尔摩 哥本哈根 赫尔辛基 奥斯陆 都柏林 雅典 开罗 内罗毕 约翰内斯堡 拉各斯 纽约 华盛顿 波士顿 芝加哥 旧金山 洛杉矶 西雅图 圣何塞 拉斯维加斯 休斯顿 达拉斯 亚特兰大 迈阿密 多伦多 温哥华 蒙特利尔 墨西哥城 圣保罗 里约热内卢 布宜诺斯艾利斯 圣地亚哥 悉尼 墨尔本 布里斯班 珀斯 奥克兰'.split(
    ' ',
  );

/** Districts that people name like cities when they travel. */
const districts: readonly string[] = '雄安 浦东 滨海新区 横琴 前海 亦庄 义乌 昆山'.split(' ');

/** City names without 市: Chinese prefecture and county level cities, and frequent destinations abroad. */
export const cities: readonly string[] = [...new Set([...chinese, ...abroad, ...districts])];
