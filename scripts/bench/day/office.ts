/** A company of 300 in the stand-in of Feishu, with its rooms and store, and two programs on one database. Their clock stands until it is set forward. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../../db/embedded.ts';
import { inWork } from '../../../db/work.ts';
import { type App, createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { Secret } from '../../../src/secret.ts';
import { createFeishu, type Feishu } from '../../../test/feishu-platform/index.ts';
import { feishuVariables, runningFrom, settle } from '../../../test/office/feishu-office.ts';
import { company, furnish } from '../year/company.ts';
import { yearRules } from '../year/rules.ts';

export type DayOffice = {
  readonly apps: readonly [App, App];
  readonly feishu: Feishu;
  readonly now: () => Temporal.Instant;
  /** Sets the clock of office and platform forward to a moment; nothing when it is there already. */
  readonly until: (at: Temporal.Instant) => void;
  /** Where the next push goes: to one program after the other. Over connections the platform takes any of them. */
  readonly nextProgram: () => void;
  readonly stop: () => Promise<void>;
};

/** `transport`: how the platform reaches the two programs. `tokenSeconds`: how long a token lives, unless as long as in life. */
export async function openDay(
  start: Temporal.Instant,
  transport: 'webhook' | 'websocket',
  { tokenSeconds }: { readonly tokenSeconds?: number } = {},
): Promise<DayOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'office-day-'));
  const embedded = await startEmbedded(folder, { durable: false, maxConnections: 100 });
  const time = runningFrom(start);
  // The platform counts its seconds by the same clock, or a minute that passes at once would be one second's messages to it.
  const milliseconds = (): number => Number(time.now().epochNanoseconds / 1_000n) / 1_000;
  const feishu = await createFeishu({
    clock: () => Math.floor(milliseconds()),
    pace: milliseconds,
    transport,
    ...(tokenSeconds !== undefined && { tokenSeconds }),
  });
  settle(feishu, company);
  const config = readConfig(feishuVariables(feishu));
  if (!config.ok) throw new Error('the day is misconfigured');
  const program = {
    config: config.config,
    rules: await yearRules(),
    connectionString: embedded.connectionString,
    auditKey: new Secret('00'.repeat(32)),
    clock: time,
  };
  const first = await createApp(program);
  const second = await createApp(program);
  const apps = [first, second] as const;
  const urls: string[] = [];
  for (const { server } of apps)
    urls.push(`${await server.listen({ host: '127.0.0.1', port: 0 })}/feishu/events`);
  let pushes = 0;
  const nextProgram = (): void => {
    feishu.webhookUrl = urls[pushes++ % urls.length];
  };
  nextProgram();
  if (transport === 'websocket')
    await feishu.waitFor(() => feishu.connections.open() === apps.length);
  const furnishing = { db: first.db, clock: { now: first.now } };
  await inWork(furnishing, { actor: 'system' }, furnish);
  await first.tick();
  return {
    apps,
    feishu,
    now: time.now,
    until: (at) => {
      const ahead = time.now().until(at);
      if (ahead.sign > 0) time.forward(ahead);
    },
    nextProgram,
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
      await feishu.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
