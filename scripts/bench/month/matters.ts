/**
 * The matters of an office, each from its first word to its end. A matter gives back how many minutes it waits before it goes on:
 * people read, work and sleep in between.
 */
import { sql } from 'kysely';
import type { Db } from '../../../db/database.ts';
import type { Chance } from '../year/chance.ts';
import { company, staff } from '../year/company.ts';
import type { People } from './people.ts';

export type Matter = AsyncGenerator<number, void>;

export type Scene = {
  readonly people: People;
  readonly db: Db;
  readonly by: Chance;
  readonly now: () => Temporal.Instant;
  /** The group in which questions are asked. */
  readonly group: { readonly id: string; readonly members: readonly string[] };
};

type Sort = { readonly perDay: number; readonly begin: (scene: Scene) => Matter };

/** Who hands out, books and answers; and who repairs. */
const OFFICE = ['ou_office_1', 'ou_office_2'] as const;
const REPAIRER = 'ou_office_2';

/** How many of each begin on a working day; 300 people, so most ask the office for something less than twice a month. */
export const sorts: { readonly [name: string]: Sort } = {
  'room for oneself': { perDay: 10, begin: roomAlone },
  'meeting of five': { perDay: 3, begin: meeting },
  supplies: { perDay: 4, begin: supplies },
  trip: { perDay: 2, begin: trip },
  'trip decided late, one in three withdrawn': { perDay: 1, begin: lateTrip },
  repair: { perDay: 3, begin: repair },
  'question in the group': { perDay: 1, begin: question },
  'list or greeting': { perDay: 10, begin: list },
};

/** Minutes that somebody takes who is at work: most under the hour. */
const soon = (by: Chance): number => by.oneOf([1, 1, 1, 4]) * (3 + by.under(40));

const anybody = (by: Chance): (typeof staff)[number] => {
  const person = staff[by.under(staff.length)];
  if (!person) throw new Error('nobody works here');
  return person;
};

const leaders = new Map(company.people.map(({ id, leader }) => [id, leader]));
const leaderOf = (person: string): string => leaders.get(person) ?? 'ou_gm';

/** The newest request of a person with its meeting, if it is one. */
async function newest(
  { db }: Scene,
  person: string,
): Promise<{
  readonly request: number;
  readonly meeting: number | null;
  readonly ends: Temporal.Instant | null;
}> {
  const row = await db
    .selectFrom('request as r')
    .innerJoin('address as a', 'a.person_id', 'r.requester_id')
    .leftJoin('meeting as m', 'm.request_id', 'r.id')
    .select(['r.id as request', 'm.id as meeting', 'm.ends_at as ends'])
    .where('a.external_id', '=', person)
    .orderBy('r.id', 'desc')
    .executeTakeFirst();
  return row ?? { request: 0, meeting: null, ends: null };
}

/** Says it, corrects it one time in five, and submits it. */
async function* asked(
  scene: Scene,
  person: string,
  text: string,
  correction: string,
): AsyncGenerator<number, boolean> {
  const { people, by } = scene;
  await people.say(person, text);
  yield 1 + by.under(3);
  if (by.next() < 0.2) {
    await people.say(person, correction);
    yield 1 + by.under(3);
  }
  return people.tap(person, '提交');
}

/** A time today two hours from now or later, else on the next working day. */
function slot({ now, by }: Scene): {
  readonly text: string;
  readonly starts: Temporal.ZonedDateTime;
} {
  const local = now().toZonedDateTimeISO('Asia/Shanghai');
  const today = local.hour < 13 && by.next() < 0.5;
  const hour = today ? local.hour + 2 + by.under(3) : 9 + by.under(8);
  const day = local.add({ days: today ? 0 : local.dayOfWeek === 5 ? 3 : 1 }).toPlainDate();
  const starts = day.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: { hour } });
  return { text: `${day.month}月${day.day}日${hour}点到${hour + 1}点`, starts };
}

const minutesUntil = ({ now }: Scene, at: Temporal.Instant): number =>
  Math.max(0, Math.round(now().until(at).total('minutes')));

