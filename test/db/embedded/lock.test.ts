import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, takeLock } from '../../../db/embedded/lock.ts';
import { identityOf } from '../../../db/embedded/process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'office-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Above the highest number a Linux process can have (PID_MAX_LIMIT, 2^22). */
const NOBODYS = 2 ** 22 + 1;

test('the holder is named while it holds, and nothing is left when it lets go', () => {
  const lock = takeLock(folder);
  expect(lockHolder(folder)).toEqual(identityOf(process.pid));
  expect(readdirSync(folder)).toEqual(['lock']);
  lock.release();
  expect(lockHolder(folder)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test('a second taker is refused and leaves the holder its lock', () => {
  takeLock(folder);
  expect(() => takeLock(folder)).toThrow(`进程号 ${process.pid}`);
  expect(lockHolder(folder)?.pid).toBe(process.pid);
  expect(readdirSync(folder)).toEqual(['lock']);
});

const ourselves = identityOf(process.pid);

test.for([
  ['a dead process', JSON.stringify({ ...ourselves, pid: NOBODYS })],
  ['a process whose number is now ours', JSON.stringify({ ...ourselves, started: '1' })],
  ['a process before the machine was restarted', JSON.stringify({ ...ourselves, boot: 'x' })],
  ['nobody can say whom, cut short', '{"pid":'],
] as const)('the lock of %s is taken over', ([, content]) => {
  writeFileSync(join(folder, 'lock'), content);
  expect(lockHolder(folder)).toBeNull();
  takeLock(folder);
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toEqual(ourselves);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('the lock of a process that is dead but never buried (a container without init) is free', async () => {
  const careless = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 20']);
  const [said] = await once(careless.stdout.setEncoding('utf8'), 'data');
  writeFileSync(join(folder, 'lock'), JSON.stringify(identityOf(Number(said))));
  expect(lockHolder(folder)?.pid).toBe(Number(said));
  await expect.poll(() => lockHolder(folder)).toBeNull();
  process.kill(Number(said), 0); // the number is still taken
  careless.kill();
});

test('an heir who died while taking over does not bar the next', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ ...ourselves, pid: NOBODYS }));
  writeFileSync(join(folder, 'lock.heir'), JSON.stringify({ ...ourselves, pid: NOBODYS }));
  takeLock(folder);
  expect(lockHolder(folder)).toEqual(ourselves);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('an heir who is taking over now goes first', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ ...ourselves, pid: NOBODYS }));
  writeFileSync(join(folder, 'lock.heir'), JSON.stringify(ourselves));
  expect(() => takeLock(folder)).toThrow('正被另一个办事进程使用');
});
