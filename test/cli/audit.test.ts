import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { key, sealUpTo, tamper, write } from '../audit/recorded.ts';
import { type CommandLine, commandLine } from './command-line.ts';

/** Five sealed entries, and the key where the program keeps it. */
async function recorded(): Promise<CommandLine> {
  const office = await commandLine();
  mkdirSync(`${office.folder}/data`);
  office.file('data/audit.key', `${key.reveal()}\n`);
  await write(office.db, 5);
  await sealUpTo(office.db, 5);
  return office;
}

describe('audit verify', () => {
  test('an untouched record: its entries, its head, OK', async () => {
    const office = await recorded();
    await write(office.db, 1); // not sealed yet
    const { code, out } = await office.run(['audit', 'verify']);
    expect(code).toBe(0);
    expect(out).toContain('记录 6 条，已封存 5 条 | 6 entries, 5 sealed');
    expect(out).toMatch(/head 5:[0-9a-f]{64}\n/);
    expect(out).toContain('OK');
  });

  test('an altered one: the first broken entry by name, exit code 1', async () => {
    const office = await recorded();
    await tamper(office.db, `update audit set actor = 'person:8' where seq >= 3`);
    const { code, out } = await office.runHere(['audit', 'verify']);
    expect(code).toBe(1);
    expect(out).toContain('#3 (seq 3)');
    expect(out).not.toContain('OK');
  });

  test('the head of yesterday finds what was cut off since', async () => {
    const office = await recorded();
    const head = /head (\S+)/.exec((await office.runHere(['audit', 'verify'])).out)?.[1] ?? '';
    expect((await office.runHere(['audit', 'verify', '--anchor', head])).code).toBe(0);
    await tamper(
      office.db,
      'delete from audit_seal where place = 5',
      'delete from audit where seq = 5',
    );
    expect((await office.runHere(['audit', 'verify'])).code).toBe(0);
    const { code, out } = await office.runHere(['audit', 'verify', '--anchor', head]);
    expect(code).toBe(1);
    expect(out).toContain('#5');
  });

  test('without the key nothing is vouched for, and no new key is made', async () => {
    const office = await recorded();
    const env = { DATA_DIR: `${office.folder}/elsewhere` };
    for (const _ of [1, 2]) {
      const { code, err, out } = await office.runHere(['audit', 'verify'], { env });
      expect(code).toBe(1);
      expect(err).toContain('audit.key');
      expect(out).not.toContain('OK');
    }
  });
});
