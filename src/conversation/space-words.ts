/** What is said of desks, booths and other spaces: 「周三到周五订A12工位」, 「还有哪些工位」, 「签到 静音舱1」. Whose a fixed desk is: fixed-desks.ts. */
import { clockText, momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { readAs } from '../language/understand.ts';
import { checkInToSpace } from '../meetings/space-check-in.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { rulesFor } from '../requests/room/space/bookings.ts';
import { wholeDay } from '../requests/room/space/dates.ts';
import { allSpaces } from '../requests/room/space/register.ts';
import { startDraft } from './drafts.ts';
import { fixedDeskByWord } from './fixed-desks.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

type Spot = NonNullable<Lexicon['spaces']>[number];

const CHECK_IN = /^(?:我)?(?:要|来)?签到\s*[:,，：]?\s*(.+)$|^check(?:ing)? in (?:to |at )?(.+)$/iu;
const TAKE =
  /^(?:我)?(?:现在|马上)(?:就)?(?:要|想)?(?:用|占用|使用)(?:一下)?\s*(.+)$|^(?:use|take) (.+?) now$/iu;
const BOOKS = /订|定|预约|约|占|留|用|要|\b(?:book|reserve|need|get)\b/iu;
const ASKS = /哪些|哪个|什么|有没有|空|\b(?:which|any|free|available)\b/iu;
/** What may be left of a sentence when its times and its space are taken out. */
const NOTHING_ELSE =
  /^(?:请|帮我?|帮忙|麻烦|给我?|我们?|想|需要|要|能|可以|申请|预订|预定|预约|订|定|约|占|留|找|用|借|个|一|下|张|间|位|号|的|在|把|吧|吗|呢|(?:book|reserve|an?|the|me|i|need|want|would like|please|for|on|at|from|to|get|us)\b|[\s,，、])*$/iu;
const NOTHING_ELSE_ASKED =
  /^(?:请问|帮我?|看看?|查一?下?|看一下|我们?|还|有没有|有|哪些|哪个|什么|空闲|空着|空|可以|能|可|订|用|位|个|的|在|吗|呢|(?:which|what|any|are|is|there|free|available|the|on|for|show|me)\b|s\b|[\s,，、])*$/iu;
const FLOOR = /([0-9B]{1,3}|[一二三四五六七八九十])\s*(?:楼|层|F\b)的?|\bfloor (\d{1,3})/iu;

/** Does what a whole sentence says of spaces that the office has; undefined for any other. */
export async function spaceByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const spaces = lexicon.spaces ?? [];
  if (spaces.length === 0) return undefined;
  const said = plainSentence(text);
  const checked = CHECK_IN.exec(said);
  const here = checked && spotIn(checked[1] ?? checked[2] ?? '', spaces);
  if (here?.rest === '') return checkIn(talk, here.spot);
  const taken = TAKE.exec(said);
  const now = taken && spotIn(taken[1] ?? taken[2] ?? '', spaces);
  if (now?.rest === '') return takeNow(talk, now.spot, said);
  return (await fixedDeskByWord(talk, said, lexicon)) ?? listOrBook(talk, text, said, lexicon);
}

/** The space that a text names by its longest name or other name, and what else it says. A12 is not in A123. */
function spotIn(
  text: string,
  spaces: readonly Spot[],
): { readonly spot: Spot; readonly rest: string } | undefined {
  const line = text.toLowerCase();
  const found = spaces
    .flatMap((spot) => [spot.name, ...(spot.aliases ?? [])].map((name) => ({ spot, name })))
    .flatMap(({ spot, name }) => {
      const from = line.indexOf(name.toLowerCase());
      const to = from + name.length;
      const cut =
        /[a-z0-9]/iu.test(name.charAt(0)) && /[a-z0-9]$/iu.test(line.slice(0, Math.max(0, from)));
      const goesOn = /[0-9]$/u.test(name) && /^[0-9]/u.test(line.slice(to));
      return from < 0 || cut || goesOn ? [] : [{ spot, from, to }];
    })
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return (
    found && {
      spot: found.spot,
      rest: `${text.slice(0, found.from)}${text.slice(found.to)}`.trim(),
    }
  );
}

/** The sort that a text speaks of, and the text without the word for it. */
function sortIn(
  text: string,
  spaces: readonly Spot[],
  { setup }: Talk,
): { readonly sort: string; readonly rest: string } | undefined {
  const line = text.toLowerCase();
  const sorts = [...new Set(spaces.map(({ sort }) => sort))];
  const found = sorts
    .flatMap((sort) =>
      [sort, ...rulesFor(sort, setup.rules).called].map((word) => ({
        sort,
        word: word.toLowerCase(),
      })),
    )
    .filter(({ word }) => line.includes(word))
    .toSorted((a, b) => b.word.length - a.word.length)[0];
  if (!found) return undefined;
  const from = line.indexOf(found.word);
  return {
    sort: found.sort,
    rest: `${text.slice(0, from)} ${text.slice(from + found.word.length)}`,
  };
}

