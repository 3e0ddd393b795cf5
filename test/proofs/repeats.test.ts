/**
 * Every event of a working day delivered three times, in any order, and all at once: the office is as after one delivery of
 * each, also when two replicas share the events. The platform repeats what was not acknowledged in time, up to seven hours later, and does not keep an order.
 */
import { expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { allButtons, type Filled, type Found, namedIn } from '../office/feishu-client.ts';
import { newId } from '../feishu-platform/ids.ts';
import { isObject, type JsonObject, parseJson } from '../feishu-platform/json.ts';
import { idOf } from '../office/office.ts';

/** Two wishes of ten people, of different kinds: their order does not matter to anybody. */
const wishes: readonly (readonly [person: string, room: string, other: string])[] = [
  ['陈晨', '3月5日上午9点到10点订珠峰', '下周二到周四去上海出差，见客户'],
  ['王磊', '3月5日上午10点到11点订珠峰', '领15包A4纸'],
  ['刘洋@研发部', '3月5日上午9点到10点订泰山', '领10个笔记本'],
  ['刘洋@市场部', '3月5日上午9点到10点订黄山', '3楼打印机卡纸了'],
  ['林晓', '3月5日上午9点到10点订华山', '下周一到周二去南京出差，做展会'],
  ['何佳', '3月5日上午10点到11点订黄山', '领20包A4纸'],
  ['罗敏', '3月5日上午10点到11点订泰山', '5楼空调漏水'],
  ['黄静', '3月5日上午10点到11点订华山', '领20支黑色签字笔'],
  ['马超', '3月5日上午9点到10点订衡山', '下周三去广州出差，拜访渠道'],
  ['李伟', '3月5日上午10点到11点订衡山', '领2个鼠标'],
];

/** What happens after the wishes: who taps what, with which answers. One step after the other; within a step in any order. */
const afterwards: readonly {
  readonly label: string;
  readonly who: readonly string[];
  readonly form?: Filled;
}[] = [
  { label: '提交', who: wishes.map(([person]) => person) },
  { label: '同意', who: ['李伟', '黄静', '马超', '周敏', '孙丽', '钱芳', '赵建国'] },
  { label: '发放', who: ['吴婷'] },
  { label: '接单', who: ['郑强'] },
  { label: '完成', who: ['郑强'], form: { tickets: 'G1 09:00', hotel: '全季', done: '修好了' } },
  { label: '签收', who: wishes.map(([person]) => person) },
  { label: '验收', who: wishes.map(([person]) => person), form: { stars: '5' } },
];

type Way = 'once' | 'thrice' | 'at once';

/** Something that reaches the program by one address or the other, again and again. Answers status and body. */
type Push = (
  office: FeishuOffice,
  to: string,
) => Promise<{ readonly status: number; readonly body: string }>;

const message =
  (envelope: JsonObject): Push =>
  async ({ feishu }, to) => {
    const [outcome] = await feishu.pushes({ envelope }, { to });
    if (outcome?.got !== 'answer') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
    return outcome;
  };

/** One tap of a person on a card as it looks now; each time it is the same tap. */
function tap(
  { feishu }: FeishuOffice,
  person: string,
  { message: id, label }: Found,
  form?: Filled,
): Push {
  const card = feishu.cardOf(id);
  const inputs =
    form &&
    Object.entries(namedIn(card, label, form)).filter(([name]) =>
      JSON.stringify(card).includes(`"name":"${name}"`),
    );
  const what = { button: label, ...(inputs?.length && { form: Object.fromEntries(inputs) }) };
  const seen = (feishu.cards(person).find(({ messageId }) => messageId === id)?.states ?? 1) - 1;
  const eventId = newId('');
  return async (office, to) => {
    office.feishu.cardUrl = to;
    const {
      status = 0,
      body = '',
      error,
      stopped,
      why,
    } = await office.feishu.taps(person, id, what, { seen, eventId });
    if (error ?? stopped) throw new Error(`${label}: ${error ?? stopped} ${why ?? ''}`);
    return { status, body };
  };
}

/** A generator with a seed, so that a failing order can be had again (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const seed = Number(process.env['REPEATS_SEED'] ?? Math.floor(Math.random() * 1e9));
const rolls = random(seed);
const shuffled = <T>(items: readonly T[]): readonly T[] =>
  items
    .map((item) => ({ item, roll: rolls() }))
    .toSorted((a, b) => a.roll - b.roll)
    .map(({ item }) => item);

/** Says that nothing is recorded yet: then a person taps again, and the platform comes again. */
const wasNotTaken = (status: number, body: string): boolean =>
  status === 503 || /没有记下|记下了没有|还在办/.test(body);

/** One push until it was taken. Answers what came back. */
async function push(office: FeishuOffice, event: Push): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    const to = office.urls[Math.floor(rolls() * office.urls.length)] ?? office.url;
    const { status, body } = await event(office, to);
    if (wasNotTaken(status, body)) continue;
    if (status !== 200) throw new Error(`answered ${status}`);
    return body;
  }
  throw new Error('never taken');
}

