/** 「我下周一到周三休假，请李四代批」 and 「我回来了」. */
import { dayRangeText } from '../../cards/times.ts';
import { record } from '../audit/record.ts';
import { endAbsences, noteAbsence } from '../directory/absences.ts';
import { handOnFrom } from '../filing/absences.ts';
import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findNames } from '../language/names.ts';
import { findTimes } from '../language/times.ts';
import type { TimeValue } from '../language/meaning.ts';
import { amongPeople, peopleMeant } from '../directory/people-meant.ts';
import type { Led } from './last-said.ts';
import { say, type Talk } from './talk.ts';

/** Somebody else is to decide meanwhile: the words that say so, and the name between. */
const STANDS_IN =
  /(?:请|让|由|找|委托|交给)?([\p{Script=Han}A-Za-z ·]{1,12}?)(?:来)?(?:代批|代审|代为审批|代为处理|代我(?:审批|批|审)|替我(?:审批|批|审)|帮我(?:审批|批一下审批))/u;
const BACK =
  /^(?:我)?(?:已经)?(?:回来了|销假|销假了|休完假了|不休假了)$|^(?:取消|结束|停止|不用)(?:代批|代审|委托)了?$/u;

/** Away, with nobody named: the leader decides meanwhile. A question, or asking for leave, is no such notice. */
const AWAY = /^我.{2,20}(?:休假|休年假|不在公司|不在办公室)$/u;

/** What an absence is said to be, in a sentence that names who stands in; undefined for any other sentence. */
export async function absenceByWord(
  talk: Talk,
  said: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const text = fold(said)
    .trim()
    .replace(/[。.!！~～]+$/u, '');
  if (BACK.test(text)) return back(talk);
  const named = STANDS_IN.exec(text);
  if (!named) return AWAY.test(text) ? awayAlone(talk, text) : undefined;
  const days = daysIn(findTimes(text, talk.now).map(({ value }) => value));
  if (!days) {
    await say(
      talk,
      '请说明哪几天，例如「我下周一到周三休假，请李四代批」',
      'Please say which days, such as “I am away from Monday to Wednesday, Li Si decides for me”',
    );
    return {};
  }
  const known = findNames(named[0], lexicon.people)[0]?.value.name ?? named[1] ?? '';
  const meant = await peopleMeant(talk.work.tx, known, [talk.person.id]);
  const told = await amongPeople(
    talk.work.tx,
    meant.map(({ id }) => id),
    text,
  );
  const [only, another] = told.length === 1 ? told : meant;
  if (!only || another) {
    const who = meant.map(({ name, department }) => `${name}（${department ?? ''}）`).join('、');
    await say(
      talk,
      only ? `${known}有几位：${who}，请带上部门再说一遍` : `没有找到要代批的同事，请说全名`,
      only
        ? `There are several: ${who}; please add the department`
        : 'No such colleague; please say the full name',
    );
    return {};
  }
  await away(talk, days, only);
  return {};
}

async function awayAlone(talk: Talk, text: string): Promise<Led | undefined> {
  const days = daysIn(findTimes(text, talk.now).map(({ value }) => value));
  if (!days) return undefined;
  await away(talk, days, undefined);
  return {};
}

type Days = { readonly from: string; readonly to: string };

/** The first days a sentence names, both included. */
function daysIn(times: readonly TimeValue[]): Days | undefined {
  for (const value of times) {
    if (value.type === 'date' || value.type === 'datetime') {
      const day = value.start.slice(0, 10);
      return { from: day, to: day };
    }
    if ((value.type === 'daterange' || value.type === 'datetimerange') && value.start && value.end)
      return { from: value.start.slice(0, 10), to: value.end.slice(0, 10) };
  }
  return undefined;
}

async function away(
  talk: Talk,
  { from, to }: Days,
  delegate: { readonly id: number; readonly name: string } | undefined,
): Promise<void> {
  const { work, setup, person, now } = talk;
  const zone = now.timeZoneId;
  const begins = Temporal.PlainDate.from(from).toZonedDateTime(zone).toInstant();
  const until = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  if (Temporal.Instant.compare(until, work.now) <= 0)
    return say(talk, '这几天已经过去了', 'Those days are over');
  // Today counts from now on: what was said is never older than the moment of saying.
  const since = Temporal.Instant.compare(begins, work.now) < 0 ? work.now : begins;
  await noteAbsence(work, {
    person: person.id,
    delegate: delegate?.id ?? null,
    since,
    until,
    source: 'said',
  });
  await record(work, 'absence.noted', `person:${person.id}`, {
    after: { delegate: delegate?.id ?? null, since: since.toString(), until: until.toString() },
  });
  const days = dayRangeText(from, to, now);
  await say(
    talk,
    `好的，${days.zh} 您的审批由${delegate?.name ?? '您的上级'}代批。回来得早就说「我回来了」`,
    `${delegate?.name ?? 'Your leader'} decides for you, ${days.en}. Say “我回来了” when you are back earlier`,
  );
  if (since.equals(work.now)) await handOnFrom(work, setup, person.id);
}

async function back(talk: Talk): Promise<Led> {
  const { work, person } = talk;
  const ended = await endAbsences(work, { person: person.id });
  if (ended > 0) await record(work, 'absence.ended', `person:${person.id}`, {});
  await say(
    talk,
    ended > 0
      ? '好的，新的审批又到您这里了；已交给代批人的，可以在卡片上点「收回自批」'
      : '您没有登记休假',
    ended > 0
      ? 'Approvals come to you again; what your stand-in holds you can take back on its card'
      : 'You were not noted as away',
  );
  return {};
}
