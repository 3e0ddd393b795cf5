import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

describe('how a command ends', () => {
  test('help: Chinese first, English beside it, every command named', async () => {
    const office = await commandLine();
    const ended = await office.run(['help']);
    expect(ended.code).toBe(0);
    for (const name of [
      'import rooms',
      'import supplies',
      'export ledger',
      'understand',
      'audit verify',
      'doctor',
      'setup feishu',
      'backup',
      'restore',
    ]) {
      expect(ended.out).toContain(name);
    }
    expect((await office.run([])).out).toBe(ended.out);
    expect((await office.run(['export', '--help'])).out).toBe(ended.out);
    expect(existsSync(join(office.folder, 'data'))).toBe(false);
  });

  test.each([
    [['nonsense']],
    [['toString']],
    [['import']],
    [['import', 'people', 'x.csv']],
    [['import', 'rooms', 'a.csv', 'b.csv']],
    [['rooms']],
    [['assets', 'print']],
    [['export']],
    [['export', 'everything']],
    [['export', 'ledger']],
    [['export', 'ledger', 'leave']],
    [['export', 'stock', 'more']],
    [['export', 'stock', '--format', 'pdf']],
    [['export', 'stock', '--quick']],
    [['audit']],
    [['audit', 'verify', '--anchor', 'abc']],
    [['backup']],
    [['restore']],
    [['doctor', 'now']],
  ])('%j is no usage: exit code 2, with a word how', async (args) => {
    const office = await commandLine();
    const ended = await office.runHere(args);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('用法见 npm run office -- help');
  });

  test('a database that does not answer: 69, without its password', async () => {
    const office = await commandLine();
    const env = { DATABASE_URL: 'postgres://banshi:geheim@127.0.0.1:1/banshi' };
    const ended = await office.runHere(['export', 'stock'], { env });
    expect(ended).toMatchObject({ code: 69, out: '' });
    expect(ended.err).toContain('127.0.0.1:1');
    expect(ended.err).not.toContain('geheim');
  });

  test('a wrong configuration: 78, every mistake a line', async () => {
    const office = await commandLine();
    const ended = await office.runHere(['export', 'stock'], {
      env: { PORT: 'x', LOG_LEVEL: 'loud' },
    });
    expect(ended.code).toBe(78);
    expect(
      ended.err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['PORT', 'LOG_LEVEL']);
  });

  test('wrong rules: 78, with the line of the file', async () => {
    const office = await commandLine();
    const env = { OFFICE_CONFIG: office.file('office.yaml', 'company: 甲\nrolls: {}\n') };
    const ended = await office.runHere(['export', 'stock'], { env });
    expect(ended).toMatchObject({ code: 78, out: '' });
    expect(ended.err).toMatch(/office\.yaml:2:1 rolls/);
  });
});
