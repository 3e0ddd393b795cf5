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
function wish(day: Temporal.PlainDate, by: Chance): string {
  const later = day.add({ days: 1 + by.under(DAYS_AHEAD) });
  const date = `${later.month}月${later.day}日`;
  const hour = 9 + by.under(8);
  const room = `${date}${hour}点到${hour + 1}点订个${2 + by.under(8)}人的会议室，开${by.oneOf(['周会', '评审会', '客户沟通会', '面试'])}`;
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

let keys = 0;
const key = (): string => `year:${keys++}`;

const said = (person: string, text: string): Deed => ({ do: 'message', key: key(), person, text });

/** One wish and all that follows from it, the first two moments: said, and submitted a few minutes later. */
export function asks(day: Temporal.PlainDate, minute: number, zone: string, by: Chance): Happening {
  const person = staff[by.under(staff.length)] ?? '';
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
    .select(['version', 'workflow'])
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
