/** Whose a fixed desk is: 「我的工位在哪」, 「王芳坐哪」; and its owner who does not need it: 「我的工位明天可以给别人用」. */
import { dayText } from '../../cards/times.ts';
import { enumerated, type Words, words } from '../../cards/words.ts';
import { peopleMeant } from '../directory/people-meant.ts';
import { findNames } from '../language/names.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { MOST_DAYS, timesOf, wholeDay } from '../requests/room/space/dates.ts';
import { spaceLabel } from '../requests/room/space/prepare.ts';
import { fixedOf, release, takeBack } from '../requests/room/space/register.ts';
import type { Space } from '../requests/room/rooms.ts';
import { calendarOf } from '../settings/office-calendar.ts';
import type { Led } from './last-said.ts';
import { say, type Talk } from './talk.ts';

const DESK = '(?:固定)?(?:工位|座位|办公位|卡位|位子|位置)';
const PLACE = '(?:在|是)?(?:哪里?|哪儿|哪个|几楼|几号|多少号|什么地方)(?:呢|啊)?';
const MINE = new RegExp(`^我的?${DESK}${PLACE}$|^where is my (?:desk|seat)$`, 'iu');
const THEIRS = new RegExp(
  `^(.{1,20}?)(?:的?${DESK}|坐)${PLACE}$|^where (?:does|is) (.{1,30}?)(?:'s (?:desk|seat)| sit(?:ting)?)$`,
  'iu',
);
const GIVES =
  /(?:工位|座位|办公位|卡位).*(?:(?:给|让给?)(?:别人|大家|其他人|其他同事|同事)(?:用|坐|订)?|让出来?|空出来)(?:了|吧)?$|^(?:others|somebody else) (?:can|may) (?:use|have) my desk\b/iu;
const NEEDS =
  /^我的?(?:工位|座位|办公位|卡位).*(?:收回|不让了?|(?:我)?自己(?:要)?用|还要用)(?:了|吧)?$|^i need my desk\b/iu;

/** Answers what is asked of fixed desks, and does what their owner says; undefined for any other sentence. */
export async function fixedDeskByWord(
  talk: Talk,
  said: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  if (MINE.test(said)) return whose(talk, talk.person.id, undefined);
  if (GIVES.test(said)) return giveAway(talk, said);
  if (NEEDS.test(said)) return need(talk, said);
  const parts = THEIRS.exec(said);
  const name = parts?.[1] ?? parts?.[2];
  return name === undefined ? undefined : theirs(talk, name, lexicon);
}

/** Only for a name of somebody here: 「客户坐哪」 is another question. */
async function theirs(talk: Talk, name: string, lexicon: Lexicon): Promise<Led | undefined> {
  if (findNames(name, lexicon.people).length === 0) return undefined;
  const meant = await peopleMeant(talk.work.tx, name, []);
  const [only, another] = meant;
  if (!only) return undefined;
  if (!another) return whose(talk, only.id, only.name);
  const who = meant.map((each) => `${each.name}（${each.department ?? ''}）`).join('、');
  await say(talk, `有几位：${who}，请说全名和部门`, `There are several: ${who}; please say which`);
  return {};
}

/** The register tells whose a desk is; what somebody has booked for today is theirs to tell. */
async function whose(talk: Talk, person: number, name: string | undefined): Promise<Led> {
  const { work, setup } = talk;
  const fixed = await fixedOf(work.tx, setup.rules, person);
  const [zh, en] = name === undefined ? ['您', 'You'] : [name, name];
  const has = name === undefined ? 'have' : 'has';
  if (fixed.length === 0)
    await say(
      talk,
      `${zh}没有固定工位。要订就说「明天订个工位」`,
      `${en} ${has} no desk of ${name === undefined ? 'your' : 'their'} own. To book one say “book a desk for tomorrow”`,
    );
  else {
    const where = enumerated(fixed.map(spaceLabel));
    await say(talk, `${zh}的固定工位：${where.zh}`, `${en} ${has} ${where.en}`);
  }
  return {};
}

/** The working days that a sentence names, from today on. */
function daysIn(talk: Talk, said: string): ReturnType<typeof timesOf> {
  const { rules } = talk.setup;
  for (const { value } of findTimes(said, talk.now)) {
    const start = 'start' in value && typeof value.start === 'string' ? value.start : '';
    if (!/^\d{4}-\d{2}-\d{2}/u.test(start)) continue;
    const end = 'end' in value && typeof value.end === 'string' ? value.end : start;
    const dates = { from: start.slice(0, 10), to: end.slice(0, 10) };
    const hours = wholeDay(rules.workingHours.hours);
    return timesOf(dates, hours, calendarOf(rules), talk.work.now).slice(0, MOST_DAYS);
  }
  return [];
}

type Owned = { readonly desk: Space; readonly days: ReturnType<typeof timesOf> };

/** The speaker's desk and the days they name; when either is missing they are told. */
async function owned(talk: Talk, said: string, example: Words): Promise<Owned | undefined> {
  const { work, setup, person } = talk;
  const [desk] = await fixedOf(work.tx, setup.rules, person.id);
  const days = daysIn(talk, said);
  if (!desk) await say(talk, '您没有固定工位', 'You have no desk of your own');
  else if (days.length === 0)
    await say(talk, `哪几天？例如「${example.zh}」`, `Which days? Such as “${example.en}”`);
  return desk && days.length > 0 ? { desk, days } : undefined;
}

async function giveAway(talk: Talk, said: string): Promise<Led> {
  const example = words('我的工位明天可以给别人用', 'others may use my desk tomorrow');
  const { desk, days } = (await owned(talk, said, example)) ?? {};
  if (!desk || !days) return {};
  await release(
    talk.work,
    desk.id,
    days.map(({ day }) => day),
  );
  const told = daysTold(talk, days);
  await say(
    talk,
    `好的，${desk.name}在${told.zh}可以给别人订了。要收回就说「我的工位${told.zh}自己用」`,
    `Others may book ${desk.name} on ${told.en}. To have it back say “I need my desk …”`,
  );
  return {};
}

async function need(talk: Talk, said: string): Promise<Led> {
  const example = words('我的工位明天自己用', 'I need my desk tomorrow');
  const { desk, days } = (await owned(talk, said, example)) ?? {};
  if (!desk || !days) return {};
  const taken = await takeBack(talk.work, desk.id, days);
  const left = daysTold(
    talk,
    days.filter(({ day }) => taken.includes(day)),
  );
  if (taken.length === 0)
    await say(talk, `好的，${desk.name}还是您的`, `${desk.name} is yours again`);
  else
    await say(
      talk,
      `${desk.name}在${left.zh}已经有同事订了，收不回来；其余的还是您的`,
      `Somebody has booked ${desk.name} on ${left.en}; the other days are yours again`,
    );
  return {};
}

/** More days than this do not fit in a line. */
const MOST_TOLD = 5;

function daysTold(talk: Talk, days: Owned['days']): Words {
  const today = talk.now.toPlainDate();
  const told = enumerated(days.slice(0, MOST_TOLD).map(({ day }) => dayText(day, today)));
  return days.length > MOST_TOLD
    ? words(`${told.zh}等 ${days.length} 天`, `${told.en} and ${days.length - MOST_TOLD} more days`)
    : told;
}
