/**
 * `npm run bench -- record`: what sealing the record costs those who write it, and whether it keeps up. Five hundred changes a second for ten
 * seconds, each in a transaction of its own with its entry; once with nobody sealing (the floor), once with the sealer at work.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../../src/audit/record.ts';
import { sealEntries } from '../../src/audit/seal.ts';
import { verifyRecord } from '../../src/audit/verify.ts';
import { Secret } from '../../src/secret.ts';

const RATE = 500;
const SECONDS = 10;
/** How often the program seals (scheduler/duties.ts). */
const SEAL_EVERY_MS = 5_000;

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const key = new Secret('00'.repeat(32));
const clock = { now: () => Temporal.Now.instant() };
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One change: a row of its own and its entry, together. */
const change = (db: Db, at: number): Promise<void> =>
  inWork({ db, clock }, { actor: 'system' }, async (work) => {
    await work.tx
      .insertInto('setting')
      .values({ name: `bench-${at % 1000}`, value: String(at) })
      .onConflict((on) => on.column('name').doUpdateSet({ value: String(at) }))
      .execute();
    await record(work, 'request.changed', `request:${at}`, { after: { at } });
  });

/** Changes at the asked rate, begun by the clock whether the last is done or not; how long each took, ms. */
async function load(db: Db, from: number): Promise<readonly number[]> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < RATE * SECONDS; index++) {
    const due = start + (1000 * index) / RATE;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    running.push(
      (async () => {
        const began = performance.now();
        await change(db, from + index);
        times.push(performance.now() - began);
      })(),
    );
  }
  await Promise.all(running);
  line(`${(times.length / ((performance.now() - start) / 1000)).toFixed(0)} changes a second`);
  return times.toSorted((a, b) => a - b);
}

const share = (times: readonly number[], part: number): number =>
  times[Math.floor((times.length - 1) * part)] ?? 0;

const told = (name: string, times: readonly number[]): void =>
  line(
    `${name.padEnd(20)} p50 ${share(times, 0.5).toFixed(2)} ms  p95 ${share(times, 0.95).toFixed(2)} ms  p99 ${share(times, 0.99).toFixed(2)} ms`,
  );

const folder = mkdtempSync(join(tmpdir(), 'office-record-'));
const embedded = await startEmbedded(folder);
const db = await openDatabase({ connectionString: embedded.connectionString, max: 10 });
try {
  await migrate(db);
  await load(db, 0); // so that everything is warm
  await sealEntries(db, key);
  const floor = await load(db, 100_000);
  told('nobody seals', floor);
  let sealed = 0;
  let going = true;
  const sealer = (async () => {
    while (going) {
      sealed += await sealEntries(db, key);
      await wait(SEAL_EVERY_MS);
    }
  })();
  const beside = await load(db, 200_000);
  told('while sealing', beside);
  line(
    `ratio p50 ${(share(beside, 0.5) / share(floor, 0.5)).toFixed(2)}, p95 ${(share(beside, 0.95) / share(floor, 0.95)).toFixed(2)}`,
  );
  const began = performance.now();
  going = false;
  await sealer;
  sealed += await sealEntries(db, key);
  line(
    `sealed meanwhile ${sealed}; caught up ${(performance.now() - began).toFixed(0)} ms after the last change`,
  );
  const verdict = await verifyRecord(db, key);
  line(
    verdict.ok ? `verified: ${verdict.entries} entries, ${verdict.sealed} sealed` : 'NOT VERIFIED',
  );
} finally {
  await db.destroy();
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
