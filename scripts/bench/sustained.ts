/**
 * `npm run bench -- sustained [--messages 1500]`: how many messages a second are taken in for good, with two cores shared by Postgres, the program and the load; beside one durable
 * insert an event through the same channel. Then how long an answer of the webhook takes at seven tenths of that, and whether memory grows. The promise of flat memory
 * is over 200,000 messages, which takes hours; here over as many as asked, and the line says how many.
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { kinds } from '../../src/requests/index.ts';
import { ms, say, share, tell, times, wait } from './line.ts';
import { type Program, startProgram } from './program.ts';
import { stand } from './standing.ts';
import { staff } from './year/company.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { messages: { type: 'string', default: '1200' } },
});
const MESSAGES = Number(values.messages);
const WARM = 300;
const AT_ONCE = 16;
/** How long seven tenths of the rate are kept up, ms. */
const STEADY_MS = 15_000;

const says = kinds.map((kind) => kind.example).filter((text) => !text.includes('报销'));

const standing = await stand();
const { feishu, db, env } = standing;
let spoken = 0;

/** One event, until it is acknowledged; ms. */
async function pushed(): Promise<number> {
  const place = spoken++;
  const { id = '' } = staff[place % staff.length] ?? {};
  const text = says[(place + Math.floor(place / staff.length)) % says.length] ?? '';
  const { answers } = await feishu.says(id, text);
  const [answer] = answers;
  if (answer?.got !== 'answer' || answer.status !== 200) throw new Error(JSON.stringify(answer));
  return answer.ms;
}

/** Messages a second, as many as go. */
async function flatOut(count: number): Promise<number> {
  let left = count;
  const began = performance.now();
  const one = async (): Promise<void> => {
    while (left-- > 0) await pushed();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (count * 1_000) / (performance.now() - began);
}

async function steadily(rate: number): Promise<readonly number[]> {
  const running: Promise<number>[] = [];
  const began = performance.now();
  for (let place = 0; performance.now() - began < STEADY_MS; place++) {
    running.push(pushed());
    const early = began + ((place + 1) * 1_000) / rate - performance.now();
    if (early > 0) await wait(early);
  }
  return Promise.all(running);
}

async function grown(program: Program, rate: number): Promise<string> {
  const before = program.memory();
  const took = await steadily(rate);
  say(
    `memory ${before.toFixed(0)} MB, after ${took.length} more ${program.memory().toFixed(0)} MB`,
  );
  return `${before.toFixed(0)} → ${program.memory().toFixed(0)} MB over ${took.length} messages`;
}

try {
  await sql`create table floor_event (key text primary key)`.execute(db);
  const insert = await startProgram('scripts/bench/floors.ts', env, ['insert']);
  feishu.webhookUrl = insert.address;
  await flatOut(WARM);
  const floor = await flatOut(MESSAGES);
  await insert.stop();
  spoken = 0;
  const office = await standing.office();
  await db.updateTable('person').set({ greeted_at: Temporal.Now.instant() }).execute();
  await flatOut(WARM);
  const own = await flatOut(MESSAGES);
  const took = await steadily(own * 0.7);
  const p99 = share(took, 0.99);
  const memory = await grown(office, own * 0.5);
  await office.stop();
  tell({
    what: 'sustained intake, Postgres and the load on the same cores',
    beside: `durable insert an event ${floor.toFixed(0)} a second`,
    ours: `${own.toFixed(0)} a second; at 70 % p50 ${ms(share(took, 0.5))}, p99 ${ms(p99)}; ${memory}`,
    ratio: times(own / floor),
    must: '≥ 0.25 and p99 ≤ 500 ms',
    kept: own / floor >= 0.25 && p99 <= 500,
  });
} finally {
  await standing.stop();
}
