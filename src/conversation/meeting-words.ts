/** What is said about a meeting: 「参会人：李伟、王磊」, 「ROOM-26-0012 加上李伟」, 「议程：…」, 「材料：…」, 「签到」. */
import { clean } from '../../cards/clean.ts';
import { momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import { attempt } from '../../db/work.ts';
import { annotate, mayAnnotate } from '../filing/annotate.ts';
import { readRequest, type Request, requestNumbered } from '../filing/store.ts';
import { invite, type Invitation } from '../meetings/amend.ts';
import { checkIn } from '../meetings/check-in.ts';
import { addMaterial, MOST_MATERIALS, type Weight } from '../meetings/materials.ts';
import { isSeries } from '../meetings/store.ts';
import { checkInAhead, checkInWaiting } from '../meetings/store.ts';
import { namesIn } from '../requests/fields/people.ts';
import { lookUp } from '../requests/room/attendees.ts';
import { type Draft, openDrafts, reviseDraft, saidIn } from './drafts.ts';
import { ORDER_ENDS, plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { checkedInText } from './meeting-taps.ts';
import { changePeople } from './series-edit-words.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

const CHECK_IN = /^(?:我)?(?:要|来)?(?:会议)?签到(?:了|一下)?$|^check(?:ing)? in$/iu;
const NUMBER = /^(ROOM-?\d{2}-?\d{1,6})[\s,:的]*/iu;
const LIST = /^(?:参会人员?|与会人员?|参加人员?|attendees)\s*[:是为]\s*(.+)$/isu;
const ADD =
  /^(?:请|帮我)?(?:再)?(?:加上|增加|邀请|叫上|请上|加|add|invite)\s*(.+?)(?:一起)?(?:来?参会|来?参加|来?开会)?$/isu;
const REMOVE = /^(?:去掉|移除|删掉|不用叫|不叫|remove)\s*(.+)$/isu;
const AGENDA = /^(?:会议)?(?:议程|agenda)\s*:\s*(.+)$/isu;
const MATERIAL = /^(?:会议)?(决策|讨论)?(?:项)?(?:材料|资料|materials?)\s*:\s*(.+)$/isu;

/** Does what a sentence says about a meeting of the speaker's own; undefined for any other sentence. */
export async function meetingByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = plainSentence(text, ORDER_ENDS);
  if (CHECK_IN.test(said)) return checkInByWord(talk);
  const number = NUMBER.exec(said)?.[1];
  const rest = number === undefined ? said : said.replace(NUMBER, '');
  const wish = wishIn(rest);
  if (!wish) return undefined;
  if (number === undefined) {
    if (await isOfThings(talk, wish)) return undefined;
    const drafts = await openDrafts(talk);
    const draft = drafts.find((each) => each.kind === 'room');
    if (draft && wish.wish !== 'material') return intoDraft(talk, draft, wish);
    if (drafts.length > 0) return undefined;
  }
  const found = await bookingMeant(talk, number);
  if (!found) return undefined;
  if ('several' in found) {
    await say(
      talk,
      `您有 ${found.several} 个会议，请带上编号，例如「${found.number} ${rest.slice(0, 20)}」`,
      `You have ${found.several} meetings; please add the number, such as “${found.number} ${rest.slice(0, 20)}”`,
    );
    return {};
  }
  await carryOut(talk, found, wish);
  return {};
}

type MeetingWish =
  | ({ readonly wish: 'invite' } & Invitation)
  | { readonly wish: 'agenda'; readonly text: string }
  | { readonly wish: 'material'; readonly name: string; readonly weight?: Weight };

function wishIn(said: string): MeetingWish | undefined {
  const list = LIST.exec(said)?.[1];
  if (list !== undefined) return { wish: 'invite', how: 'set', names: namesIn(list) };
  const agenda = AGENDA.exec(said)?.[1];
  if (agenda !== undefined) return { wish: 'agenda', text: clean(agenda, 1_000, 'many') };
  const material = MATERIAL.exec(said);
  if (material) {
    const weight = material[1] === '决策' ? 'decision' : 'discussion';
    const name = clean(material[2] ?? '', 200);
    return { wish: 'material', name, ...(material[1] === undefined ? {} : { weight }) };
  }
  const added = ADD.exec(said)?.[1];
  if (added !== undefined) return { wish: 'invite', how: 'add', names: namesIn(added) };
  const removed = REMOVE.exec(said)?.[1];
  if (removed !== undefined) return { wish: 'invite', how: 'remove', names: namesIn(removed) };
  return undefined;
}

/** Names of nobody at all are things: 加上两支笔, 去掉投影. */
async function isOfThings(talk: Talk, wish: MeetingWish): Promise<boolean> {
  if (wish.wish !== 'invite' || wish.how === 'set') return false;
  const { found, several } = await lookUp(talk.work.tx, wish.names, talk.person.id);
  return found.length === 0 && several.length === 0;
}

/** Said while the draft of the booking is open, it goes into the draft. */
async function intoDraft(
  talk: Talk,
  draft: Draft,
  wish: Exclude<MeetingWish, { readonly wish: 'material' }>,
): Promise<Led> {
  const before = saidIn(draft);
  const there: readonly unknown[] = Array.isArray(before['attendees']) ? before['attendees'] : [];
  const named = wish.wish === 'invite' ? wish.names : [];
  const { found } = await lookUp(talk.work.tx, named, talk.person.id);
  const said =
    wish.wish === 'agenda'
      ? { agenda: wish.text }
      : wish.how === 'set'
        ? { attendees: wish.names }
        : wish.how === 'add'
          ? { attendees: [...there, ...wish.names] }
          : { attendees: there.filter((each) => !found.some((id) => id === each)) };
  const { draft: now } = await reviseDraft(talk, draft, { ...before, ...said });
  await answer(talk, { view: 'draft', draft: now.id });
  return { draft: now.id, before };
}

/** The booking by its number, by the card that was replied to, or the speaker's only one ahead. Undefined: there is none. */
async function bookingMeant(
  talk: Talk,
  number: string | undefined,
): Promise<Request | { readonly several: number; readonly number: string } | undefined> {
  const { work, person, about } = talk;
  const named =
    number !== undefined
      ? await requestNumbered(work.tx, number)
      : about && 'request' in about
        ? await readRequest(work.tx, about.request)
        : undefined;
  if (number !== undefined || (about && 'request' in about))
    return named?.kind === 'room' && named.requester_id === person.id ? named : undefined;
  const ahead = await bookingsAhead(talk);
  const [only, another] = ahead;
  return only && another ? { several: ahead.length, number: only.number } : only;
}

async function bookingsAhead({ work, person }: Talk): Promise<readonly Request[]> {
  const rows = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .where('kind', '=', 'room')
    .where('state', 'in', ['pending', 'booked'])
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
  const requests = await Promise.all(rows.map(({ id }) => readRequest(work.tx, id)));
  return requests.flatMap((each) => (each && mayAnnotate(each, person.id, work.now) ? [each] : []));
}

async function carryOut(talk: Talk, request: Request, wish: MeetingWish): Promise<void> {
  const tried = await attempt(talk.work, () => done(talk, request, wish));
  const text = 'done' in tried ? tried.done : refusalText(tried.refused);
  if (text) await say(talk, text.zh, text.en);
}

/** What is to be told; undefined when a card tells it. */
async function done(talk: Talk, request: Request, wish: MeetingWish): Promise<Words | undefined> {
  const { work, setup, person } = talk;
  const by = { person: person.id };
  const { number } = request;
  switch (wish.wish) {
    case 'invite': {
      if (isSeries(request)) return inviteToSeries(talk, request, wish);
      const { told } = await invite(work, setup, request, by, wish);
      return words(`${number} ${told.zh}`, `${number}: ${told.en}`);
    }
    case 'agenda':
      await annotate(work, setup, request.id, by, { agenda: wish.text });
      return words(`${number} 已记下议程`, `${number}: the agenda is noted`);
    case 'material':
      return addMaterialTold(talk, request, wish);
    default:
      return wish satisfies never;
  }
}

/** Of a series the draft of the change asks to which dates. */
async function inviteToSeries(
  talk: Talk,
  request: Request,
  { how, names }: Invitation,
): Promise<Words | undefined> {
  const { found } = await lookUp(talk.work.tx, names, talk.person.id);
  if (found.length === 0)
    return words(`通讯录里没有：${names.join('、')}`, `Not in the directory: ${names.join(', ')}`);
  await changePeople(talk, request, (there) =>
    how === 'set'
      ? found
      : how === 'add'
        ? [...new Set([...there, ...found])]
        : there.filter((id) => !found.includes(id)),
  );
  return undefined;
}

/** Adds a material; whoever has not said what it is for is asked with a card. */
export async function addMaterialTold(
  talk: Talk,
  request: Request,
  given: { readonly name: string; readonly weight?: Weight; readonly attachment?: number },
): Promise<Words | undefined> {
  const { work, setup, person } = talk;
  const { name, weight, attachment } = given;
  const material = await addMaterial(work, setup, {
    request: request.id,
    person: person.id,
    name,
    ...(weight ? { weight } : {}),
    ...(attachment === undefined ? {} : { attachment }),
  });
  if (!material)
    return words(
      `材料最多 ${MOST_MATERIALS} 份，没有加入`,
      `At most ${MOST_MATERIALS} materials; it was not added`,
    );
  if (weight) return words(`已加入材料：${name}`, `Added: ${name}`);
  await answer(talk, { view: 'material', material: material.id });
  return undefined;
}

/** When to come again, if a meeting of theirs is near. */
async function tooEarly(talk: Talk): Promise<Words> {
  const { work, setup, person } = talk;
  const ahead = await checkInAhead(work.tx, person.id, work.now, setup.rules);
  if (!ahead) return words('现在没有要签到的会议', 'You have no meeting to check in to now');
  const opens = momentText(ahead.opens, talk);
  return words(
    `还没到签到时间：${ahead.place}的会议 ${opens.zh} 开始签到`,
    `Too early: check-in for ${ahead.place} opens ${opens.en}`,
  );
}

async function checkInByWord(talk: Talk): Promise<Led> {
  const { work, setup, person } = talk;
  const meeting = await checkInWaiting(work.tx, person.id, work.now, setup.rules);
  if (meeting === undefined) {
    const text = await tooEarly(talk);
    await say(talk, text.zh, text.en);
    return {};
  }
  const text = checkedInText(await checkIn(work, setup, meeting, person.id));
  await say(talk, text.zh, text.en);
  return {};
}
