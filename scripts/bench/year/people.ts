/** What the people of the simulated year do: they ask, submit, approve, carry out; some are late, some never come. */
import type { Db } from '../../../db/database.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { openStep } from '../../../src/workflow/workflow.ts';
import type { Chance } from './chance.ts';
import { staff } from './company.ts';
import type { Deed } from './replicas.ts';

/** Something somebody does at a moment. `follows` looks at what came of it and names what follows. */
export type Happening = {
  readonly at: Temporal.Instant;
  readonly deed: Deed;
  readonly follows?: (db: Db) => Promise<readonly Happening[]>;
};

const DAYS_AHEAD = 14;

/** What is said, as of a day. Rooms are asked for most. */
export function wish(day: Temporal.PlainDate, by: Chance): string {
  const later = day.add({ days: 1 + by.under(DAYS_AHEAD) });
  const date = `${later.month}月${later.day}日`;
  const hour = 9 + by.under(8);
  const guests = by.next() < 0.4 ? `，参会人：${nameBy(by)}、${nameBy(by)}` : '';
  const room = `${date}${hour}点到${hour + 1}点订个${2 + by.under(8)}人的会议室，开${by.oneOf(['周会', '评审会', '客户沟通会', '面试'])}${by.next() < 0.3 ? '，要投影' : ''}${guests}`;
  return by.oneOf([
    room,
    room,
    `领${1 + by.under(3)}盒签字笔`,
    `领${1 + by.under(4)}包A4纸`,
    `${1 + by.under(9)}楼打印机卡纸了`,
    `${1 + by.under(9)}楼茶水间漏水，急`,
    `${date}去${by.oneOf(['上海', '北京', '深圳', '成都'])}出差${by.oneOf(['一', '两', '三', '五'])}天，见客户`,
  ]);
}

const personBy = (by: Chance): (typeof staff)[number] => {
  const person = staff[by.under(staff.length)];
  if (!person) throw new Error('nobody works here');
  return person;
};
const nameBy = (by: Chance): string => personBy(by).name;

let keys = 0;
const key = (): string => `year:${keys++}`;

const said = (person: string, text: string): Deed => ({ do: 'message', key: key(), person, text });

/** One wish and all that follows from it, the first two moments: said, and submitted a few minutes later. */
export function asks(day: Temporal.PlainDate, minute: number, zone: string, by: Chance): Happening {
  const person = personBy(by).id;
  const at = day.toZonedDateTime(zone).add({ minutes: minute }).toInstant();
  const submitted = at.add({ minutes: 1 + by.under(8) });
  const submits: Happening = {
    at: submitted,
    deed: said(person, '提交'),
    follows: async (db) => {
      const row = await db
        .selectFrom('request as r')
        .innerJoin('address as a', 'a.person_id', 'r.requester_id')
        .select('r.id')
        .where('a.external_id', '=', person)
        .where('r.submitted_at', '>=', submitted)
        .orderBy('r.id', 'desc')
        .executeTakeFirst();
      return row ? goesOn(db, row.id, submitted, by) : [];
    },
  };
  return {
    at,
    deed: said(person, wish(day, by)),
    // One in thirty forgets to submit: the draft runs out.
    follows: () => Promise.resolve(by.next() < 1 / 30 ? [] : [submits]),
  };
}

/** How long somebody takes: most an hour or two, some a day, a few several days. */
function patience(by: Chance): Temporal.Duration {
  const minutes = by.oneOf([1, 1, 1, 1, 1, 5, 5, 20, 40]) * (5 + by.under(170));
  return Temporal.Duration.from({ minutes: Math.min(minutes, 60 * 24 * 4) });
}

