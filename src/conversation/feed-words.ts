/** 「我的日历链接」, 「收回日历链接」, and for the office 「珠峰的日历链接」: calendars that are fetched by a secret link. */
import { words } from '../../cards/words.ts';
import { attempt } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { drawFeedLink, mayHaveFeed } from '../meetings/feeds/draw.ts';
import {
  feedOf,
  type FeedOwner,
  readFeed,
  revokeFeedOf,
  roomsWithFeed,
} from '../meetings/feeds/links.ts';
import { closes } from '../meetings/sharing/closures.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { INVALID } from './outcomes.ts';
import { refusalText } from './submitting.ts';
import type { Tapped } from './tap.ts';
import { answer, say, type Talk } from './talk.ts';

const LINK = String.raw`(?:日历|日程)(?:的)?(?:订阅)?(?:链接|地址|网址)`;
const ASKS = String.raw`(?:请|帮我|给我|我要|我想要|发我|发一下|看看?|查看|生成|获取|要)*(?:一个|一下)?`;
const REVOKES = '(?:收回|撤销|撤回|作废|取消|停用|关掉|重置)(?:一下|掉)?';
const MINE = new RegExp(`^${ASKS}(?:我(?:自己)?的?)?(?:个人)?(?:的)?${LINK}$`, 'u');
const MINE_EN = /^(?:please )?(?:give me |show )?(?:my |the )?calendar (?:link|feed|address)$/iu;
const REVOKE = new RegExp(
  `^(?:请|帮我|把)*${REVOKES}(?:我(?:自己)?的?)?(?:个人)?(?:的)?${LINK}$`,
  'u',
);
const REVOKE_EN = /^(?:revoke|take back|cancel) (?:my |the )?calendar (?:link|feed)$/iu;
const LIST = new RegExp(`^${ASKS}(?:哪些|有哪些|所有|全部|各)?(?:会议室)(?:有|的)?${LINK}$`, 'u');
const ROOM = new RegExp(`^${ASKS}(.{1,40}?)(?:会议室)?的?${LINK}$`, 'u');
const REVOKE_ROOM = new RegExp(`^(?:请|帮我|把)*${REVOKES}(.{1,40}?)(?:会议室)?的?${LINK}$`, 'u');

/** Does what a whole sentence says about such links; undefined for any other sentence. */
export async function feedByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const said = plainSentence(text);
  const own: FeedOwner = { person: talk.person.id };
  if (MINE.test(said) || MINE_EN.test(said)) return give(talk, own);
  if (REVOKE.test(said) || REVOKE_EN.test(said)) return revoke(talk, own);
  if (LIST.test(said)) return list(talk);
  const revoked = roomIn(REVOKE_ROOM.exec(said)?.[1], lexicon);
  const room = revoked ?? roomIn(ROOM.exec(said)?.[1], lexicon);
  if (room === undefined) return undefined;
  if (!(await isOffice(talk))) return {};
  return revoked === undefined ? give(talk, { room }) : revoke(talk, { room });
}

/** The room of exactly that name, or other name. */
function roomIn(name: string | undefined, { rooms }: Lexicon): number | undefined {
  if (name === undefined) return undefined;
  const found = rooms.find((each) => each.name === name || each.aliases?.includes(name) === true);
  return found && Number(found.id);
}

async function give(talk: Talk, owner: FeedOwner): Promise<Led> {
  const { work, setup, person } = talk;
  const made = await attempt(work, () => feedOf(work, setup.links, owner, person.id));
  if ('refused' in made) {
    const text = refusalText(made.refused);
    await say(talk, text.zh, text.en);
    return {};
  }
  await answer(talk, { view: 'calendar-link', feed: made.done.id });
  return {};
}

async function revoke(talk: Talk, owner: FeedOwner): Promise<Led> {
  const revoked = await revokeFeedOf(talk.work, owner);
  await (revoked
    ? say(
        talk,
        '已收回，原来的链接打不开了。要新的再说一遍「日历链接」就行',
        'Taken back: nothing opens by the old link any more. Ask again for another',
      )
    : say(talk, '没有在用的日历链接', 'There is no calendar link in use'));
  return {};
}

async function list(talk: Talk): Promise<Led> {
  if (!(await isOffice(talk))) return {};
  const rooms = (await roomsWithFeed(talk.work.tx)).map(({ name }) => name);
  await (rooms.length === 0
    ? say(
        talk,
        '还没有会议室的日历链接。要的话说「珠峰的日历链接」',
        'No room has a calendar link yet. To make one say “珠峰的日历链接”',
      )
    : say(
        talk,
        `有日历链接的会议室：${rooms.join('、')}。收回请说「收回${rooms[0] ?? ''}的日历链接」`,
        `Rooms with a calendar link: ${rooms.join(', ')}. To take one back say “收回${rooms[0] ?? ''}的日历链接”`,
      ));
  return {};
}

/** Whether the speaker is of the office; whoever is not is told. */
async function isOffice(talk: Talk): Promise<boolean> {
  const { work, setup, person } = talk;
  if (closes(await readOrganisation(work.tx, setup.rules.roles, work.now), person.id)) return true;
  await say(
    talk,
    '会议室的日历链接由行政给出。您自己的说「我的日历链接」',
    'Links to calendars of rooms are given by the office. For your own say “my calendar link”',
  );
  return false;
}

/** 「收回链接」 on its card. Who may is asked here and now. */
export async function tapFeed(talk: Talk, id: number): Promise<Tapped> {
  const { work, setup, person } = talk;
  const feed = Number.isSafeInteger(id) ? await readFeed(work.tx, id) : undefined;
  if (!feed || !(await mayHaveFeed(work, setup.rules, feed, person.id))) {
    await record(work, 'refused.calendar-link', 'office', { after: { person: person.id } });
    return { toast: { look: 'error', text: INVALID } };
  }
  const owner: FeedOwner =
    feed.person_id === null ? { room: feed.room_id ?? 0 } : { person: feed.person_id };
  if (feed.revoked_at === null) await revokeFeedOf(work, owner);
  const card = await drawFeedLink(work.tx, setup.links, id, person.id, setup.rules, work.now);
  return {
    toast: { look: 'success', text: words('已收回', 'Taken back') },
    ...(card ? { card } : {}),
  };
}
