/** 「4月13日那次改到下午2点」, 「以后都换到黄山」, 「这次取消」: which dates of a series a sentence is about. */
import { z } from 'zod';
import { fold } from '../language/fold.ts';
import { findTimes } from '../language/times.ts';
import type { Request } from '../filing/store.ts';
import { isAhead, repeatedForm } from '../meetings/series-dates.ts';
import type { StoredForm } from '../requests/kind.ts';
import {
  clocksOf,
  type EditScope,
  type Occurrence,
  occurrencesOf,
  periodOn,
} from '../requests/room/series.ts';
import { occurrenceForm } from '../requests/room/series-edit.ts';
import { allDates } from './series-dates.ts';
import type { Talk } from './talk.ts';

const FOLLOWING =
  /(?:及|和|、)?(?:以后|之后|往后|此后)|从.{1,12}(?:起|开始)|\b(?:and (?:all )?(?:later|following|after)|from now on|from then on|following|onwards?)\b/iu;
const ALL =
  /全部|所有|每[一]?次|整个(?:系列|周期)?|(?:这个)?(?:系列|周期)(?:预订)?都|都(?=取消|不开|改|换)|\b(?:all(?: of them)?|every one|the whole series|entire series)\b/iu;
const ONE =
  /(?:只|就|仅)(?:改|换|取消|挪)?|(?:这|那|下)(?:一)?次|这周的|下周的|\b(?:only|just|this one|that one)\b/iu;

/** How many dates a sentence means; undefined when it does not say. 这次及以后 is no 这次. */
export function scopeIn(said: string): EditScope | undefined {
  const text = fold(said);
  if (FOLLOWING.test(text)) return 'following';
  if (ALL.test(text)) return 'all';
  return ONE.test(text) ? 'one' : undefined;
}

/** Words behind which the new values stand: a date before them says which one is meant. */
const NEW_VALUES =
  /改|换|推迟|推到|延|挪|调|提前|提早|变更|取消|不开|停|\b(?:move|change|reschedule|make it|switch|cancel)\b/iu;
const COMES_FIRST = /^\W*(?:please )?(?:move|change|reschedule|switch|cancel|取消|把)/iu;

const WEEKDAYS = '一二三四五六日';
const ENGLISH = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const BARE = /(?:到|成|为|在)\s*(?:每)?(?:周|星期|礼拜)([一二三四五六日天])/u;
const BARE_ENGLISH = new RegExp(`\\b(?:to|on) (?:every )?(${ENGLISH.join('|')})s?\\b`, 'iu');

/** 改到周二 of a series is the Tuesday in the week of the date that is changed, not the next that comes. */
export function inItsWeek(
  before: StoredForm,
  after: StoredForm,
  said: string,
  zone: string,
): StoredForm {
  const text = fold(said);
  const zh = BARE.exec(text)?.[1]?.replace('天', '日');
  const en = BARE_ENGLISH.exec(text)?.[1]?.toLowerCase();
  const place = zh === undefined ? ENGLISH.indexOf(en ?? '') : WEEKDAYS.indexOf(zh);
  const [was, will] = [period.safeParse(before['when']), period.safeParse(after['when'])];
  if (place < 0 || !was.success || !will.success) return after;
  const day = Temporal.Instant.from(was.data.from).toZonedDateTimeISO(zone).toPlainDate();
  const hours = clocksOf(BARE_HOURS.test(text) ? will.data : was.data, zone);
  const on = day.add({ days: place + 1 - day.dayOfWeek }).toString();
  const { from, to } = periodOn(on, hours, zone);
  return { ...after, when: { from: from.toString(), to: to.toString() } };
}

/** Whether the sentence names hours, too. */
const BARE_HOURS = /点|时|:\d|\d ?(?:am|pm)/iu;
const period = z.object({ from: z.string(), to: z.string() });

/** The local date that a sentence points at, ISO; undefined when it names none. */
export function dateIn(said: string, now: Temporal.ZonedDateTime): string | undefined {
  const text = fold(said);
  const at = text.search(NEW_VALUES);
  const before = COMES_FIRST.test(text) || at < 0 ? text : text.slice(0, at);
  for (const { value } of findTimes(before, now)) {
    if (value.type === 'date') return value.start;
    if (value.type === 'datetime' || (value.type === 'datetimerange' && value.start !== null))
      return value.start?.slice(0, 10);
  }
  return undefined;
}

/** The occurrence that is pointed at, or the next. Undefined when a date is named that is none of the series, or nothing lies ahead. */
export async function occurrenceMeant(
  talk: Talk,
  request: Request,
  said: string | undefined,
): Promise<Occurrence | undefined> {
  const form = repeatedForm(request);
  if (!form) return undefined;
  const ahead = (await allDates(talk.work.tx, request, talk)).filter(isAhead);
  const date = said === undefined ? undefined : dateIn(said, talk.now);
  const meant = date === undefined ? ahead[0] : ahead.find(({ on }) => on === date);
  return occurrencesOf(form, talk.now.timeZoneId).find(({ day }) => day === meant?.day);
}

/** The form that a change of a series begins with: that of the date meant, and of the next where the sentence names none of its dates. */
export async function dateMeant(
  talk: Talk,
  request: Request,
  said: string | undefined,
): Promise<StoredForm | undefined> {
  const form = repeatedForm(request);
  const one =
    (await occurrenceMeant(talk, request, said)) ??
    (await occurrenceMeant(talk, request, undefined));
  return form && one && occurrenceForm(form, one, said === undefined ? undefined : scopeIn(said));
}
