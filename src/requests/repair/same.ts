/** Whether two reports are about the same broken thing: pure, in near words. */
import { fold } from '../../language/fold.ts';

/** What a report says of where and what. */
export type Broken = {
  readonly asset?: string | undefined;
  readonly place: string;
  readonly object: string;
};

/** Things that people call by several names; the first stands for all. */
const THINGS: readonly (readonly string[])[] = [
  ['打印机', '复印机', '影印机', '一体机', '打印复印一体机', '扫描仪', 'printer', 'copier'],
  ['马桶', '坐便器', '厕所马桶'],
  ['水龙头', '龙头', 'tap', 'faucet'],
  ['灯', '灯管', '灯泡', '日光灯', '顶灯', '筒灯', '吸顶灯', '电灯', '照明', 'light', 'lamp'],
  ['投影仪', '投影机', '投影', 'projector'],
  ['电梯', '升降梯', '客梯', 'lift', 'elevator'],
  ['门禁', '门禁机', '刷卡机', '门禁卡机'],
  ['饮水机', '净水器', '直饮机', '开水器', '热水器', '热水机'],
  ['空调', '中央空调', '冷气', '空调机', 'air conditioner', 'aircon'],
  ['网络', '网', '无线网', 'wifi', '无线', '宽带', '内网', '外网', 'network'],
  ['电视', '电视机', '大屏', '显示屏', '大屏幕'],
  ['插座', '插排', '插线板', '排插', '墙插'],
  ['门', '大门', '房门', '玻璃门', 'door'],
];

/** Places that people call by several names. */
const PLACES: readonly (readonly string[])[] = [
  ['卫生间', '厕所', '洗手间', '盥洗室', 'toilet', 'restroom'],
  ['茶水间', '茶水室', '开水间', '开水房', 'pantry'],
  ['前台', '大堂前台', '接待台', 'reception'],
  ['走廊', '过道', 'corridor'],
  ['地下车库', '车库', '地库', '停车场'],
];

const DIGITS: { readonly [character: string]: string } = {
  一: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

/** 「三层」「3F」「the 3rd floor」 are 3楼. Ten and above as people write them: 十二楼, 12楼. */
function plainFloors(text: string): string {
  return text
    .replace(/([一二三四五六七八九])?十([一二三四五六七八九])?(?=[楼层])/g, (_, tens, ones) =>
      String(Number(DIGITS[tens] ?? 1) * 10 + Number(DIGITS[ones] ?? 0)),
    )
    .replace(/[一二两三四五六七八九](?=[楼层])/g, (digit) => DIGITS[digit] ?? digit)
    .replace(/(\d+)\s*(?:层|f(?![a-z])|号楼层)/g, '$1楼')
    .replace(/(\d+)(?:st|nd|rd|th)\s+floor/g, '$1楼');
}

/** Words that tell nothing apart. */
const EMPTY =
  /的|那台|这台|那个|这个|一台|那|这|里面|里|旁边|附近|那边|这边|公司|咱们|我们|公用|公共|\s|the|on|in|at|of|[，,。.、()（）]/g;

const bare = (text: string): string => plainFloors(fold(text).toLowerCase()).replaceAll(EMPTY, '');

/** The first of the names that a text is called by, or the text. The longest name found counts: 门禁 is no 门. */
function called(text: string, names: readonly (readonly string[])[]): string {
  const found = names
    .flatMap((group) => group.map((name) => ({ name: bare(name), as: bare(group[0] ?? '') })))
    .filter(({ name }) => text.endsWith(name))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  return found ? text.slice(0, text.length - found.name.length) + found.as : text;
}

const floorIn = (place: string): string | undefined => /b?\d+楼/.exec(place)?.[0];

/** Two places may be one: one names the other and more, and no two floors are named. 「3楼」 may be 「3楼茶水间」. */
function mayBeOne(one: string, other: string): boolean {
  const floors = [floorIn(one), floorIn(other)];
  if (floors[0] !== undefined && floors[1] !== undefined && floors[0] !== floors[1]) return false;
  return one === other || one.includes(other) || other.includes(one);
}

/** Two names may mean one thing: equal, or one is the other with something before it (彩色打印机, 打印机). */
const areOneThing = (one: string, other: string): boolean =>
  one === other || one.endsWith(other) || other.endsWith(one);

/**
 * Whether two reports may be about the same thing: one asset, or else places that may be one and names that may mean one thing. Two
 * numbers that differ are two things, whatever they are called.
 */
export function isSameThing(one: Broken, other: Broken): boolean {
  if (one.asset !== undefined && other.asset !== undefined) return one.asset === other.asset;
  const places = [one, other].map(({ place }) => called(bare(place), PLACES));
  const things = [one, other].map(({ object }) => called(bare(object), THINGS));
  const [place = '', otherPlace = ''] = places;
  const [thing = '', otherThing = ''] = things;
  if (place === '' || thing === '' || otherPlace === '' || otherThing === '') return false;
  return mayBeOne(place, otherPlace) && areOneThing(thing, otherThing);
}

/** One key for all reports about a thing: its number, or where and what in plain words. */
export const keyOf = ({ asset, place, object }: Broken): string =>
  asset === undefined
    ? `${called(bare(place), PLACES)}/${called(bare(object), THINGS)}`
    : `asset:${asset}`;
