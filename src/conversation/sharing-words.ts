/** What is said about sharing rooms: 「排队」, 「不等了」, 「排到第几了」, 「延长半小时」, 「会开完了」. */
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { underWay } from '../meetings/sharing/ending.ts';
import { leaveLine } from '../meetings/sharing/waiting.ts';
import { wishesOf } from '../meetings/sharing/wishes.ts';
import { readMeeting } from '../meetings/store.ts';
import { bumpByWord } from './bump-words.ts';
import { closureByWord } from './closure-words.ts';
import { lookAt } from './draft-view.ts';
import { askingFor, openDrafts } from './drafts.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { endNow, lengthen } from './reshaping.ts';
import { queueSaid } from './sharing-taps.ts';
import { swapByWord } from './swap-words.ts';
import { answer, say, type Talk } from './talk.ts';

const QUEUE =
  /^(?:那就?|那我|我|请|帮我|给我|先)*(?:排队|排上|排个队|排一下队?|等位|候补|加入候补)(?:吧|等|等着|一下)*$|^(?:put me |join )?(?:on |in )?the (?:waiting ?list|line)$|^queue(?: up)?$/iu;
const LEAVE =
  /^(?:我|那)?(?:不等|不排|不排队|不用等|不用排|取消排队|退出排队|别等)(?:了|吧)*$|^(?:leave the (?:line|waiting ?list)|stop waiting)$/iu;
const WHERE =
  /^(?:我)?(?:现在)?(?:排到?|在?第)(?:第)?几(?:位|个|名)?(?:了|啊|呢)?$|^(?:排队)?(?:排得|排到)?(?:怎么样|哪里?|哪儿)了$|^(?:what is |what's )?my place in (?:the )?line$/iu;

const EXTENDS =
  /^(?:请|帮我|我们|我|会议室?|这场会|这个会|把|想|要|能不能|可以|再)*(?:延长|延时|续时?|加时|延到|再延|延半|延\d)|^extend\b/iu;
const ENDS =
  /^(?:我们|这个|这场)?(?:会议?)(?:已经)?(?:提前)?(?:开完|开好|结束|散|完)了?$|^(?:我们)?(?:散会|提前结束|提前散会|结束会议)(?:了|吧)?$|^(?:the )?meeting (?:is )?over$|^end (?:it|the meeting)(?: now| early)?$/iu;

/** Does what a whole sentence says about sharing rooms; undefined for any other sentence. */
export async function sharingByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const said = plainSentence(text);
  if (QUEUE.test(said)) return queue(talk);
  if (LEAVE.test(said)) return leave(talk);
  if (WHERE.test(said)) return places(talk);
  if (ENDS.test(said)) return endByWord(talk);
  if (EXTENDS.test(said)) return extendByWord(talk, said);
  return (
    (await swapByWord(talk, lexicon, said)) ??
    (await bumpByWord(talk, lexicon, said)) ??
    closureByWord(talk, lexicon, said)
  );
}

/** The newest open draft of a room takes its place in line. */
async function queue(talk: Talk): Promise<Led | undefined> {
  const draft = (await openDrafts(talk)).find((each) => each.kind === 'room');
  if (!draft || draft.changes_request_id !== null) return undefined;
  const { prepared, gaps } = await lookAt(draft, askingFor(talk));
  const fields = gaps.map(({ field }) => field);
  const id = await queueSaid(talk, draft, prepared, fields);
  if (id === undefined) {
    await say(
      talk,
      '这张草稿不用排队：能订的直接提交，缺的请先补上',
      'There is no line for this draft: submit it, or fill in what is missing first',
    );
    return {};
  }
  await answer(talk, { view: 'sharing', sort: 'wish', id });
  return {};
}

async function leave(talk: Talk): Promise<Led | undefined> {
  const { work, setup, person } = talk;
  const mine = await wishesOf(work.tx, person.id);
  const [only, another] = mine;
  if (!only) return undefined;
  if (another) {
    await say(talk, '您排了几个，请点要退出的那一张', 'You wait for several; tap the one to leave');
    return cards(talk, mine);
  }
  await leaveLine(work, setup, only.id, person.id);
  return cards(talk, [only]);
}

async function places(talk: Talk): Promise<Led | undefined> {
  const mine = await wishesOf(talk.work.tx, talk.person.id);
  return mine.length === 0 ? undefined : cards(talk, mine);
}

/** Longer by so much, or until then; undefined when the speaker sits in no meeting, or no length is said. */
async function extendByWord(talk: Talk, said: string): Promise<Led | undefined> {
  const { work, person } = talk;
  if ((await openDrafts(talk)).length > 0) return undefined;
  const found = await underWay(work.tx, person.id, work.now);
  const meeting = found && (await readMeeting(work.tx, found.id));
  const to = meeting && laterEnd(said, meeting.ends_at, talk.now);
  if (!found || !to) return undefined;
  const { text } = await lengthen(talk, found, to);
  await say(talk, text.zh, text.en);
  return {};
}

/** The rest of the meeting that the speaker sits in is given back. */
async function endByWord(talk: Talk): Promise<Led | undefined> {
  const found = await underWay(talk.work.tx, talk.person.id, talk.work.now);
  if (!found) return undefined;
  const { text } = await endNow(talk, found);
  await say(talk, text.zh, text.en);
  return {};
}

/** The end that is said: a length from the old end on, or a clock time after it on the same day. */
function laterEnd(
  said: string,
  end: Temporal.Instant,
  now: Temporal.ZonedDateTime,
): Temporal.Instant | undefined {
  for (const { value } of findTimes(said, now)) {
    if (value.type === 'duration') return end.add(lengthIn(value.value));
    const clock =
      value.type === 'time' ? value.start : value.type === 'timerange' ? value.end : undefined;
    if (clock) return clockAfter(clock, end, now.timeZoneId);
    if (value.type === 'datetime')
      return Temporal.PlainDateTime.from(value.start).toZonedDateTime(now.timeZoneId).toInstant();
  }
  return undefined;
}

/** Half hours are written `PT0.5H`; minutes are exact enough for rooms. */
export const lengthIn = (iso: string): Temporal.Duration =>
  Temporal.Duration.from({ minutes: Math.round(Temporal.Duration.from(iso).total('minutes')) });

/** 「5点」 said at four in the afternoon is 17:00. */
function clockAfter(clock: string, end: Temporal.Instant, zone: string): Temporal.Instant {
  const ends = end.toZonedDateTimeISO(zone);
  const at = ends.withPlainTime(clock);
  const late = Temporal.ZonedDateTime.compare(at, ends) <= 0 && at.hour < 12;
  return (late ? at.add({ hours: 12 }) : at).toInstant();
}

/** At most so many cards at once. */
const MOST = 5;

async function cards(talk: Talk, wishes: readonly { readonly id: number }[]): Promise<Led> {
  for (const { id } of wishes.slice(0, MOST))
    await answer(talk, { view: 'sharing', sort: 'wish', id });
  return {};
}