async function* roomAlone(scene: Scene): Matter {
  const { people, by } = scene;
  const { id } = anybody(by);
  const { text, starts } = slot(scene);
  const submitted = yield* asked(
    scene,
    id,
    `${text}订个${2 + by.under(5)}人的会议室`,
    '人数改成8人',
  );
  const { meeting, request } = await newest(scene, id);
  if (!submitted || meeting === null) return;
  if (by.next() < 0.05) {
    yield soon(by);
    await people.tap(id, '取消', { r: request });
    return;
  }
  yield minutesUntil(scene, starts.toInstant()) - 5;
  // One in seven does not come, and the room is released.
  if (by.next() < 1 / 7) return;
  await people.tap(id, '签到', { m: meeting });
  yield 65 + by.under(60);
  // One in ten leaves the question about the minutes alone and is reminded.
  if (by.next() < 0.9) await people.tap(id, '无需纪要', { w: await minutesOf(scene, request) });
}

async function minutesOf({ db }: Scene, request: number): Promise<number> {
  const row = await db
    .selectFrom('minutes')
    .select('id')
    .where('request_id', '=', request)
    .executeTakeFirst();
  return row?.id ?? 0;
}

async function* meeting(scene: Scene): Matter {
  const { people, by, db } = scene;
  const [host, ...guests] = Array.from({ length: 5 }, () => anybody(by));
  if (!host) return;
  const { text, starts } = slot(scene);
  const names = guests.map(({ name }) => name).join('、');
  const submitted = yield* asked(
    scene,
    host.id,
    `${text}订个6人的会议室，主题评审，参会人：${names}`,
    '要投影',
  );
  const { meeting: id, request } = await newest(scene, host.id);
  if (!submitted || id === null) return;
  // The notice comes a day before, or at once.
  yield minutesUntil(scene, starts.toInstant().subtract({ hours: 24 }));
  for (const guest of guests) {
    yield 1 + by.under(20);
    if (by.next() < 0.75) await people.tap(guest.id, '确认参加', { m: id });
  }
  yield minutesUntil(scene, starts.toInstant()) - 3;
  await people.tap(host.id, '签到', { m: id });
  yield 65 + by.under(120);
  const minutes = { w: await minutesOf(scene, request) };
  // Of a third of the meetings there is nothing to write down.
  if (by.next() < 1 / 3) {
    await people.tap(host.id, '无需纪要', minutes);
    return;
  }
  const due = starts.add({ days: 3 + by.under(7) });
  const date = `${due.month}月${due.day}日`;
  const [one, two] = guests;
  const items = `1. ${one?.name} ${date}前更新报价模板\n2. ${two?.name} ${date}前整理客户名单`;
  await people.tap(host.id, '提交纪要', minutes, { text: items });
  yield 5;
  await people.tap(host.id, '确认并分派', minutes);
  for (const owner of [one, two]) {
    yield by.under(3 * 24 * 60);
    const item = await db
      .selectFrom('action_item as i')
      .innerJoin('address as a', 'a.person_id', 'i.owner_id')
      .select('i.id')
      .where('i.minutes_id', '=', minutes.w)
      .where('a.external_id', '=', owner?.id ?? '')
      .where('i.state', 'in', ['open', 'doing', 'postponed'])
      .executeTakeFirst();
    // Three of ten are not done in this month: they come up in the weekly follow-up.
    if (item && by.next() < 0.7) await people.tap(owner?.id ?? '', '完成', { i: item.id });
  }
}

async function* supplies(scene: Scene): Matter {
  const { people, by } = scene;
  const { id } = anybody(by);
  const [wish, correction] = by.oneOf([
    ['领两盒A4纸和5支黑色签字笔', '签字笔改成4支'],
    ['领3支签字笔', '签字笔改成2支'],
    ['领一包A4纸', 'A4纸改成2包'],
  ]);
  if (!(yield* asked(scene, id, wish, correction))) return;
  const { request: r } = await newest(scene, id);
  yield soon(by);
  await people.tap(by.oneOf(OFFICE), '发放', { r });
  yield soon(by);
  await people.tap(id, '签收', { r });
}

const tripWish = ({ now, by }: Scene): string => {
  const day = now()
    .toZonedDateTimeISO('Asia/Shanghai')
    .add({ days: 5 + by.under(9) });
  return `${day.month}月${day.day}日去${by.oneOf(['上海', '北京', '深圳', '成都'])}出差两天，坐高铁，见客户`;
};

