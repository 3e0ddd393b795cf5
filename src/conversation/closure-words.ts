/** 「珠峰下周一到周三装修停用」, 「珠峰可以用了」, 「把3楼会议室下周都留作招聘面试间」. */
import { clean } from '../../cards/clean.ts';
import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { TimeValue } from '../language/meaning.ts';
import { findTimes } from '../language/times.ts';
import { closes, closureOf, proposeClosure } from '../meetings/sharing/closures.ts';
import type { Time } from '../meetings/times.ts';
import { MEETING_ROOM } from '../settings/space-rules.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

const CLOSED =
  /停用|暂停使用|暂停开放|不开放|封闭|关闭(?!.*(?:提醒|通知|免打扰))|\b(?:closed|out of use|close)\b/iu;
const OPEN =
  /(?:可以用了|能用了|恢复使用|恢复开放|重新开放|提前开放|修好了?可以用|开放了)$|\b(?:open again|reopen(?:ed)?)\b/iu;
const KEPT =
  /(?:留作|留给|预留给?|预留作|用作|改作|作为|当作?)(.{1,30})$|\bkeep\b.+\b(?:for|as)\s+(.{1,40})$/iu;

/** What is done about rooms as a whole; undefined when the sentence is about something else. */
export async function closureByWord(
  talk: Talk,
  lexicon: Lexicon,
  said: string,
): Promise<Led | undefined> {
  const kept = KEPT.exec(said);
  const closed = CLOSED.exec(said);
  const open = OPEN.test(said);
  if (!kept && !closed && !open) return undefined;
  const rooms = await roomsIn(talk.work.tx, lexicon, said);
  if (rooms.length === 0) return undefined;
  if (open) return reopenByWord(talk, rooms);
  const time = timeIn(said, talk.now);
  const { work, setup, person } = talk;
  if (!kept) {
    const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
    if (!closes(org, person.id)) {
      await say(
        talk,
        '停用会议室由行政办理；房间坏了可以直接报修',
        'Rooms are closed by the office; if something is broken, just report it',
      );
      return {};
    }
  }
  if (!time) {
    await say(
      talk,
      '从什么时候到什么时候？例如「珠峰下周一到周三装修停用」',
      'From when until when? Such as “close 珠峰 from Monday to Wednesday for works”',
    );
    return {};
  }
  if (Temporal.Instant.compare(time.to, work.now) <= 0) {
    await say(talk, '这段时间已经过去了', 'That time has passed');
    return {};
  }
  const id = await proposeClosure(work, {
    person: person.id,
    rooms,
    ...time,
    sort: kept ? 'block' : 'closed',
    reason: kept ? clean(kept[1] ?? kept[2] ?? '', 30) : reasonIn(said),
  });
  await answer(talk, { view: 'sharing', sort: 'closure', id });
  return {};
}

/** Why, in the words that people use for it; 停用 when they say none. */
const REASON =
  /装修|维修|施工|改造|检修|保养|消杀|盘点|漏水|刷墙|换灯|换地毯|布展|works|repairs?|renovation|cleaning/iu;
const reasonIn = (said: string): string => REASON.exec(said)?.[0] ?? '停用';

/** What stands before a sort of space when all of it are meant. */
const OF_FLOOR = /([0-9B]+)\s*(?:楼|层|F)(?:的)?(?:所有|全部)?$/iu;
const EVERY = /(?:所有|全部)(?:的)?$/u;
const ALL_ROOMS = /all (?:the )?rooms/iu;

/** Rooms, desks and booths that are named, and all of a sort on a floor (3楼会议室). */
async function roomsIn(tx: Tx, lexicon: Lexicon, said: string): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('room')
    .select(['id', 'floor', 'sort'])
    .where('active', '=', true)
    .execute();
  const whole = [...new Set(rows.map(({ sort }) => sort))].flatMap((sort) => {
    const before = said.slice(0, Math.max(0, said.indexOf(sort)));
    const floor = OF_FLOOR.exec(before)?.[1];
    const every = EVERY.test(before) || (sort === MEETING_ROOM && ALL_ROOMS.test(said));
    return rows.filter(
      (row) => row.sort === sort && (floor === undefined ? every : row.floor === floor),
    );
  });
  if (whole.length > 0) return whole.map(({ id }) => id);
  const named = new Set(
    [...lexicon.rooms, ...(lexicon.spaces ?? [])]
      .filter(({ name, aliases }) =>
        [name, ...(aliases ?? [])].some((each) => each.length > 1 && said.includes(each)),
      )
      .map(({ id }) => Number(id)),
  );
  return rows.flatMap(({ id }) => (named.has(id) ? [id] : []));
}

/** The whole days that are said, or from one moment to another. */
function timeIn(said: string, now: Temporal.ZonedDateTime): Time | undefined {
  const values = findTimes(said, now).map(({ value }) => value);
  for (const value of values) {
    const found = spanOf(value, now.timeZoneId);
    if (found) return found;
  }
  return undefined;
}

function spanOf(value: TimeValue, zone: string): Time | undefined {
  const day = (date: string): Temporal.ZonedDateTime =>
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone });
  const whole = (first: string, last: string): Time => ({
    from: day(first).toInstant(),
    to: day(last).add({ days: 1 }).toInstant(),
  });
  const moment = (at: string): Temporal.Instant =>
    Temporal.PlainDateTime.from(at).toZonedDateTime(zone).toInstant();
  if (value.type === 'date') return whole(value.start, value.start);
  if (value.type === 'daterange' && value.start !== null && value.end !== null)
    return whole(value.start, value.end);
  if (value.type === 'datetimerange' && value.start !== null && value.end !== null)
    return { from: moment(value.start), to: moment(value.end) };
  return undefined;
}

/** The card of what is in force for that room, with its button: who may is asked at the tap. */
async function reopenByWord(talk: Talk, rooms: readonly number[]): Promise<Led | undefined> {
  for (const room of rooms) {
    const row = await closureOf(talk.work.tx, room);
    if (!row) continue;
    await answer(talk, { view: 'sharing', sort: 'closure', id: row.id });
    return {};
  }
  return undefined;
}
