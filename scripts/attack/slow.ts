/** P6: connections that never end, bodies that are too large, compressed or nested too deep, while honest people wait for answers. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { seal } from '../../test/feishu-platform/push.ts';
import { type Finding, manyTimes, tally } from './finding.ts';
import type { Attack, Target } from './target.ts';
import { createWire } from './wire.ts';

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/** A connection that sends its request a byte a second; resolves with how long it was left open, ms. */
function dribble({ origin }: Target, where: 'head' | 'body'): Promise<number> {
  const { hostname, port } = new URL(origin);
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const head =
      'POST /feishu/events HTTP/1.1\r\nhost: office\r\ncontent-type: application/json\r\n';
    const slow = where === 'head' ? head : `{"encrypt":"${'x'.repeat(9_000)}"}`;
    if (where === 'body') socket.write(`${head}content-length: 9014\r\n\r\n`);
    let place = 0;
    const timer = setInterval(() => socket.write(slow[place++ % slow.length] ?? 'x'), 1_000);
    socket.on('error', () => undefined);
    socket.resume();
    socket.on('close', () => {
      clearInterval(timer);
      resolve(performance.now() - began);
    });
  });
}

/** `rounds` slow connections at once, half of them slow in the head and half in the body, and honest requests meanwhile. */
export const slow: Attack<readonly Finding[]> = async (target, { rounds }) => {
  const wire = createWire(target.origin);
  const open = Array.from({ length: rounds }, (_, turn) =>
    dribble(target, turn % 2 ? 'head' : 'body'),
  );
  let done = false;
  const all = Promise.all(open).then((times) => {
    done = true;
    return times;
  });
  const honest: number[] = [];
  const failed = tally();
  while (!done) {
    const content = {
      type: 'url_verification',
      token: target.feishu.verificationToken,
      challenge: 'c',
    };
    const { body, headers } = seal(target.feishu, content, Math.floor(target.now() / 1_000));
    const answer = await wire.send({ method: 'POST', path: '/feishu/events', headers, body });
    honest.push(answer.ms);
    if (answer.status !== 200) failed.add(String(answer.status));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const longest = Math.max(...(await all));
  honest.sort((a, b) => a - b);
  const p95 = honest[Math.floor(honest.length * 0.95)] ?? Number.NaN;
  wire.close();
  return [
    {
      promise: 'P6',
      tried: 'connections at one byte a second, half in the head, half in the body',
      times: rounds,
      came: `the last was closed after ${(longest / 1_000).toFixed(1)} s; ${honest.length} honest requests meanwhile: p95 ${p95.toFixed(1)} ms, failed: ${failed.told()}`,
      kept: longest <= 15_000 && p95 < 100 && failed.told() === '–',
    },
  ];
};

/** Bodies beyond every limit, in turn. Signed ones are set aside, unsigned refused; none is read whole. */
export const oversized: Attack<readonly Finding[]> = async (target, { rounds }) => {
  const wire = createWire(target.origin);
  const signed = (text: string) =>
    seal(target.feishu, {}, Math.floor(target.now() / 1_000), { format: () => text });
  const deep = `{"encrypt":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  const wide = `{${'"a":1,'.repeat(3_000)}"encrypt":"x"}`;
  const SORTS: readonly {
    readonly sort: string;
    readonly statuses: readonly number[];
    readonly make: () => { readonly body: Uint8Array; readonly headers: object };
  }[] = [
    // A connection that is cut while it still writes has been refused as well.
    {
      sort: '10 MB',
      statuses: [413, 0],
      make: () => ({ headers: JSON_TYPE, body: Buffer.alloc(10 * 2 ** 20, 'x') }),
    },
    {
      sort: 'a byte beyond 256 KiB',
      statuses: [413, 0],
      make: () => ({ headers: JSON_TYPE, body: Buffer.alloc(256 * 1_024 + 1, 'x') }),
    },
    ...['gzip', 'br', 'deflate', 'identity', 'x'].map((coding) => ({
      sort: `coded ${coding}`,
      statuses: [415, 0],
      make: () => ({
        headers: { ...JSON_TYPE, 'content-encoding': coding },
        body: gzipSync(Buffer.alloc(5 * 2 ** 20)),
      }),
    })),
    {
      sort: 'deep, unsigned',
      statuses: [401],
      make: () => ({ headers: JSON_TYPE, body: Buffer.from(deep) }),
    },
    { sort: 'deep, signed', statuses: [200], make: () => signed(deep) },
    { sort: 'wide, signed', statuses: [200], make: () => signed(wide) },
    {
      sort: '18 KiB of headers',
      statuses: [431, 0],
      make: () => ({
        headers: { ...JSON_TYPE, 'x-long': 'x'.repeat(18_000) },
        body: Buffer.from('{}'),
      }),
    },
  ];
  const times = tally();
  const wrong = tally();
  await manyTimes(rounds, 4, async (turn) => {
    const kind = SORTS[turn % SORTS.length];
    if (!kind) throw new Error('no sort');
    const { body, headers } = kind.make();
    const { status } = await wire.send({
      method: 'POST',
      path: '/feishu/events',
      headers: { ...headers },
      body,
    });
    times.add(kind.sort);
    if (!kind.statuses.includes(status)) wrong.add(`${kind.sort}: ${status}`);
  });
  wire.close();
  return [
    {
      promise: 'P6',
      tried: `oversized, compressed, deep and wide bodies, ${SORTS.length} sorts`,
      times: SORTS.every(({ sort }) => times.of(sort) > 0) ? rounds : 0,
      came: `wrong answers: ${wrong.told()}`,
      kept: wrong.told() === '–',
    },
  ];
};
