import type { HeardAs } from '../../../language/lexicon.ts';
import { said } from '../../../language/lexicon.ts';

/** Words for desks and booths, by the sorts that every office has. What else an office books is heard by its own list. */
const sorts = {
  工位: said('工位 办公位 卡位'),
  静音舱: said('静音舱 隔音舱 电话亭'),
};

/**
 * Bookings of a desk or booth. Only what plainly asks for one: most sentences with 工位 say where something is broken, or who sits there.
 */
export const heardAs: HeardAs = {
  intent: 'space.book',
  wish: true,
  words: {
    space: Object.values(sorts).flat(),
    book: said('订 预订 预定 预约 约 定 留 占 book reserve'),
    not: said(`
      坏 漏 不亮 打不开 不制冷 没声音 修 没电 不了 故障 卡住 脏 打扫 保洁 插座 椅子 灯 电话 桌子 显示器 网 门禁
      取消 退 撤 改 换 不要 不用 不订 调整 谁 哪 多少 怎么 搬
    `),
  },
  cues: [
    [200, 'book space'],
    [-400, 'not'],
    [-400, '@how'],
    [-400, '@asked'],
    [-400, '@dropped'],
    [-400, '@past'],
  ],
  slots: {
    when: { sort: 'when', shape: 'now' },
    duration: { sort: 'length' },
    room: { sort: 'room' },
    floor: { sort: 'floor' },
    sort: { sort: 'term', of: sorts },
  },
  examples: [
    { says: '明天订个工位', means: { sort: '工位' } },
    { says: '帮我订三楼的静音舱，下午2点到3点', means: { sort: '静音舱', floor: 3 } },
  ],
};
