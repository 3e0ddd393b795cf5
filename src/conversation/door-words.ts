/** What is said at a room's door, with its name: 「签到 珠峰」, 「珠峰的设备坏了」, 「现在用珠峰30分钟」. The code there writes these sentences. */
import { clockText, momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { checkIn, retake } from '../meetings/check-in.ts';
import { isGoingOn, mayFail, SOMETHING_ELSE } from '../meetings/fault.ts';
import { checkInWaiting, meetingIn } from '../meetings/store.ts';
import { before } from '../meetings/times.ts';
import { kindNamed } from '../requests/index.ts';
import { doorSentences, standingAt } from '../requests/room/door.ts';
import { allRooms, type Room } from '../requests/room/rooms.ts';
import { wallMinutes } from '../time/spans.ts';
import { startDraft } from './drafts.ts';
import { tellFault } from './faults.ts';
import { ORDER_ENDS, plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { checkedInText, retakenText } from './meeting-taps.ts';
import { lengthIn } from './sharing-words.ts';
import { answer, say, type Talk } from './talk.ts';

const CHECK_IN =
  /^(?:我)?(?:要|来)?(?:会议)?签到\s*[:,，：]?\s*(.+)$|^check(?:ing)? in (?:to |at )?(.+)$/iu;
const TAKE = /^(?:我们?)?(?:现在|马上)(?:就)?(?:要|想)?(?:用|占用|使用)(?:一下)?\s*(.+)$/iu;
const TAKE_EN = /^(?:use|take) (.+?) now\b(?: for)?\s*(.*)$/iu;
const FAULT = /^(.+?)(坏了|坏掉了|不能用了?|用不了了?|出问题了?|没反应了?)$/u;
/** What a thing is called: not what one is by the way (的投影好像). */
const SOME_THING = /^\p{Script=Han}{1,6}$/u;
/** What stands between a room and the thing in it. */
const INSIDE = /^(?:会议室)?(?:里面|里)?的?/u;
const NOTHING_NAMED = /^(?:设备|东西|机器)$/u;

/** Does what a sentence says about a room by its name; undefined for any other sentence, and for rooms that nobody knows. */
export async function doorByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const said = plainSentence(text, ORDER_ENDS);
  const checked = CHECK_IN.exec(said);
  const at = (name: string, rest: string, deed: Deed): Promise<Led | undefined> =>
    inRoom(talk, lexicon, name, { rest, said }, deed);
  if (checked) return at(checked[1] ?? checked[2] ?? '', '', checkInThere);
  const taken = TAKE.exec(said)?.[1];
  if (taken !== undefined) return at(...nameFirst(lexicon, taken), take);
  const [, name, length] = TAKE_EN.exec(said) ?? [];
  if (name !== undefined) return at(name, length ?? '', take);
  const failed = FAULT.exec(said)?.[1];
  if (failed === undefined) return undefined;
  const [where, what] = nameFirst(lexicon, failed);
  return at(where, what.replace(INSIDE, ''), tellFaultThere);
}

/** A sentence about a room, and what else than its name it says. */
type Said = { readonly rest: string; readonly said: string };

/** What is done in a room. */
type Deed = (talk: Talk, room: Room, sentence: Said) => Promise<Led | undefined>;

/** By its very name or another name of it: who stands at a door reads it there. */
async function inRoom(
  talk: Talk,
  lexicon: Lexicon,
  name: string,
  sentence: Said,
  deed: Deed,
): Promise<Led | undefined> {
  const wanted = plain(name);
  const known = lexicon.rooms.find((each) => namesOf(each).includes(wanted));
  if (!known) return undefined;
  const rooms = await allRooms(talk.work.tx, talk.setup.rules);
  const room = rooms.find(({ id }) => String(id) === known.id);
  return room && deed(talk, room, sentence);
}

const plain = (text: string): string => fold(text).toLowerCase().replaceAll(/\s/gu, '');

const namesOf = ({ name, aliases }: Lexicon['rooms'][number]): readonly string[] =>
  [name, ...(aliases ?? [])].map(plain);

/** 「珠峰30分钟」: the longest name of a room that it begins with, and what follows. */
function nameFirst(lexicon: Lexicon, said: string): readonly [name: string, rest: string] {
  const line = plain(said);
  const [longest = ''] = lexicon.rooms
    .flatMap(namesOf)
    .filter((each) => line.startsWith(each))
    .sort((one, other) => other.length - one.length);
  return [longest, line.slice(longest.length)];
}

/** Somebody of the meeting is there; where its room was released meanwhile, its host has it back if nobody took it. */
async function checkInThere(talk: Talk, room: Room): Promise<Led> {
  const text = await checkedInThere(talk, room);
  await say(talk, text.zh, text.en);
  return {};
}

async function checkedInThere(talk: Talk, room: Room): Promise<Words> {
  const { work, setup, person } = talk;
  // The one that waits for somebody comes before one that is still going on there.
  const waits = await checkInWaiting(work.tx, person.id, work.now, setup.rules, room.name);
  if (waits !== undefined) return checkedInText(await checkIn(work, setup, waits, person.id));
  const meeting = await meetingIn(work.tx, person.id, room.name, work.now);
  if (!meeting) return noneThere(talk, room);
  if (meeting.state === 'released' && meeting.host_id === person.id)
    return retakenText(await retake(work, setup, meeting.id, person.id));
  const done = await checkIn(work, setup, meeting.id, person.id);
  const rule = setup.rules.rooms.checkIn;
  if (done.done || done.why !== 'not-open' || !rule) return checkedInText(done);
  const opens = momentText(before(meeting.starts_at, rule.from), talk);
  return words(
    `还没到签到时间：${room.name}的会议 ${opens.zh} 开始签到`,
    `Too early: check-in for ${room.name} opens ${opens.en}`,
  );
}

/** What else may be said at that door. */
async function noneThere({ work, setup }: Talk, room: Room): Promise<Words> {
  const { standing } = await standingAt(work.tx, setup.rules, room, work.now);
  const says = doorSentences(room.name, setup.rules);
  return standing === 'free'
    ? words(
        `您在${room.name}没有要签到的会议。它现在空着，要用就说「${says.take}」`,
        `You have no meeting in ${room.name}. It is free; to take it say “${says.take}”`,
      )
    : words(`您在${room.name}没有要签到的会议`, `You have no meeting in ${room.name}`);
}

/** A booking from now on, for as long as is said or else `rooms.takeNow`, up to the next one: a draft, one tap to confirm. */
async function take(talk: Talk, room: Room, { rest, said }: Said): Promise<Led | undefined> {
  const { work, setup } = talk;
  const wished =
    rest.trim() === '' ? wallMinutes(setup.rules.rooms.takeNow) : minutesIn(rest, talk);
  if (wished === undefined) return undefined;
  const from = talk.now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toInstant();
  const wish = from.add({ minutes: wished });
  const { standing, until } = await standingAt(work.tx, setup.rules, room, work.now);
  const cut =
    standing === 'free' &&
    until !== null &&
    Temporal.Instant.compare(until, wish) < 0 &&
    Temporal.Instant.compare(until, from.add({ minutes: LEAST })) >= 0;
  const to = cut ? until : wish;
  if (cut) {
    const at = clockText(until.toZonedDateTimeISO(talk.now.timeZoneId));
    await say(
      talk,
      `${room.name}只空到 ${at}，先订到 ${at}`,
      `${room.name} is free until ${at} only, so this is until ${at}`,
    );
  }
  const form = { when: { from: from.toString(), to: to.toString() }, room: room.name };
  const draft = await startDraft(talk, kindNamed('room'), form, { said });
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** Nobody takes a room for less; what is free for less counts as taken. Minutes. */
const LEAST = 5;

/** The length that is all of a text; undefined when it says anything else. */
function minutesIn(text: string, { now }: Talk): number | undefined {
  const [found, another] = findTimes(text, now);
  if (!found || another || found.value.type !== 'duration') return undefined;
  return lengthIn(found.value.value).total('minutes');
}

/**
 * Told by somebody whose meeting is going on there: as urgent as by the button on its card. By everybody else it is a repair like any
 * other, of which the place is known.
 */
async function tellFaultThere(
  talk: Talk,
  room: Room,
  { rest: what, said }: Said,
): Promise<Led | undefined> {
  if (!SOME_THING.test(what)) return undefined;
  const { work, setup, person } = talk;
  const meeting = await meetingIn(work.tx, person.id, room.name, work.now);
  const named = !NOTHING_NAMED.test(what);
  const failed = named ? mayFail(room).find((each) => what.startsWith(each)) : SOMETHING_ELSE;
  if (meeting && failed !== undefined && isGoingOn(meeting, work.now, setup.rules)) {
    const { text } = await tellFault(talk, meeting.id, failed);
    await say(talk, text.zh, text.en);
    return {};
  }
  const form = {
    object: named ? what : '会议室设备',
    place: room.name,
    problem: FAULT.exec(said)?.[2] ?? '坏了',
  };
  const draft = await startDraft(talk, kindNamed('repair'), form, { said });
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}
