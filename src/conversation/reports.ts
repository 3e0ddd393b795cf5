import { voiceName } from '../../cards/vocabulary.ts';
import type { Words } from '../../cards/words.ts';
import { isReader, readersOf, type ReportSort } from '../reports/owing.ts';
import type { Heard } from './heard-words.ts';
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
