/** The whole program as a process of its own, on a Postgres of its own, behind the stand-in of Feishu with a company of 300. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { keepSetting } from '../../db/setting.ts';
import { inWork } from '../../db/work.ts';
import { createFeishu, type Feishu } from '../../test/feishu-platform/index.ts';
import { settle } from '../../test/office/feishu-office.ts';
import { cpuOfFamily, type Program, startProgram } from './program.ts';
import { wait } from './line.ts';
import { company, furnish } from './year/company.ts';

export type Standing = {
  readonly feishu: Feishu;
  readonly db: Db;
  /** What the other programs of the run need to know: app, keys, database. */
  readonly env: NodeJS.ProcessEnv;
  /** Processor time of Postgres with all its connections, ms. */
  readonly postgresCpu: () => number;
  /** The program, serving, its directory read. */
  readonly office: () => Promise<Program>;
  readonly stop: () => Promise<void>;
};

/** Postgres and platform; programs are started by whoever measures. The platform counts no rates unless told: what is measured is ours. */
export async function stand({
  rates = 'off',
}: { readonly rates?: 'enforced' | 'off' } = {}): Promise<Standing> {
  const folder = mkdtempSync(join(tmpdir(), 'office-bench-'));
  const embedded = await startEmbedded(folder, { maxConnections: 100 });
  const feishu = await createFeishu({ rates, transport: 'webhook' });
  settle(feishu, company);
  const connectionString = embedded.connectionString;
  const db = await openDatabase({ connectionString, max: 4 });
  await migrate(db);
  const clock = { now: () => Temporal.Now.instant() };
  await inWork({ db, clock }, { actor: 'system' }, furnish);
  // The backup of the night would be made up for in the first minute, in the middle of what is measured.
  await keepSetting(db, 'backed-up', '9999-12-31');
  const env = {
    PORT: '0',
    LOG_LEVEL: 'error',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: connectionString.reveal(),
    FEISHU_APP_ID: feishu.appId,
    FEISHU_APP_SECRET: feishu.appSecret,
    FEISHU_ENCRYPT_KEY: feishu.encryptKey,
    FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
    FEISHU_BASE_URL: feishu.baseUrl,
  };
  const postgres = postmaster(folder);
  return {
    feishu,
    db,
    env,
    postgresCpu: () => cpuOfFamily(postgres),
    async office() {
      const program = await startProgram('src/main.ts', env);
      feishu.webhookUrl = `${program.address}/feishu/events`;
      await directoryKnown(db);
      return program;
    },
    async stop() {
      await db.destroy();
      await feishu.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first line of the file that a running server keeps. */
const postmaster = (folder: string): number =>
  Number.parseInt(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8'), 10);

async function directoryKnown(db: Db): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const { count } = await db
      .selectFrom('person')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= company.people.length) return;
    await wait(100);
  }
  throw new Error('the directory was not read');
}
