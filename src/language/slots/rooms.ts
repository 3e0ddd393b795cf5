import type { Found } from '../meaning.ts';
import { foundAt, inTime, perSentence } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { longestAt } from '../trie.ts';
import { wordsIn } from './terms.ts';

/** What rooms are called by their last word. */
const roomNouns = [
  '会议室',
  '会客室',
  '会议厅',
  '多功能厅',
  '多功能会议室',
  '报告厅',
  '培训室',
  '培训教室',
  '洽谈室',
  '接待室',
  '贵宾室',
  '路演厅',
  '演播厅',
  '讨论室',
  '面试间',
  '电话间',
  '大礼堂',
  '礼堂',
  '教室',
  '示教室',
  '多媒体教室',
  '党员活动室',
  '活动室',
  '会商室',
  '评审室',
  '洽谈区',
  '谈判室',
  '路演室',
  '直播间',
  '会见室',
  '调解室',
  '厅',
  '阶梯教室',
  '小黑屋',
  '视频会议室',
  'meeting room',
];
/** Names of rooms by themselves; the others only name a sort of room. */
const onlyOne = new Set([
  '多功能厅',
  '报告厅',
  '路演厅',
  '演播厅',
  '大礼堂',
  '阶梯教室',
  '小黑屋',
  '贵宾室',
  '示教室',
  '多媒体教室',
  '党员活动室',
  '直播间',
  '礼堂',
]);
/** Halls nobody books: 餐厅, 大厅, 客厅; and 厅 in 办公厅, 省厅, 厅长. */
const noHall = /[餐大前客门舞歌展公省各本我]$/;
const afterHall = /^[长局级里内部]/;

/** Words before 会议室 that belong to the sentence, not to its name. */
const notName =
  '订定预约借用找要个间的是在把大小中把这那有换到去下室开取消给来帮我您你他一两三四五六七八九十几哪什么人位名点半号楼层日月天周午晚早时分钟分会各每另约留需改退查请上午新老个了想间想用能坐下之和与跟、都该及再也还没不好可以申视频投影白板前面对某其任何随便场占'.split(
    '',
  );
const notInName = new Set(notName);

const isHan = (c: string): boolean => c >= '\u4e00' && c <= '\u9fff';

/** Start of the name that ends at a room noun at `at`: 305|会议室, 星空|会议室, 2号|会议室; `at` itself when there is none. */
function nameStart(sentence: Sentence, at: number): number {
  const { text } = sentence;
  const numbered =
    /(?:[a-z]?-?\d{1,4}|[a-z])号?$|[一二三四五六七八九十]{1,2}号$|第[一二三四五六七八九十\d]{1,2}$/.exec(
      text.slice(Math.max(0, at - 6), at),
    );
  if (numbered !== null) {
    const from = at - numbered[0].length;
    return inTime(sentence, from, at) &&
      !/[室]/.test(text.charAt(from - 1)) &&
      !numbered[0].endsWith('号')
      ? at
      : from;
  }
  let from = at;
  while (
    from > 0 &&
    at - from < 4 &&
    isHan(text.charAt(from - 1)) &&
    !notInName.has(text.charAt(from - 1))
  )
    from--;
  const clean = from === 0 || notInName.has(text.charAt(from - 1)) || !isHan(text.charAt(from - 1));
  return clean && at - from >= 2 && !inTime(sentence, from, at) ? from : at;
}

const withDemonstrative = /(\d{3,4}|[a-z]\d{2,4})(?:号)?(?:那个|这个|那间|这间|的)?(?:大|小|中)?$/;
const numberAfter =
  /^(?:是|为|：|:)?\s*([a-z]?\d{3,4}|[a-z])(?!\d|[a-z]|:|：|点|人|个|月|号|日|年|元)/;