async function listOrBook(
  talk: Talk,
  text: string,
  said: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const times = findTimes(said, talk.now);
  const untimed = times
    .flatMap(({ parts }) => parts)
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to }) => `${rest.slice(0, from)} ${rest.slice(to)}`, said);
  const named = spotIn(untimed, lexicon.spaces ?? []);
  const ofSort = sortIn(named?.rest ?? untimed, lexicon.spaces ?? [], talk);
  const sort = named?.spot.sort ?? ofSort?.sort;
  if (sort === undefined) return undefined;
  const rest = (ofSort?.rest ?? named?.rest ?? '').replace(FLOOR, ' ');
  const { slots } = readAs(text, lexicon, talk.now, kindNamed('space').heardAs.intent);
  const form = { ...kindNamed('space').hear(slots, talk), sort };
  if (!named && ASKS.test(rest) && NOTHING_ELSE_ASKED.test(rest)) {
    const { floor } = form as { readonly floor?: string };
    await answer(talk, {
      view: 'room-day',
      date: dayIn(form, talk),
      sort,
      ...(floor === undefined ? {} : { floor }),
    });
    return {};
  }
  if (!BOOKS.test(rest) || !NOTHING_ELSE.test(rest)) return undefined;
  const { room: _, ...unnamed } = form as StoredForm;
  return draftOf(talk, { ...unnamed, ...(named ? { room: named.spot.name } : {}) }, said);
}

const dayIn = (form: StoredForm, { now }: Talk): string => {
  const { dates } = form;
  return typeof dates === 'object' && dates !== null && 'from' in dates
    ? String(dates.from)
    : now.toPlainDate().toString();
};

async function draftOf(talk: Talk, form: StoredForm, said: string): Promise<Led> {
  const draft = await startDraft(talk, kindNamed('space'), form, { said });
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** From now on: a desk for the rest of the day, a booth for an hour. */
function takeNow(talk: Talk, { name, sort }: Spot, said: string): Promise<Led> {
  const { now, setup } = talk;
  const { by } = rulesFor(sort, setup.rules);
  const from = clockText(now);
  const closes = wholeDay(setup.rules.workingHours.hours).to;
  const hours = by === 'day' && from < closes ? { begins: from, ends: closes } : { begins: from };
  const today = now.toPlainDate().toString();
  return draftOf(talk, { room: name, sort, dates: { from: today, to: today }, hours }, said);
}

/** A draft from a button of the day strip, which carries moments. */
export function startSpaceDraft(
  talk: Talk,
  booked: {
    readonly room: string;
    readonly sort: string;
    readonly when: { readonly from: string; readonly to: string };
  },
): ReturnType<typeof startDraft> {
  const local = (at: string): Temporal.ZonedDateTime =>
    Temporal.Instant.from(at).toZonedDateTimeISO(talk.now.timeZoneId);
  const [from, to] = [local(booked.when.from), local(booked.when.to)];
  const day = from.toPlainDate().toString();
  const hours = { begins: clockText(from), ends: clockText(to) };
  const form = { room: booked.room, sort: booked.sort, dates: { from: day, to: day }, hours };
  return startDraft(talk, kindNamed('space'), form);
}

async function checkIn(talk: Talk, spot: Spot): Promise<Led> {
  const text = await checkedIn(talk, spot);
  await say(talk, text.zh, text.en);
  return {};
}

async function checkedIn(talk: Talk, { id, name }: Spot): Promise<Words> {
  const { work, setup, person } = talk;
  const spaces = await allSpaces(work.tx, setup.rules);
  const space = spaces.find((each) => String(each.id) === id);
  const none = words(
    `您今天没有订${name}。要用就说「现在用${name}」`,
    `You have not booked ${name} today. To take it say “use ${name} now”`,
  );
  if (!space) return none;
  const done = await checkInToSpace(work, setup, space, person.id);
  if (done.done) return words(`已签到，${name}为您保留`, `Checked in; ${name} is yours`);
  switch (done.why) {
    case 'none':
      return none;
    case 'already':
      return words('您已经签到了', 'You have checked in already');
    case 'not-needed':
      return words(`${name}不用签到`, `${name} needs no check-in`);
    case 'not-open': {
      const opens = momentText(done.opens, talk);
      return words(`还没到签到时间：${opens.zh} 开始签到`, `Too early: check-in opens ${opens.en}`);
    }
    default:
      return done satisfies never;
  }
}
