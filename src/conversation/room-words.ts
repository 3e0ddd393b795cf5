/** 「珠峰周三的安排」, 「会议室明天的忙闲」: a day of the rooms at a glance; its pages, and its buttons that book. */
import { words } from '../../cards/words.ts';
import type { Wanted } from '../../cards/pages.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { bookedByKey, dayListed, drawRoomDay } from '../requests/room/day.ts';
import { kindNamed } from '../requests/index.ts';
import { askingFor, startDraft } from './drafts.ts';
import { plainSentence } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { MEETING_ROOM } from '../settings/space-rules.ts';
import { INVALID } from './outcomes.ts';
import { startSpaceDraft } from './space-words.ts';
import type { Tapped } from './tap.ts';
import { answer, type Talk } from './talk.ts';

const PLAN =
  /^(?:请问|帮我)?(?:看看?|看一下|查看|查一下|查查|显示)?(.{1,40}?)的?(?:安排|日程|日程表|时间表|排期|(?:预订|预定|占用|空闲|忙闲)(?:情况|时间|时段|安排|表)?)(?:怎么样|如何|是什么|呢|吗)?$/u;
const PLAN_EN =
  /^(?:show |what is |what's )?(?:the )?(?:schedule|availability|plan) (?:of|for) (.{1,60})$/iu;
/** What may be left of what was said when rooms and times are taken out. */
const NOTHING_ELSE =
  /^(?:的|在|会议室|所有|全部|各个?|我们|公司|the|meeting|rooms?|on|all|of|[\s，,])*$/iu;
const FLOOR = /([0-9B]{1,3})\s*(?:楼|层|F)/iu;

/** The day of the rooms that a whole sentence names; undefined for any other sentence. */
export async function roomDayByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const said = plainSentence(text);
  const about = PLAN.exec(said)?.[1] ?? PLAN_EN.exec(said)?.[1];
  if (about === undefined) return undefined;
  const times = findTimes(about, talk.now);
  const untimed = times
    .flatMap(({ parts }) => parts)
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), about);
  const named = roomNamed(untimed, lexicon);
  const floor = FLOOR.exec(untimed)?.[1];
  const rest = (named ? untimed.replace(named.said, '') : untimed).replace(FLOOR, '');
  const rooms = named !== undefined || /会议室|rooms?\b/iu.test(untimed);
  if (!rooms || !NOTHING_ELSE.test(rest)) return undefined;
  await answer(talk, {
    view: 'room-day',
    date: dayIn(times, talk.now).toString(),
    ...(named ? { room: named.id } : floor === undefined ? {} : { floor }),
  });
  return {};
}

/** The room whose name or other name stands there, the longest of them. */
function roomNamed(
  text: string,
  { rooms }: Lexicon,
): { readonly id: number; readonly said: string } | undefined {
  const [longest] = rooms
    .flatMap(({ id, name, aliases = [] }) =>
      [name, ...aliases].map((said) => ({ id: Number(id), said })),
    )
    .filter(({ said }) => said.length > 1 && text.includes(said))
    .toSorted((a, b) => b.said.length - a.said.length);
  return longest;
}

function dayIn(
  times: ReturnType<typeof findTimes>,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate {
  for (const { value } of times) {
    const start = 'start' in value ? value.start : null;
    if (typeof start === 'string' && /^\d{4}-\d{2}-\d{2}/.test(start))
      return Temporal.PlainDate.from(start.slice(0, 10));
  }
  return now.toPlainDate();
}

/** Another page, or another day, of what a card shows. */
export async function roomDayListed(
  talk: Talk,
  date: string,
  narrowed: string,
  page: Wanted,
): Promise<Tapped> {
  const listed = dayListed(date, narrowed);
  if (!listed) return { toast: { look: 'error', text: INVALID } };
  return { card: await drawRoomDay({ ...listed, ...page }, askingFor(talk)) };
}

/** A button that books: the usual draft, which says whether the room can still be had. */
export async function tapRoomBook(talk: Talk, key: string): Promise<Tapped> {
  const form = await bookedByKey(talk.work, key);
  if (!form) return { toast: { look: 'error', text: INVALID } };
  const { sort, ...booked } = form;
  const draft =
    sort === MEETING_ROOM
      ? await startDraft(talk, kindNamed('room'), booked)
      : await startSpaceDraft(talk, { sort, ...booked });
  await answer(talk, { view: 'draft', draft: draft.id });
  return {
    toast: {
      look: 'info',
      text: words('草稿在下面，看过再提交', 'The draft is below; look at it and submit'),
    },
  };
}
