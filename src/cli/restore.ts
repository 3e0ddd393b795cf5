import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork, type Work } from '../../db/work.ts';
import { holdLanes } from '../delivery/held.ts';
import { readAuditKey } from '../audit/key.ts';
import { record } from '../audit/record.ts';
import { verifyRecord } from '../audit/verify.ts';
import { HERE } from '../scheduler/missed.ts';
import { officeClock } from '../simulation/office-clock.ts';
import { systemClock } from '../time/clock.ts';
import { checkedManifest, type Manifest } from '../backup/file.ts';
import { restoreInto } from '../backup/restore.ts';
import { exit, say, UsageError } from './command.ts';
import { type Opened, withOffice } from './opened.ts';

/** `restore FILE`: into an empty database only; checked before, and read back after, in one transaction. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('restore FILE');
  const manifest = await checkedManifest(file);
  return withOffice(async (opened) => {
    const dropped = await inWork(
      opened.office,
      { actor: 'system', cause: 'cli:restore' },
      async (work) => {
        await restoreInto(work.tx, file, manifest);
        return settle(work, opened, manifest);
      },
    );
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    say(
      words(
        `已恢复 ${manifest.at} 的备份，${rows} 行，内容核对一致`,
        `restored ${rows} rows, read back alike`,
      ),
    );
    say(
      words(
        `${dropped} 条一小时前就该发出的消息不再发送，以免重复`,
        `${dropped} messages due more than an hour ago will not be sent, lest they come twice`,
      ),
    );
    say(
      words(
        '消息都先停着：启动程序，看过没有问题，再运行 deliveries release',
        'no message goes out yet: start the program, look, then run deliveries release',
      ),
    );
    return recordHolds(opened);
  });
}

/** Messages due longer ago are dropped: they were sent since. For younger ones the platform still knows our key, so a repeat is harmless. */
const REPEATS_ARE_HARMLESS = { hours: 1 };

/** What must not happen twice does not; and the restoring itself is put on record. Returns how many messages were dropped. */
async function settle(work: Work, { config }: Opened, manifest: Manifest): Promise<number> {
  const clock = config.simulator ? await officeClock(work.tx, systemClock()) : systemClock();
  const now = clock.now();
  const dropped = await work.tx
    .updateTable('delivery')
    .set({ state: 'dropped', last_error: 'restored', lease_until: null })
    .where('state', 'in', ['waiting', 'sending', 'unknown'])
    .where('due', '<', now.subtract(REPEATS_ARE_HARMLESS))
    .returning('id')
    .execute();
  // What was heard since the backup was heard, though nothing of it is left: it is not looked for as if it had been missed.
  await work.tx.deleteFrom('setting').where('name', '=', HERE).execute();
  await holdLanes(work, `restored from ${manifest.at}`);
  await record({ ...work, now }, 'backup.restored', 'office', {
    after: { at: manifest.at, head: manifest.head, dropped: dropped.length },
  });
  return dropped.length;
}

/** Seals made with another key would begin a chain that nobody can verify: told now, while the old key is at hand. */
async function recordHolds({ config, office }: Opened): Promise<number> {
  const key = readAuditKey(config.dataDir);
  const verdict = key && (await verifyRecord(office.db, key));
  if (verdict?.ok) {
    say(
      words(
        `操作记录核对无误，${verdict.sealed} 条已封存`,
        `the record verifies, ${verdict.sealed} sealed`,
      ),
    );
    return exit.ok;
  }
  const sealed = await office.db.selectFrom('audit_seal').select('place').limit(1).execute();
  if (!key && sealed.length === 0) return exit.ok;
  say(
    words(
      `操作记录验不过：启动程序之前，请把备份那台机器的 audit.key 放到 ${config.dataDir}/audit.key`,
      'the record does not verify: before you start the program, put the audit.key of the machine of the backup there',
    ),
  );
  return exit.finding;
}
