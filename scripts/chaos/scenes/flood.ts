/** One person writes as fast as a machine: they are told once a minute, everybody else is answered as before, and nothing of anybody is lost. */
import { askers, MOST_MESSAGES } from '../company.ts';
import { answered } from '../crowd.ts';
import { always, at, type Scene } from '../scene.ts';

const MESSAGES = { short: 60, usual: 500, long: 1_000 };
const OTHERS = { short: 10, usual: 40, long: 200 };
/** Of the flooder's messages on their way at once: a thousand a minute. */
const A_MESSAGE_EVERY_MS = 60;

export const scene: Scene = {
  name: 'flood',
  promises: ['P45', 'P7'],
  faults: ['message of the flooder'],
  async play(world) {
    const { size, counts } = world;
    const [flooder] = askers;
    const others = askers.slice(1, 1 + OTHERS[size]);
    const calm = await answered(world, others);
    const sent: Promise<unknown>[] = [];
    let flooding = true;
    const flood = (async () => {
      for (let each = 0; each < MESSAGES[size] && flooding; each++) {
        counts.add('message of the flooder');
        sent.push(world.says(flooder?.id ?? '', `今天有什么会 ${each}`));
        await new Promise((resolve) => setTimeout(resolve, A_MESSAGE_EVERY_MS));
      }
    })();
    const stormy = await answered(world, others);
    flooding = false;
    await flood;
    await Promise.all(sent);
    await world.settle(120);
    const broken = [...(await always(world))];
    const [heard] = await world.sql<Heard>(HEARD, [flooder?.id]);
    const [told] = await world.sql<Told>(TOLD);
    const seen = world.feishu
      .inbox(flooder?.id ?? '')
      .filter(({ text }) => text.includes(`您一分钟里发了超过 ${MOST_MESSAGES} 条消息`)).length;
    if (!heard || heard.refused === 0 || seen === 0)
      broken.push('the flooder was never told that it is too much');
    // A minute begins with its first message, so that sixty seconds lie in at most two of them.
    if (heard && heard.most > 2 * MOST_MESSAGES)
      broken.push(`${heard.most} messages of the flooder were acted on within a minute`);
    if (told && told.soonest !== null && told.soonest < 60)
      broken.push(`the flooder was told again after ${told.soonest} s`);
    if (told?.times !== seen) broken.push(`told ${told?.times} times, seen ${seen} times`);
    const [before, during] = [at(calm, 0.95), at(stormy, 0.95)];
    // The promise is ten in a hundred on a machine of one's own; what is caught here is that others wait behind the flooder.
    if (during > before * 2 + 300)
      broken.push(`others waited ${during} ms instead of ${before} ms`);
    return {
      figures: {
        'others p95 ms before': before,
        'others p95 ms meanwhile': during,
        'messages of the flooder': counts.of('message of the flooder'),
        'of them refused': heard?.refused ?? 0,
        'told so, times': seen,
      },
      broken,
    };
  },
};

type Heard = { readonly refused: number; readonly most: number };
type Told = { readonly times: number; readonly soonest: number | null };

/** What of a person's messages was refused, and how many were acted on within any sixty seconds. */
const HEARD = `select (count(*) filter (where refused))::int as refused, coalesce(max(acted), 0)::int as most from (
    select answer is not null as refused, count(*) filter (where answer is null)
      over (order by received_at range between '60 seconds' preceding and current row) as acted
    from inbound where kind = 'message' and chat = (select chat from address where external_id = $1)) each`;
/** How often the record has that somebody was told, and how soon again, seconds. */
const TOLD = `select count(*)::int as times, min(extract(epoch from since))::float8 as soonest
  from (select at - lag(at) over (order by at) as since from audit where act = 'refused.too-many') each`;