/** Named and numbered rooms: the company's own, else 305会议室, 会议室B, 星空会议室, 多功能厅. */
export const findRooms = perSentence((sentence): readonly Found<string>[] => {
  const own = sentence.named('rooms').map((f) => ({ ...f, value: f.value.name }));
  if (own.length > 0) return own;
  const found: Found<string>[] = [];
  const index = wordsIn(roomNouns);
  for (let i = 0; i < sentence.text.length;) {
    const noun = longestAt(index, sentence.text, i);
    const room = noun === undefined ? null : roomAt(sentence, noun.from, noun.to, noun.value);
    if (room !== null) found.push(room);
    i = noun?.to ?? i + 1;
  }
  if (found.length > 0) return found;
  const moved = switchedTo(sentence);
  return moved.length > 0 ? moved : quotedRoom(sentence);
});

/** 「桃花源」 in a sentence about rooms: what people put in quotes is its name. */
const quotedName = /[「“"『]([\p{Script=Han}A-Za-z\d]{2,8})[」”"』]/u;

function quotedRoom(sentence: Sentence): readonly Found<string>[] {
  const name = quotedName.exec(sentence.said);
  if (name?.[1] === undefined || /会|培训|讲座|评审|项目/.test(name[1])) return [];
  return [foundAt(sentence, name.index + 1, name.index + 1 + name[1].length, name[1])];
}

/** Everest 会议室; a word in capitals is a brand or a system (VIP, HR). */
const foreignName = /(?<![A-Za-z])((?!Zoom|Teams)[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?) ?$/;

function roomAt(sentence: Sentence, at: number, to: number, noun: string): Found<string> | null {
  const { text, said } = sentence;
  if (noun === '厅' && (noHall.test(text.slice(0, at)) || afterHall.test(text.slice(to))))
    return null;
  const named = (from: number, end: number, name = said.slice(from, end)): Found<string> =>
    foundAt(sentence, from, end, name);
  const shown = withDemonstrative.exec(text.slice(Math.max(0, at - 8), at));
  if (shown?.[1] !== undefined && !inTime(sentence, at - shown[0].length, at))
    return named(at - shown[0].length, to, shown[1].toUpperCase());
  const from = nameStart(sentence, at);
  if (from < at) return named(from, to);
  const foreign = foreignName.exec(said.slice(Math.max(0, at - 24), at));
  if (foreign?.[1] !== undefined) return named(at - foreign[0].length, to, foreign[1]);
  const number = numberAfter.exec(text.slice(to, to + 8));
  if (number?.[1] !== undefined && !inTime(sentence, to, to + number[0].length))
    return named(at, to + number[0].length, number[1].toUpperCase());
  if (onlyOne.has(noun)) return named(at, to);
  return sizedOnFloor(sentence, at, to);
}

/** 3楼小会议室: on one floor, "the small one" is a name. */
function sizedOnFloor(sentence: Sentence, at: number, to: number): Found<string> | null {
  if (
    !/[大小]/.test(sentence.text.charAt(at - 1)) ||
    !/[楼层]的?(?:那个|这个|那间|这间)?$/.test(sentence.text.slice(0, at - 1))
  )
    return null;
  return foundAt(sentence, at - 1, to, sentence.said.slice(at - 1, to));
}

/** 换到305, 改成B203, 去305: a bare number after a word of moving. */
function switchedTo(sentence: Sentence): readonly Found<string>[] {
  const moved =
    /(?:换成|换到|换为|改成|改到|改在|改为|挪到|移到|用|订|定|约|留|占|借)(?:一?下|一?个|用|住)?([a-z]?\d{3,4}|[a-z]\d{2,4})(?!\d|:|：|点|人|个|月|号|日|年|元|块|张|份|本|支|盒|包|箱|套|瓶)/.exec(
      sentence.text,
    );
  if (moved?.[1] === undefined) return [];
  const from = moved.index + moved[0].length - moved[1].length;
  const to = from + moved[1].length;
  return inTime(sentence, from, to) ? [] : [foundAt(sentence, from, to, moved[1].toUpperCase())];
}
