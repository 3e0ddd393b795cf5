/** One-character names of cities in written style (赴京, 返沪). Only read after a word of travelling. */
export const shortCities: { readonly [short: string]: string } = {
  京: '北京',
  沪: '上海',
  津: '天津',
  渝: '重庆',
  穗: '广州',
  深: '深圳',
  杭: '杭州',
  宁: '南京',
  汉: '武汉',
  蓉: '成都',
  港: '香港',
  澳: '澳门',
  台: '台北',
};
