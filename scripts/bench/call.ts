/**
 * `npm run bench -- call`: what a call of the platform costs us (the SDK with our own way out, its token, its judging of the answer), in processor time of this process;
 * beside the same request by undici, whose answer is parsed as well. A server of its own answers both.
 */
import { Pool } from 'undici';
import { createClient } from '../../src/channels/feishu/client.ts';
import { Secret } from '../../src/secret.ts';
import { share, tell, times } from './line.ts';
import { startProgram } from './program.ts';

const CALLS = 1_500;
const AT_ONCE = 8;
const ROUNDS = 7;

const content = JSON.stringify({ text: '明天下午3点到5点订个10人的会议室，要投影'.repeat(8) });
const platform = await startProgram('scripts/bench/floors.ts', {}, ['platform']);
const { origin } = new URL(platform.address);
const client = createClient({
  appId: 'cli_bench',
  appSecret: new Secret('bench'),
  baseUrl: origin,
  now: () => Temporal.Now.instant(),
  log: () => undefined,
});
const pool = new Pool(origin, { connections: 16 });

const ours = (): Promise<unknown> =>
  client.call((sdk) =>
    sdk.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_bench', msg_type: 'text', content, uuid: 'bench' },
    }),
  );
const bare = async (): Promise<unknown> => {
  const { body } = await pool.request({
    path: '/open-apis/im/v1/messages?receive_id_type=open_id',
    method: 'POST',
    headers: {
      authorization: 'Bearer bench',
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({ receive_id: 'ou_bench', msg_type: 'text', content, uuid: 'bench' }),
  });
  return body.json();
};

/** Processor time of this process a call, µs. */
async function cost(call: () => Promise<unknown>): Promise<number> {
  let left = CALLS;
  const before = process.cpuUsage();
  const one = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

for (const call of [ours, bare, ours, bare]) await cost(call);
const floor: number[] = [];
const own: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  floor.push(await cost(bare));
  own.push(await cost(ours));
}
await client.close();
await pool.close();
await platform.stop();
const [beside, mine] = [share(floor, 0.5), share(own, 0.5)];
tell({
  what: 'platform call, CPU',
  beside: `undici request ${beside.toFixed(0)} µs`,
  ours: `${mine.toFixed(0)} µs`,
  ratio: times(mine / beside),
  must: '≤ 1.5',
  kept: mine / beside <= 1.5,
});
