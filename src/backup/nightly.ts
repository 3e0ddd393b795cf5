/**
 * The backup that nobody has to think of: once a night, read back at once by restoring it into a fresh database of our own. Seven of the last
 * days are kept, and of four weeks before one each.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { verifyRecord } from '../audit/verify.ts';
import type { Secret } from '../secret.ts';
import { checkedManifest, type Manifest } from './file.ts';
import { restoreInto } from './restore.ts';
import { writeBackup } from './write.ts';

export type Backups = {
  readonly folder: string;
  /** The record is verified with it. */
  readonly auditKey: Secret;
};

/** What became of one: how many rows, and the record's entries as they were read back. */
export type BackedUp = { readonly file: string; readonly rows: number; readonly sealed: number };

const DAYS = 7;
const WEEKS = 4;
const NAMED = /^office-(\d{4}-\d{2}-\d{2})\.backup$/;

/** Writes today's, proves that it can be restored, and throws away what is older than it need be. Throws when any of that fails; a backup that cannot be restored is not kept, nor one that `signal` broke off. */
export async function backUp(
  db: Db,
  { folder, auditKey }: Backups,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
  signal: AbortSignal,
): Promise<BackedUp> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `office-${today.toString()}.backup`);
  await writeBackup(db, file, now, signal);
  try {
    const read = await readBack(file, folder, auditKey, signal);
    await throwAwayOld(folder, today);
    return { file, ...read };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Restores a backup into a database that is made for it and removed: counts and checksums as in its manifest, and the record verifies. */
async function readBack(
  file: string,
  folder: string,
  auditKey: Secret,
  signal: AbortSignal,
): Promise<Pick<BackedUp, 'rows' | 'sealed'>> {
  const manifest = await checkedManifest(file);
  signal.throwIfAborted();
  const trial = await mkdtemp(join(folder, 'trial-'));
  try {
    const server = await startEmbedded(trial, { durable: false, maxConnections: 10 });
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopping ??= server.stop());
    // Whatever is being read back fails with it; whether it stopped well is asked below.
    const abort = (): void => void stop().catch(() => undefined);
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      return await restored(server.connectionString, file, manifest, auditKey);
    } finally {
      signal.removeEventListener('abort', abort);
      await stop();
    }
  } finally {
    await rm(trial, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function restored(
  connectionString: Secret,
  file: string,
  manifest: Manifest,
  auditKey: Secret,
): Promise<Pick<BackedUp, 'rows' | 'sealed'>> {
  const db = await openDatabase({ connectionString, max: 2 });
  try {
    await migrate(db);
    await db.transaction().execute((tx) => restoreInto(tx, file, manifest));
    const verdict = await verifyRecord(
      db,
      auditKey,
      manifest.head.place > 0 ? [manifest.head] : [],
    );
    if (!verdict.ok) throw new Error(`the record does not verify: ${verdict.why.en}`);
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    return { rows, sealed: verdict.sealed };
  } finally {
    await db.destroy();
  }
}

/** Only files that are named as ours are; what an administrator puts beside them stays. */
async function throwAwayOld(folder: string, today: Temporal.PlainDate): Promise<void> {
  const days = (await readdir(folder)).flatMap((name) => NAMED.exec(name)?.[1] ?? []);
  const kept = new Set(keptDays(days, today));
  for (const day of days)
    if (!kept.has(day)) await rm(join(folder, `office-${day}.backup`), { force: true });
}

/** Of these days (ISO dates), those whose backup is kept: the last seven, and the newest of each of the four weeks before. */
export function keptDays(days: readonly string[], today: Temporal.PlainDate): readonly string[] {
  const newest = days.toSorted().toReversed();
  const ageOf = (day: string): number => today.since(Temporal.PlainDate.from(day)).days;
  const recent = newest.filter((day) => ageOf(day) < DAYS);
  const weekly = Array.from({ length: WEEKS }, (_, week) =>
    newest.find((day) => Math.floor(ageOf(day) / 7) === week + 1),
  );
  return [...recent, ...weekly.filter((day) => day !== undefined)];
}
