/**
 * The platform refuses, fails, loses answers, says nothing, takes the tokens back, and is away: each message is seen once, in order.
 */
import { askers } from '../company.ts';
import { atOnce } from '../crowd.ts';
import { always, type Scene } from '../scene.ts';
import type { ApiCall, ApiFate } from '../platform-proxy.ts';
import type { World } from '../world.ts';

const MESSAGES = { short: 60, usual: 600, long: 5_000 };
const PEOPLE = { short: 10, usual: 60, long: 200 };
/** Shares of the sends. */
const SHARES = [
  ['too many (429)', 0.05],
  ['failed inside (502)', 0.03],
  ['accepted, then cut', 0.01],
  ['accepted, then silent', 0.005],
] as const;
/** In short runs trouble comes as often as needed to come at all. */
const HARDER = { short: 4, usual: 1, long: 1 };
const REVOCATIONS = 4;
const OUTAGES = [{ minutes: 10 }, { hours: 2 }] as const;

const isSend = ({ method, path }: ApiCall): boolean =>
  /^(POST|PATCH)$/.test(method) && path.startsWith('/open-apis/im/v1/messages');

export const scene: Scene = {
  name: 'platform',
  promises: ['P24', 'P25', 'P26'],
  faults: [
    ...SHARES.map(([fault]) => fault),
    'token taken back',
    'platform away',
    'ambiguous before it went away',
  ],
  async play(world) {
    const { platform, feishu, size, by, clock, counts } = world;
    const people = askers.slice(0, PEOPLE[size]);
    const rounds = Math.ceil(MESSAGES[size] / people.length);
    platform.decide = troubled(world);
    for (let round = 0; round < rounds; round++) {
      if (round % Math.ceil(rounds / REVOCATIONS) === 0) {
        feishu.revokeTokens();
        counts.add('token taken back');
      }
      await atOnce(4, people, async ({ id }) => void (await world.says(id, by.oneOf(TALK))));
      await world.settle(120);
    }
    platform.decide = () => 'pass';
    for (const span of OUTAGES) await away(world, span, people);
    const tokens = feishu.calls.filter(({ route }) => route.includes('tenant_access_token')).length;
    const broken = [...(await always(world))];
    // Each program once at the start, and once for each time that they were taken back or ran out.
    const most =
      2 *
      (1 + REVOCATIONS + OUTAGES.length + Math.ceil(clock.now().since(feishuStart).total('hours')));
    if (tokens > most) broken.push(`${tokens} tokens were fetched, ${most} at most were needed`);
    const [row] = await world.sql<{ sent: number; looked: number }>(
      `select count(*) filter (where state = 'sent')::int as sent, count(*) filter (where generation > 0)::int as looked from delivery`,
    );
    const looks = feishu.calls.filter(
      ({ method, route }) => method === 'GET' && route === '/open-apis/im/v1/messages',
    ).length;
    return {
      figures: {
        messages: row?.sent ?? 0,
        'sent anew under another key': row?.looked ?? 0,
        'looked for': looks,
        'tokens fetched': tokens,
      },
      broken,
    };
  },
};

const TALK = ['帮助', '我的申请', '待我审批', '签字笔还有多少', '谢谢', '我有哪些待办'] as const;
const feishuStart = Temporal.Instant.from('2026-03-03T10:00:00+08:00');

function troubled({ by, counts, size }: World): (call: ApiCall) => ApiFate {
  const fates: readonly ApiFate[] = [
    { answer: 429 },
    { answer: 502 },
    { cut: 'after' },
    { silent: 'after' },
  ];
  return (call) => {
    if (!isSend(call)) return 'pass';
    let left = by.next();
    for (const [place, [fault, share]] of SHARES.entries()) {
      left -= share * HARDER[size];
      if (left >= 0) continue;
      counts.add(fault);
      return fates[place] ?? 'pass';
    }
    return 'pass';
  };
}

/** Some sends are ambiguous, then nothing answers any more; after a while all is well again. */
async function away(
  world: World,
  span: Temporal.DurationLike,
  people: readonly { readonly id: string }[],
): Promise<void> {
  const { platform, counts, clock } = world;
  const some = people.slice(0, 8);
  platform.decide = (call) => {
    if (!isSend(call)) return 'pass';
    counts.add('ambiguous before it went away');
    return { cut: 'after' };
  };
  await atOnce(4, some, async ({ id }) => void (await world.says(id, '帮助')));
  await world.feishu.waitFor(
    () => world.feishu.calls.length > 0 && counts.of('ambiguous before it went away') >= 4,
    20_000,
  );
  await platform.refuse(true);
  counts.add('platform away');
  platform.decide = () => 'pass';
  await atOnce(4, people.slice(4, 16), async ({ id }) => void (await world.says(id, '我的申请')));
  clock.forward(span);
  await Promise.all(world.replicas.map(async (each) => each?.order('deliver')));
  await platform.refuse(false);
  await world.settle(180);
}