/** Delivers events in one of the ways; every copy of an event must get the same answer. */
async function deliver(office: FeishuOffice, events: readonly Push[], way: Way): Promise<void> {
  const answers = new Map<Push, string[]>();
  const note = async (event: Push): Promise<void> => {
    const body = await push(office, event);
    answers.set(event, [...(answers.get(event) ?? []), body]);
  };
  if (way === 'once') for (const event of events) await note(event);
  const copies = shuffled([...events, ...events, ...events]);
  if (way === 'thrice') for (const event of copies) await note(event);
  if (way === 'at once') await Promise.all(copies.map(note));
  for (const [first, ...others] of answers.values()) {
    for (const other of others) expect(parseJson(other)).toEqual(parseJson(first ?? ''));
  }
  await office.settle();
}

/** The day as it is delivered in one way; answers all its events. */
async function live(office: FeishuOffice, way: Way): Promise<readonly Push[]> {
  const { feishu } = office;
  for (const [person, room, other] of wishes) {
    await feishu.says(idOf(person), room, { hold: true });
    await feishu.says(idOf(person), other, { hold: true });
  }
  const told: Push[] = feishu.pending.map(({ envelope }) => message(envelope));
  await deliver(office, told, way);
  for (const { label, who, form } of afterwards) {
    const taps = who
      .map(idOf)
      .flatMap((person) =>
        allButtons(feishu, person, label).map((found) => tap(office, person, found, form)),
      );
    await deliver(office, taps, way);
    told.push(...taps);
  }
  return told;
}

/** What the day came to, without ids and numbers, which depend on who came first. */
async function outcome({ app, feishu }: FeishuOffice) {
  const { db } = app;
  const requests = await db
    .selectFrom('request')
    .innerJoin('address', 'address.person_id', 'request.requester_id')
    .select(['kind', 'external_id', 'state', 'measure', 'stars', 'version'])
    .execute();
  const bookings = await db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name', 'starts_at', 'booking.state'])
    .execute();
  const movements = await db
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['item.name', 'sort', 'on_hand_change', 'reserved_change'])
    .execute();
  const tasks = await db
    .selectFrom('task')
    .select(['person_id', 'step_id', 'sort', 'state'])
    .execute();
  const acts = await db
    .selectFrom('audit')
    .select(['act', 'actor'])
    .where('act', 'not like', 'import.%')
    .execute();
  const deliveries = await db
    .selectFrom('delivery')
    .select(['address', 'attention', 'state'])
    .execute();
  const counters = await db.selectFrom('counter').select(['kind', 'last']).execute();
  const sorted = (rows: readonly object[]): readonly string[] =>
    rows.map((row) => JSON.stringify(row)).toSorted();
  return {
    requests: sorted(requests),
    bookings: sorted(bookings),
    movements: sorted(movements),
    tasks: sorted(tasks),
    acts: sorted(acts),
    deliveries: sorted(deliveries),
    counters: sorted(counters),
    visible: Object.fromEntries(
      [...feishuPeople].map((id) => [
        id,
        feishu.inbox(id).filter(({ from }) => from === 'bot').length,
      ]),
    ),
  };
}

const feishuPeople = new Set([
  ...wishes.map(([person]) => idOf(person)),
  ...afterwards.flatMap(({ who }) => who.map(idOf)),
]);

/** No message stands twice in anybody's chat: as many as there were keys. */
function countDoubles({ feishu }: FeishuOffice): number {
  const sends = feishu.calls.filter(
    ({ method, route, code }) =>
      method === 'POST' && route === '/open-apis/im/v1/messages' && code === 0,
  );
  const keys = new Set(sends.map(({ body }) => (isObject(body) ? body['uuid'] : undefined)));
  const visible = [
    ...new Set(sends.map(({ body }) => (isObject(body) ? String(body['receive_id']) : ''))),
  ]
    .map((id) => feishu.inbox(id).filter(({ from }) => from === 'bot').length)
    .reduce((sum, count) => sum + count, 0);
  expect(keys.has(undefined)).toBe(false);
  return visible - keys.size;
}

async function day(way: Way) {
  const office = await openFeishuOffice({ rates: 'off', replicas: way === 'at once' ? 2 : 1 });
  try {
    const events = await live(office, way);
    const result = await outcome(office);
    expect(countDoubles(office)).toBe(0);
    if (way !== 'once') {
      // Seven hours later the platform's last repeats arrive, of messages and taps alike.
      await deliver(office, events, 'thrice');
      expect(await outcome(office)).toEqual(result);
    }
    return { events: events.length, result };
  } finally {
    await office.stop();
  }
}

test(
  'each event three times in any order, and all at once, is one delivery of each',
  { timeout: 120_000 },
  async () => {
    const once = await day('once');
    expect(once.result.requests).toHaveLength(20);
    const states = once.result.requests.map((row) => /"state":"(\w+)"/.exec(row)?.[1]);
    expect(states.filter((state) => state === 'booked')).toHaveLength(10);
    expect(states.filter((state) => state === 'done')).toHaveLength(10);
    const thrice = await day('thrice');
    expect(thrice.result, `REPEATS_SEED=${seed}`).toEqual(once.result);
    const together = await day('at once');
    expect(together.result, `REPEATS_SEED=${seed}`).toEqual(once.result);
    const { visible, acts, deliveries } = once.result;
    const messages = Object.values(visible).reduce((sum, count) => sum + count, 0);
    console.log(
      `repeats: ${once.events} events, ${acts.length} entries, ${deliveries.length} deliveries, ${messages} visible messages; seed ${seed}`,
    );
  },
);
