import { voiceName } from '../../cards/vocabulary.ts';
import type { Words } from '../../cards/words.ts';
import { isReader, readersOf, type ReportSort } from '../reports/owing.ts';
import { findTimes } from '../language/times.ts';
import type { Heard } from './heard-words.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { mayReadUse } from './stock-views.ts';
import { answer, say, type Talk } from './talk.ts';

/** 「日报」: today's, as far as the day has come. */
export async function digestByWord(talk: Talk): Promise<void> {
  if (!(await mayRead(talk, 'digest'))) return;
  await answer(talk, { view: 'digest', date: talk.now.toPlainDate().toString() });
}

/** 「10月月报」: that month's; without a month the last one that is over. */
export async function monthlyByWord(talk: Talk, { reading }: Heard): Promise<void> {
  if (!(await mayRead(talk, 'monthly'))) return;
  const month = monthOf(reading.slots['when'], talk.now.toPlainDate().toPlainYearMonth());
  await answer(talk, { view: 'monthly', month: month.toString() });
}

const ROOM_USE =
  /^(?:请|帮我|看看?|看一下|查看?|查一下|发我|来一?份|出一?份)*(.{0,14}?)的?会议室的?(?:使用|利用)(率|情况|报告|报表|统计)(?:的?(报告|报表|统计))?$|^(?:show )?(?:the )?room use(?: report)?(?: (?:of|for|in) (.{1,20}))?$/iu;

/**
 * 「上月会议室使用报告」, 「会议室使用情况」: without a month the last one that is over. For the office; who else only asks about rooms is
 * answered as by anybody: undefined.
 */
export async function roomUseByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const { work, setup, person, now } = talk;
  const said = plainSentence(text);
  const parts = ROOM_USE.exec(said);
  if (!parts) return undefined;
  const [, before = '', what = '', more, after] = parts;
  const named = (after ?? before).trim();
  const times = findTimes(named, now);
  const [time] = times;
  const value = time?.value;
  if (named !== '' && !(time && time.from === 0 && time.to === named.length)) return undefined;
  // Of a day is asked what is free on it.
  if (value && value.type !== 'daterange') return undefined;
  if (!(await mayReadUse(work, setup.rules, person.id))) {
    if (what === '情况' && more === undefined && named === '') return undefined;
    await say(
      talk,
      '会议室使用报告给行政和主任看。要看哪些有空说「今天会议室空闲情况」',
      'The report of room use is for the office. For free rooms ask “which rooms are free today”',
    );
    return {};
  }
  const month = monthOf(value, now.toPlainDate().toPlainYearMonth());
  await answer(talk, { view: 'room-use', month: month.toString() });
  return {};
}

/** The month a time lies in. One that is still to come is meant of the year before: nobody reports on what was not yet. */
function monthOf(when: unknown, now: Temporal.PlainYearMonth): Temporal.PlainYearMonth {
  const start =
    typeof when === 'object' && when !== null && 'start' in when ? when.start : undefined;
  if (typeof start !== 'string' || !/^\d{4}-\d{2}-/.test(start)) return now.subtract({ months: 1 });
  const month = Temporal.PlainYearMonth.from(start.slice(0, 7));
  return Temporal.PlainYearMonth.compare(month, now) > 0 ? month.subtract({ years: 1 }) : month;
}

/** Whether the reports of this sort are for them; others are told whom they are for. */
async function mayRead(talk: Talk, report: ReportSort): Promise<boolean> {
  const { work, setup, person } = talk;
  if (await isReader(work, setup.rules, report, person.id)) return true;
  const roles = readersOf(setup.rules, report).map(voiceName);
  const named = (language: keyof Words): string =>
    roles.map((role) => role[language]).join(language === 'zh' ? '、' : ', ');
  const [zh, en] =
    report === 'digest' ? ['行政日报', 'The daily digest'] : ['行政月报', 'The monthly report'];
  await say(
    talk,
    `${zh}发给${named('zh')}，里面有大家的申请，不便给其他人看。您自己的可以说「我的申请」`,
    `${en} is for: ${named('en')}; it holds everybody’s requests. For your own, say “my requests”`,
  );
  return false;
}
