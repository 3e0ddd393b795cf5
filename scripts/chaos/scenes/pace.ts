/**
 * Hundreds of notices are due at the same moment while people go on talking: two programs together stay inside what the platform allows, nothing is
 * lost, and answers do not wait behind notices.
 */
import { askers, company } from '../company.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import type { World } from '../world.ts';

/** Notices due at once, by kinds of drafts that were forgotten; each person has one of each. */
const KINDS = {
  short: ['领2个笔记本'],
  usual: ['领2个笔记本', '3楼打印机卡纸了', '下周二去上海出差一天，见客户'],
  long: [
    '领2个笔记本',
    '3楼打印机卡纸了',
    '下周二去上海出差一天，见客户',
    '3月5日上午9点到10点订峨眉',
  ],
};
const PEOPLE = { short: 60, usual: 300, long: 300 };
const TALK_EVERY_MS = 700;
/** What the platform allows: of sends by one app in a second and in a minute, and to one chat in a second. */
const MOST = { second: 50, minute: 1_000, chat: 5 };

export const scene: Scene = {
  name: 'pace',
  promises: ['P27', 'P28'],
  faults: ['due at once', 'answer asked for meanwhile'],
  rates: 'enforced',
  async play(world) {
    const { size, sql, clock, counts, feishu } = world;
    const first = company.people.find(({ id }) => id === askers[0]?.id)?.id ?? '';
    for (const text of KINDS[size]) await world.says(first, text);
    await world.settle();
    const began = new Date(clock.ms() - 25 * 3_600_000);
    await sql(
      `insert into draft (person_id, channel, chat, kind, form, guessed, state, version, said, message, created_at, updated_at)
        select a.person_id, d.channel, d.chat, d.kind, d.form, d.guessed, 'open', 1, null, null, $1, $1 from draft d
        cross join (select person_id from address where channel = 'feishu' and external_id like 'ou_staff_%' order by person_id limit $2) a
        where d.state = 'open' and a.person_id <> d.person_id`,
      [began, PEOPLE[size]],
    );
    await sql(`update draft set updated_at = $1 where state = 'open'`, [began]);
    const sentBefore = feishu.calls.length;
    const answerMs: number[] = [];
    let talking = true;
    const talk = (async () => {
      for (let place = 1; talking; place++) {
        const person = askers.at(-1 - (place % 5))?.id ?? '';
        const before = feishu.inbox(person).length;
        const start = performance.now();
        await world.says(person, '签字笔还有多少');
        await feishu
          .waitFor(
            () =>
              feishu.inbox(person).filter(({ from }) => from === 'bot').length > 0 &&
              feishu.inbox(person).length > before + 1,
            15_000,
          )
          .then(
            () => void answerMs.push(performance.now() - start),
            () => void answerMs.push(15_000),
          );
        counts.add('answer asked for meanwhile');
        await new Promise((resolve) => setTimeout(resolve, TALK_EVERY_MS));
      }
    })();
    for (let tries = 0; tries < 400; tries++) {
      await Promise.all(world.replicas.map(async (each) => each?.order('tick')));
      const [row] = await sql<{ forgotten: number; left: number }>(
        `select (select count(*)::int from draft where state = 'open' and updated_at <= $1) as forgotten,
          (select count(*)::int from delivery where state in ('waiting', 'sending')) as left`,
        [began],
      );
      if (row?.forgotten === 0 && row.left === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    talking = false;
    await talk;
    // One line tells of all that somebody left lying and that was closed at one time, under the name of the first of these drafts.
    const [closed] = await sql<{ drafts: number; people: number; told: number }>(
      `select count(*)::int as drafts, count(distinct person_id)::int as people, count(distinct person_id) filter (where exists (
          select from delivery where what = 'draft:' || draft.id || ':told' and state = 'sent'))::int as told
        from draft where state = 'expired'`,
    );
    counts.add('due at once', closed?.drafts ?? 0);
    const sends = feishu.calls
      .slice(sentBefore)
      .filter(({ method, route }) => method === 'POST' && route === '/open-apis/im/v1/messages');
    const peak = peaks(sends);
    const broken = [...(await always(world))];
    if (closed?.told !== closed?.people)
      broken.push(`drafts of ${closed?.people} people were closed, ${closed?.told} were told`);
    for (const [what, most] of Object.entries(MOST))
      if ((peak[what] ?? 0) > most)
        broken.push(`${peak[what]} sends in one window: ${what}, ${most} are allowed`);
    if (at(answerMs, 0.95) > onThisMachine(3_000))
      broken.push('one answer in twenty took longer than 3 s');
    const span = ((sends.at(-1)?.pace ?? 0) - (sends[0]?.pace ?? 0)) / 1_000;
    return {
      figures: {
        'due at once': closed?.drafts ?? 0,
        'people told': closed?.told ?? 0,
        'sends a second, most': peak['second'] ?? 0,
        'a minute, most': peak['minute'] ?? 0,
        'to one chat a second, most': peak['chat'] ?? 0,
        'a second, on average': (sends.length / Math.max(1, span)).toFixed(1),
        'refused by the platform for its pace': sends.filter(({ status }) => status === 429).length,
        'answer p95 ms': at(answerMs, 0.95),
      },
      broken,
    };
  },
};

/** The most sends in any window, as they came to the platform. */
function peaks(sends: World['feishu']['calls']): Readonly<Record<string, number>> {
  const times = sends.map(({ pace }) => pace);
  const chats = Map.groupBy(sends, ({ body }) =>
    typeof body === 'object' && body !== null && 'receive_id' in body
      ? String(body.receive_id)
      : '',
  );
  return {
    second: densest(times, 1_000),
    minute: densest(times, 60_000),
    chat: Math.max(
      0,
      ...[...chats.values()].map((each) =>
        densest(
          each.map(({ pace }) => pace),
          1_000,
        ),
      ),
    ),
  };
}

function densest(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let [most, from] = [0, 0];
  for (const [place, time] of sorted.entries()) {
    while (time - (sorted[from] ?? 0) >= windowMs) from++;
    most = Math.max(most, place - from + 1);
  }
  return most;
}
