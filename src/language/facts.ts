import { amountAt, measureAt } from './slots/amounts.ts';
import { phoneNumber, plateNumber, requestNumber } from './slots/codes.ts';
import { findHeadcounts } from './slots/headcount.ts';
import { findPersons } from './slots/persons.ts';
import { findFloors } from './slots/floors.ts';
import { findPlaces } from './slots/places.ts';
import { findRooms } from './slots/rooms.ts';
import { goesToCity, hasCity } from './slots/routes.ts';
import { troubleAt } from './slots/troubles.ts';
import type { TimeValue } from './meaning.ts';
import { perSentence } from './sentence.ts';
import type { Sentence } from './sentence.ts';

/** Asks for a way or a rule: 怎么报销, 如何申请, 流程是什么, 标准多少. */
const asksHow =
  /怎么(?!样|还|又|回事|样了|没|不|都|办)|如何|怎样(?!了)|咋(?!样|了|回事)|流程(?:是|有|怎|吗|图)|规定|标准|制度|政策|区别|步骤|需要(?:什么|哪些)(?:材料|手续|流程)|要(?:什么|哪些)(?:材料|手续)|(?:要|需要|得|由)(?:谁|哪些人|哪个部门|哪些领导)(?:来)?(?:审|批|签|同意)|什么意思/;
const asksWhat = /多少|什么|哪|几[点个时号天楼层张条份位]|谁|多久|多大|多远|为什么|为啥|啥/;
const asksYesNo = /吗|么[?？]?$|呢|[?？]|没有[?？]?$|是不是|能不能|可不可以|有没有|了没/;
const denies = /不(?:要|用|需要|想|去|开|订|必)|别(?!的|人|墅|名|处)|取消|没必要/;

/** Asks whether something asked for is done: 批了吗, 处理了没有, 修好没. */
const asksDone =
  /(?:审批过|审过|批过|批|审|处理|修|通过|发货|到货|到|办|盖|订|约|完成|受理|安排|发放|寄)(?:好|完|下来|上)?了?(?:吗|没有|没|么)(?=$|[?？,，。!！\s啊呀呢])|(?:怎么|咋|为什么|为啥|一直|到现在|现在)都?还?没有?(?:人)?(?:批|审|处理|修|通过|发|到|办|盖|完成|受理|安排|寄|来|动静|消息|结果)/;

/** Gives up what was asked for: 不去上海了, 先不借相机了. */
const givesUp =
  /(?:不|别|甭)(?:去|订|定|领|借|盖|办|修|出差)[\p{Script=Han}a-z\d]{0,8}了(?=$|[\s,，。.!！~])/u;

/** Tells what was done: 他昨天出差回来了, 我昨天去上海了. */
const tellsOfOthers =
  /^(?:我|我们)(?:昨天|昨晚|前天|上周|上个?月|刚才|刚刚)(?:去|到|见|参加|开|吃|看|买)[^，,?？]{1,16}了[。.!！~\s]*$|^(?:听说)?(?:他|她|他们|她们|人家|领导|老板|同事|大家|那个人)[^，,。?？]{1,20}(?:了|过|过了|着呢|呢)[。.!！~\s]*$/;

/** Words that announce who is told to do something; kept, because an index is built for each list. */
const told = { after: ['让', '叫', '请', '安排', '通知', '派'] };

/** Something that is so or not in a sentence, whatever is asked for. Cues speak of it as `@name`. */
const facts: { readonly [name: string]: (sentence: Sentence) => boolean } = {
  time: (s) => s.times().some((t) => t.value.type !== 'duration'),
  clock: (s) => s.times().some((t) => t.value.type.includes('time')),
  length: (s) => s.times().some((t) => t.value.type === 'duration'),
  past: isPast,
  days: (s) => s.times().some((t) => t.value.type === 'daterange'),
  city: hasCity,
  bound: goesToCity,
  count: (s) => hasCount(s.text),
  people: (s) => findHeadcounts(s).length > 0,
  room: (s) => findRooms(s).length > 0,
  ownroom: (s) => s.named('rooms').length > 0,
  floor: (s) => findFloors(s).length > 0,
  place: (s) => findPlaces(s, []).length > 0,
  trouble: (s) => troubleAt(s, []) !== null,
  item: (s) => s.named('items').some((f) => f.value.how !== 'pinyin' && f.words.length > 1),
  person: (s) => findPersons(s, { anywhere: true }).length > 0,
  told: (s) => findPersons(s, told).length > 0,
  id: (s) => s.said.search(requestNumber) >= 0,
  code: (s) => /(?<![a-z\d])[a-z]{1,4}-?(?:[a-z]{1,4}-?)?\d{4}-?\d{3,6}(?!\d)/.test(s.text),
  phone: (s) => s.said.search(phoneNumber) >= 0,
  plate: (s) => s.said.search(plateNumber) >= 0,
  how: (s) => asksHow.test(s.text),
  what: (s) => asksWhat.test(s.text),
  ask: (s) => asksYesNo.test(s.text),
  asked: (s) => asksDone.test(s.text),
  no: (s) => denies.test(s.text),
  dropped: (s) => givesUp.test(s.text),
  tells: (s) => tellsOfOthers.test(s.text),
  corrected: (s) => s.correction !== null,
  tally: (s) => /[*×x]\s?\d|[\p{Script=Han}]\s?\d{1,3}(?=$|[,，、;；\s])/u.test(s.text),
  short: (s) => s.text.trim().length <= 6,
  latin: (s) => (s.text.match(/[a-z]{2,}/g)?.length ?? 0) >= 2,
};

const names = Object.keys(facts);
const tests = Object.values(facts);

/** The number a fact is looked up by; unknown names are a mistake of a declaration. */
export function factNumber(name: string): number {
  const fact = names.indexOf(name);
  if (fact < 0) throw new RangeError(`no fact is called ${name}`);
  return fact;
}

/** Whether facts hold in a sentence, by their numbers. Cues and shapes ask for the same ones; each is looked for once. */
export const factsOf = perSentence((sentence) => {
  const known: (boolean | null)[] = names.map(() => null);
  return (fact: number): boolean => (known[fact] ??= tests[fact]?.(sentence) === true);
});

/** The last day a time speaks of, `YYYY-MM-DD`; null for clock times, lengths and what repeats or goes on. */
function lastDayOf(value: TimeValue): string | null {
  if (value.type === 'date' || value.type === 'datetime') return value.start.slice(0, 10);
  if (value.type === 'daterange' || value.type === 'datetimerange')
    return value.end?.slice(0, 10) ?? null;
  return null;
}

/** Whether all that is dated lies before today: 上周客户来访，大家都很辛苦 tells, and asks for nothing to come. */
function isPast(sentence: Sentence): boolean {
  const days = sentence.times().map(({ value }) => lastDayOf(value));
  if (days.length === 0) return false;
  const today = sentence.today();
  return days.every((day) => day !== null && day < today);
}

function hasCount(text: string): boolean {
  for (let i = 0; i < text.length;) {
    const amount = amountAt(text, i);
    const measure = amount === null ? null : measureAt(text, amount.to);
    if (measure !== null && !/^[人月小]/.test(text.slice(measure.to))) return true;
    i = amount?.to ?? i + 1;
  }
  return false;
}