/** What the person whom the open step waits for does next: one in fifty never comes. */
async function goesOn(
  db: Db,
  id: number,
  since: Temporal.Instant,
  by: Chance,
): Promise<readonly Happening[]> {
  const request = await db
    .selectFrom('request')
    .select(['version', 'workflow', 'kind', 'state'])
    .where('id', '=', id)
    .executeTakeFirst();
  const task = await db
    .selectFrom('task as t')
    .innerJoin('address as a', 'a.person_id', 't.person_id')
    .select(['a.external_id', 't.sort', 't.step_id'])
    .where('t.request_id', '=', id)
    .where('t.state', '=', 'open')
    .orderBy('t.id')
    .executeTakeFirst();
  if (request?.kind === 'room' && request.state === 'booked') return meets(db, id, by);
  if (!request || !task || by.next() < 1 / 50) return [];
  const step = openStep(request.workflow as Workflow);
  if (!step) return [];
  const at = since.add({ minutes: Math.round(patience(by).total('minutes')) });
  const deed: Deed = {
    do: 'tap',
    key: key(),
    person: task.external_id,
    value: {
      v: 1,
      a: task.sort === 'approval' ? 'approve' : 'complete',
      r: id,
      s: task.step_id,
      n: request.version,
    },
    answers: {},
  };
  return [{ at, deed, follows: (after) => goesOn(after, id, at, by) }];
}

/** One host in seven does not check in; half of those who held their meeting give minutes. */
async function meets(db: Db, request: number, by: Chance): Promise<readonly Happening[]> {
  const meeting = await db
    .selectFrom('meeting as m')
    .innerJoin('address as a', 'a.person_id', 'm.host_id')
    .select(['m.id', 'm.starts_at', 'm.ends_at', 'a.external_id as host'])
    .where('m.request_id', '=', request)
    .executeTakeFirst();
  if (!meeting || by.next() < 1 / 7) return [];
  const { id, host, starts_at: starts, ends_at: ends } = meeting;
  const value = { v: 1, a: 'check-in', m: id };
  const deed: Deed = { do: 'tap', key: key(), person: host, value, answers: {} };
  const checksIn: Happening = { at: starts.add({ minutes: by.oneOf([-5, 10]) }), deed };
  return by.next() < 0.5 ? [checksIn] : [checksIn, minutesOf(host, request, ends, by)];
}

/** Two items, one for each of two colleagues, due within the next three weeks. */
function minutesOf(host: string, request: number, ends: Temporal.Instant, by: Chance): Happening {
  const at = ends.add({ minutes: 20 + by.under(30 * 60) });
  const due = at.toZonedDateTimeISO('Asia/Shanghai').add({ days: 2 + by.under(19) });
  const date = `${due.month}月${due.day}日`;
  const text = `会议纪要：\n${nameBy(by)}：${date}前完成客户名单整理\n${nameBy(by)}负责更新报价模板，${date}前完成`;
  return {
    at,
    deed: said(host, text),
    follows: async (db) => {
      const minutes = await db
        .selectFrom('minutes')
        .select(['id', 'version'])
        .where('request_id', '=', request)
        .where('state', '=', 'drafted')
        .executeTakeFirst();
      if (!minutes) return [];
      const value = { v: 1, a: 'minutes-confirm', w: minutes.id, n: minutes.version };
      const deed: Deed = { do: 'tap', key: key(), person: host, value, answers: {} };
      const when = at.add({ minutes: 5 });
      return [{ at: when, deed, follows: (after) => doers(after, minutes.id, when, by) }];
    },
  };
}

/** Seven of ten do what they were given, within three weeks. */
async function doers(
  db: Db,
  minutes: number,
  since: Temporal.Instant,
  by: Chance,
): Promise<readonly Happening[]> {
  const items = await db
    .selectFrom('action_item as i')
    .innerJoin('address as a', 'a.person_id', 'i.owner_id')
    .select(['i.id', 'a.external_id as owner'])
    .where('i.minutes_id', '=', minutes)
    .orderBy('i.id')
    .execute();
  return items.flatMap(({ id, owner }) => {
    if (by.next() > 0.7) return [];
    const value = { v: 1, a: 'item-done', i: id };
    const deed: Deed = { do: 'tap', key: key(), person: owner, value, answers: {} };
    return [{ at: since.add({ minutes: by.under(21 * 1440) }), deed }];
  });
}
