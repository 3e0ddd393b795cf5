/** The backup nobody has to think of: made once a night, read back at once, and old ones make room; what fails is told. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { keptDays } from '../../src/backup/nightly.ts';
import { checkedManifest } from '../../src/backup/file.ts';
import { demoDatabase } from '../office/database.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'office-backups-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
  return join(made, 'backups');
}

async function open(backupFolder: string): Promise<TestOffice> {
  const office = await openOffice({ backupFolder });
  onTestFinished(() => office.stop());
  return office;
}

const entries = (office: TestOffice): Promise<readonly { act: string; after: unknown }[]> =>
  office.app.db
    .selectFrom('audit')
    .select(['act', 'after'])
    .where('act', 'in', ['backup.nightly', 'backup.failed'])
    .execute();

test('made while people work, restored into a database of its own, checked, noted; once a night', async () => {
  const backups = folder();
  mkdirSync(backups, { recursive: true });
  writeFileSync(join(backups, 'office-2026-01-01.backup'), 'old');
  writeFileSync(join(backups, 'mine.backup'), 'an administrator’s own');
  const office = await open(backups);
  await office.app.tick();
  await office.submits('陈晨', '领两包A4纸');
  await vi.waitFor(async () => expect(await entries(office)).toHaveLength(1), {
    timeout: 60_000,
    interval: 200,
  });
  const [entry] = await entries(office);
  expect(entry?.act).toBe('backup.nightly');
  expect(readdirSync(backups).toSorted()).toEqual(['mine.backup', 'office-2026-03-03.backup']);
  const { tables } = await checkedManifest(join(backups, 'office-2026-03-03.backup'));
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  expect(entry?.after).toMatchObject({ rows });
  expect(rows).toBeGreaterThan(50);
  await office.app.tick();
  expect(await entries(office)).toHaveLength(1);
}, 90_000);

test('a program that is ended meanwhile does not wait for all of it, and leaves nothing of it; the next one makes it', async () => {
  const backups = folder();
  const database = await demoDatabase();
  onTestFinished(() => database.drop());
  const options = { backupFolder: backups, connectionString: database.connectionString };
  const first = await openOffice(options);
  await first.app.tick();
  await first.stop();
  expect(readdirSync(backups)).toEqual([]);
  const second = await openOffice(options);
  onTestFinished(() => second.stop());
  expect(await entries(second)).toEqual([]);
  await second.app.tick();
  await vi.waitFor(async () => expect(await entries(second)).toHaveLength(1), {
    timeout: 60_000,
    interval: 200,
  });
  expect((await entries(second))[0]?.act).toBe('backup.nightly');
}, 90_000);

test('one that cannot be made is told to the office manager, and nothing half done is left', async () => {
  const backups = folder();
  mkdirSync(join(backups, '..'), { recursive: true });
  writeFileSync(backups, 'a file where the folder should be');
  const office = await open(backups);
  await office.app.tick();
  await vi.waitFor(
    async () => expect(await entries(office)).toMatchObject([{ act: 'backup.failed' }]),
    { timeout: 10_000 },
  );
  await office.settle();
  expect((await office.sees('ou_office_manager')).join('\n')).toContain('自动备份没有做成');
});

test('seven days are kept, and one of each of four weeks before', () => {
  const today = Temporal.PlainDate.from('2026-03-31');
  const days = Array.from({ length: 60 }, (_, age) => today.subtract({ days: age }).toString());
  expect(keptDays(days, today)).toEqual([
    ...days.slice(0, 7),
    '2026-03-24',
    '2026-03-17',
    '2026-03-10',
    '2026-03-03',
  ]);
  expect(keptDays(['2026-03-01'], today)).toEqual(['2026-03-01']); // nothing newer of that week
});