async function* booked(scene: Scene, r: number): Matter {
  yield soon(scene.by);
  await scene.people.tap(
    scene.by.oneOf(OFFICE),
    '完成',
    { r },
    { tickets: 'G1', hotel: '全季酒店' },
  );
}

async function* trip(scene: Scene): Matter {
  const { people, by } = scene;
  const { id } = anybody(by);
  if (!(yield* asked(scene, id, tripWish(scene), '改成三天'))) return;
  const { request: r } = await newest(scene, id);
  yield soon(by);
  await people.tap(leaderOf(id), '同意', { r });
  yield* booked(scene, r);
}

/** The leader is reminded, next day the one above as well. */
async function* lateTrip(scene: Scene): Matter {
  const { people, by } = scene;
  const { id } = anybody(by);
  if (!(yield* asked(scene, id, tripWish(scene), '改成三天'))) return;
  const { request: r } = await newest(scene, id);
  yield 20 * 60 + by.under(8 * 60);
  if (by.next() < 1 / 3) await people.tap(id, '撤回', { r });
  else if (await people.tap(leaderOf(id), '同意', { r })) yield* booked(scene, r);
}

async function* repair(scene: Scene): Matter {
  const { people, by } = scene;
  const { id } = anybody(by);
  const what = by.oneOf(['打印机卡纸了', '茶水间的灯不亮', '空调不制冷', '门禁刷不开']);
  if (!(yield* asked(scene, id, `${1 + by.under(9)}楼${what}`, '是很急的'))) return;
  const { request: r } = await newest(scene, id);
  yield soon(by);
  await people.tap(REPAIRER, '接单', { r });
  yield soon(by);
  await people.tap(REPAIRER, '完成', { r }, { done: '修好了' });
  yield soon(by);
  await people.tap(id, '验收', { r }, { stars: '5' });
}

async function* question(scene: Scene): Matter {
  const { people, by, group } = scene;
  const asker = group.members[by.under(group.members.length)] ?? '';
  await people.say(
    asker,
    by.oneOf(['请问发票抬头怎么写', '停车场的月卡怎么办理', '快递放在哪里取']),
    group.id,
  );
  yield soon(by);
  await people.tap(by.oneOf(OFFICE), '我来回复', {}, { reply: '到前台问就可以' });
}

/** Each recurring work that is open is done by the first of those who were told of it; one in ten is left to be reminded of. */
export async function* rounds({ people, by, db }: Scene): Matter {
  yield soon(by);
  const open = await db
    .selectFrom('round as r')
    .innerJoin('shown_card as s', (on) =>
      on.on('s.subject', '=', sql<string>`'round:' || r.id`).on('s.channel', '=', 'feishu'),
    )
    .innerJoin('address as a', 'a.person_id', 's.person_id')
    .select(['s.subject', 'a.external_id as person'])
    .where('r.state', '=', 'open')
    .orderBy('r.id')
    .orderBy('s.person_id')
    .execute();
  const first = new Map(open.toReversed().map(({ subject, person }) => [subject, person]));
  for (const [l, person] of first) {
    yield 5 + by.under(20);
    if (by.next() < 0.1) continue;
    if (people.sees(person, '我来做', { l })) await people.tap(person, '我来做', { l });
    await people.tap(person, '完成', { l }, 'all well');
  }
}

/** One of the office has done what meetings ask for, within the hour in which both were told. */
export async function* preparations({ people, by, db }: Scene): Matter {
  yield soon(by);
  const told = await db
    .selectFrom('preparation')
    .select(['meeting_id as m', 'sort as o'])
    .where('told', '=', true)
    .where('done_at', 'is', null)
    .execute();
  for (const { m, o } of told) {
    const person = by.oneOf(OFFICE);
    if (people.sees(person, '已完成', { m, o })) await people.tap(person, '已完成', { m, o });
  }
}

// oxlint-disable-next-line require-yield -- it is over when it is said
async function* list(scene: Scene): Matter {
  const { people, by } = scene;
  await people.say(
    anybody(by).id,
    by.oneOf([
      '我的申请',
      '我的待办',
      '待我审批',
      '谢谢',
      '签字笔还有多少',
      '明天下午有空的会议室吗',
    ]),
  );
}
