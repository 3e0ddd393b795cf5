/**
 * Eight days of the simulated year: two replicas, killed again and again, and every promise counted by an oracle. The whole year is
 * `npm run bench -- year`.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Over a make-up Sunday (4 January 2026) and a Monday; this seed has both replicas away on the last day, for nine hours from before noon. */
const SHORT = ['--days', '8', '--requests', '80', '--seed', '74'];

test('every promise is kept once, whoever is killed meanwhile', { timeout: 300_000 }, async () => {
  const args = ['--disable-warning=ExperimentalWarning', 'scripts/bench.ts', 'year', ...SHORT];
  // It ends with 1 when a promise was broken; the table tells which.
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e7 }).catch(
    (error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const rows = new Map(
    [...stdout.matchAll(/^(.{44})((?: +\d+){5})$/gm)].map(([, name = '', counts = '']) => [
      name.trim(),
      counts.trim().split(/ +/).map(Number),
    ]),
  );
  const broken = [...rows].filter(([, [, , ...never]]) => never.some((count) => count !== 0));
  expect(broken, stdout).toEqual([]);
  // What did not happen proves nothing.
  const kills = Number(/(\d+) kills/.exec(stdout)?.[1]);
  expect(kills).toBeGreaterThan(5);
  for (const promise of [
    'first answers: the office warned',
    'notices 24 hours before, a person',
    'daily digests',
    'messages at the platform',
  ])
    expect((rows.get(promise)?.[0] ?? 0) + (rows.get(promise)?.[1] ?? 0), promise).toBeGreaterThan(
      0,
    );
});
