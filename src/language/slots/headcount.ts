import type { Found } from '../meaning.ts';
import { foundAt, inTime } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { amountAt } from './amounts.ts';

/** After the number: it counts people. */
const counts =
  /^\s*(?:来|多|几|余)?(?:个|名|位|口|号)?(?:左右的?|以上的?)?(?:人|同事|同志|员工|座位|席位|座|席|客人|访客|people|persons|pax)(?!民|力|事|才|造|为)/;
const countsShort = /^(?:位|名)(?![\p{Script=Han}])/u;
/** Guests are counted as what they are: 三位老师, 两个客户; one who visits two customers brings none. */
const countsGuests =
  /^(?:位(?!数|小数|置|密码)|名(?!片|单|字|义|称|额)|个(?:外宾|客户|专家|老师|工程师|候选人|面试|学生|代表|领导|朋友|供应商|师傅|嘉宾|来宾|同学))/;
/** Before the number: a label of a count of people. */
const label =
  /(?:人数改|人数|参会人员|参会人|参会|出席|到场|与会|容纳|能坐|坐得下|坐下|坐)(?:从[\d一二两三四五六七八九十百]{1,4}(?:个人|个|人|名|位)?|大概|大约|约|改为|改成|变成|变为|调整为|调整到|[加减增升降]到|增加到|减少到|是|为|共|有|[-:：\s])*$/;
/** 俩工程师, 仨客户: two and three with their measure inside. */
const countsPair = /^(?:工程师|客户|专家|老师|同事|师傅|领导|人|学生|候选人|记者|代表)/;
/** 我们4个去: the speaker's own party. */
const party = /(?:我们|咱们|咱|他们|一行|我俩|总共|一共)$/;
const partyAfter = /^个(?=$|[,，。去来要想过飞坐从到跟和今明后周下])/;
const bareBefore =
  /[一总]共\s?$|(?:来的)?人(?:多了|少了|变多了|增加了|加了)?(?:到|为|成|，|,|是)*$/;

type Hint = { readonly bare?: boolean; readonly guests?: boolean };

/** How many people are spoken of: 12个人, 人数15, 能坐60人的, 六位客人. `bare`: 来的人多了，20个 counts too. */
export function findHeadcounts(sentence: Sentence, hint: Hint = {}): readonly Found<number>[] {
  const found = everyHeadcount(sentence, hint);
  // 加两个人，一共10个: the total is what holds.
  const total = found.find(({ from }) =>
    /[一总]共\s?$/.test(sentence.text.slice(Math.max(0, from - 3), from)),
  );
  return total === undefined ? found : [total];
}

function everyHeadcount(sentence: Sentence, hint: Hint): readonly Found<number>[] {
  const { text } = sentence;
  const found: Found<number>[] = [];
  for (let i = 0; i < text.length;) {
    const amount = amountAt(text, i);
    if (amount === null) {
      i++;
      continue;
    }
    const to = headcountEnd(text, i, amount.to, hint);
    if (to !== null && Number.isInteger(amount.value) && !inTime(sentence, i, amount.to))
      found.push(foundAt(sentence, i, to, amount.value));
    i = amount.to;
  }
  return found;
}

function headcountEnd(text: string, from: number, to: number, hint: Hint): number | null {
  const after = text.slice(to, to + 12);
  const word =
    counts.exec(after) ??
    countsShort.exec(after) ??
    (hint.guests === true ? countsGuests.exec(after) : null);
  if (word !== null && !isEach(text, from)) return to + word[0].length;
  const pair = /[俩仨]/.test(text.charAt(from)) && to === from + 1 ? countsPair.exec(after) : null;
  if (pair !== null) return to + pair[0].length;
  if (party.test(text.slice(Math.max(0, from - 3), from)) && partyAfter.test(after)) return to + 1;
  const before = text.slice(Math.max(0, from - 14), from);
  if (label.test(before) && !/^(?:间|点|月|号|日|[:：]|小时|分|楼|层|台|支)/.test(after)) return to;
  return hint.bare === true && bareBefore.test(before) && /^个?(?:$|[，,。了吧])/.test(after)
    ? to
    : null;
}

/** 一人一本 and 每人 count things for each person, not people; 第一人 and 一个人一间 neither. */
const isEach = (text: string, from: number): boolean =>
  /[每第后前]/.test(text.charAt(from - 1)) || /^一个?人[一两\d]/.test(text.slice(from, from + 4));
