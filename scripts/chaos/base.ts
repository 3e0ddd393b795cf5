/** What all scenes of a run start from: one Postgres, and a database in it with the whole company, its rooms and its store, as a program leaves it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../db/embedded.ts';
import { inWork } from '../../db/work.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { Secret } from '../../src/secret.ts';
import { createFeishu } from '../../test/feishu-platform/index.ts';
import { feishuVariables, settle } from '../../test/office/feishu-office.ts';
import { asAdministrator, databaseAt } from '../../test/office/postgres.ts';
import { createRunClock } from './clock.ts';
import { chaosRules, company, furnishForChaos } from './company.ts';
import { openOld } from './old.ts';
import { type Nursery, openNursery } from './replicas.ts';

/** Tuesday, ten in the morning. */
export const START = Temporal.Instant.from('2026-03-03T10:00:00+08:00');

/** The app is the same in every scene. */
export const KEYS = {
  appId: 'cli_chaos0000000001',
  tenantKey: 'chaos00000000001',
  encryptKey: 'key-chaos',
  verificationToken: 'verify-chaos',
} as const;

export type Base = {
  /** The socket's path, and the data folder's postmaster, for who wants to end the server. */
  readonly socket: string;
  readonly folder: string;
  readonly nursery: Nursery;
  /** Starts the server again after it was ended. */
  readonly revive: () => Promise<boolean>;
  /** A database of its own, as the program leaves it; or an empty one. */
  readonly fresh: (
    how?: 'empty',
  ) => Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
  /** Programs of before. */
  readonly old: () => Promise<Nursery>;
  readonly close: () => Promise<void>;
};

export async function openBase(): Promise<Base> {
  const folder = mkdtempSync(join(tmpdir(), 'office-chaos-'));
  const nursery = openNursery(join(folder, 'compiled'));
  // It is programs and the server that die here, never the machine: nothing need reach the disk.
  const embedded = await startEmbedded(folder, { durable: false, maxConnections: 100 });
  const url = embedded.connectionString.reveal();
  const template = 'chaos_template';
  await asAdministrator(url, `create database ${template} encoding 'UTF8' template template0`);
  await fill(databaseAt(url, template));
  const { searchParams, port } = new URL(url);
  return {
    socket: `${searchParams.get('host') ?? ''}/.s.PGSQL.${port}`,
    folder,
    nursery,
    revive: embedded.revive,
    async old() {
      const { program, close } = await openOld();
      const older = openNursery(join(folder, 'compiled'), program);
      return {
        ...older,
        close: () => {
          older.close();
          close();
        },
      };
    },
    async fresh(how) {
      const name = `chaos_${randomBytes(6).toString('hex')}`;
      await asAdministrator(
        url,
        how === 'empty'
          ? `create database ${name} encoding 'UTF8' template template0`
          : `create database ${name} template ${template} strategy file_copy`,
      );
      return {
        url: databaseAt(url, name),
        drop: () => asAdministrator(url, `drop database if exists ${name} with (force)`),
      };
    },
    async close() {
      nursery.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A program runs on it once: tables, queue, directory, rooms, store. */
async function fill(connection: string): Promise<void> {
  const clock = createRunClock(START.subtract({ hours: 1 }), () => undefined);
  const feishu = await createFeishu({ ...KEYS, clock: clock.ms, rates: 'off' });
  settle(feishu, company);
  const config = readConfig(feishuVariables(feishu));
  if (!config.ok) throw new Error(config.mistakes.join('\n'));
  const app = await createApp({
    config: config.config,
    rules: await chaosRules(),
    connectionString: new Secret(connection),
    auditKey: new Secret('00'.repeat(32)),
    clock,
  });
  try {
    await inWork({ db: app.db, clock }, { actor: 'system' }, furnishForChaos);
    await app.tick();
    const { count } = await app.db
      .selectFrom('person')
      .select((select) => select.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) !== company.people.length) throw new Error('the directory was not read');
  } finally {
    await app.stop();
    await feishu.close();
  }
}
