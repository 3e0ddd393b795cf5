/** `npm run bench -- webhook`: what accepting an event costs (signature, decryption, parsing, its answer) beside a bare fastify with the same checks, in processor time of the serving process. */
import { Pool } from 'undici';
import { createFeishu } from '../../test/feishu-platform/index.ts';
import { settle } from '../../test/office/feishu-office.ts';
import { share, tell, times } from './line.ts';
import { type Program, startProgram } from './program.ts';
import { peers, startPeer } from './peers.ts';

const EVENTS = 8_000;
const CLIENTS = 8;
const ROUNDS = 3;

const feishu = await createFeishu({ transport: 'webhook' });
settle(feishu);
const person = 'ou_rd_1';
const chat = feishu.privateChat(person);
/** A few hundred messages of the usual length, signed now. */
const pushes = Array.from({ length: 500 }, (_, place) =>
  feishu.sealed({
    type: 'im.message.receive_v1',
    event: {
      sender: {
        sender_id: { open_id: person, union_id: 'on_1', user_id: null },
        sender_type: 'user',
        tenant_key: feishu.tenantKey,
      },
      message: {
        message_id: `om_bench${place}`,
        create_time: String(Date.now()),
        update_time: String(Date.now()),
        chat_id: chat.id,
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text: '明天下午3点到5点订个10人的会议室，要投影' }),
      },
    },
  }),
);
const env = {
  FEISHU_APP_ID: feishu.appId,
  FEISHU_APP_SECRET: feishu.appSecret,
  FEISHU_ENCRYPT_KEY: feishu.encryptKey,
  FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  FEISHU_BASE_URL: feishu.baseUrl,
  ECHO: 'off',
};

async function pushAll(address: string, count: number): Promise<void> {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections: CLIENTS });
  let next = 0;
  const client = async (): Promise<void> => {
    for (let place = next++; place < count; place = next++) {
      const push = pushes[place % pushes.length];
      if (!push) return;
      const { statusCode, body } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: { ...push.headers },
        body: push.body,
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await pool.close();
}

/** Processor time of the serving process an event, ms. */
async function perEvent({ address, cpu }: Program, count: number): Promise<number> {
  const before = cpu();
  await pushAll(address, count);
  return (cpu() - before) / count;
}

const bare = await startProgram('scripts/bench/floors.ts', env, ['bare']);
const ours = await startProgram('scripts/bench/floors.ts', env, ['accept']);
try {
  for (const each of [bare, ours]) await pushAll(each.address, 3 * EVENTS);
  const figures: { readonly floor: number; readonly own: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    figures.push({ floor: await perEvent(bare, EVENTS), own: await perEvent(ours, EVENTS) });
  const floor = share(
    figures.map((each) => each.floor),
    0.5,
  );
  const own = share(
    figures.map((each) => each.own),
    0.5,
  );
  tell({
    what: 'webhook accept, CPU an event',
    beside: `bare fastify, same checks ${(floor * 1_000).toFixed(0)} µs`,
    ours: `${(own * 1_000).toFixed(0)} µs`,
    ratio: times(own / floor),
    must: '≤ 1.2',
    kept: own / floor <= 1.2,
  });
  for (const name of peers()) {
    const peer = await startPeer(name, env);
    await pushAll(peer.address, 500);
    const cost = await perEvent(peer, 1_500);
    await peer.stop();
    tell({
      what: 'webhook accept, CPU an event: a peer',
      beside: `${name} ${(cost * 1_000).toFixed(0)} µs`,
      ours: `${(own * 1_000).toFixed(0)} µs`,
      ratio: times(own / cost),
      must: 'told',
      kept: null,
    });
  }
} finally {
  await bare.stop();
  await ours.stop();
  await feishu.close();
}
