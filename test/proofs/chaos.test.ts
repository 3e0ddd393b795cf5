/**
 * The shortest of the chaos runs: events that come three times over seven hours to two programs, which are killed meanwhile. All scenes are
 * `npm run chaos`.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** The same each time, so that a red run is the change's; `CHAOS_SEED` or `npm run chaos` for others. */
const seed = process.env['CHAOS_SEED'] ?? '1';

test(
  'whatever comes again and whoever is killed, each event has its effect once',
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'office-chaos-history-'));
    const args = ['--short', '--only', 'repeats', '--seed', seed, '--history', folder];
    // It ends with 1 when a promise was broken; what it printed tells which.
    const { stdout, failed } = await run(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'scripts/chaos.ts', ...args],
      { maxBuffer: 1e7 },
    ).then(
      (done) => ({ ...done, failed: false }),
      (error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '', failed: true }),
    );
    rmSync(folder, { recursive: true, force: true });
    const told = `CHAOS_SEED=${seed}\n${stdout}`;
    expect(failed, told).toBe(false);
    expect(stdout, told).toContain('every promise was kept');
    // What did not happen proves nothing.
    for (const fault of ['second copy of an event', 'copy after seven hours', 'kill -9'])
      expect(
        Number(new RegExp(`${fault} (\\d+)`).exec(stdout)?.[1]),
        `${fault}: ${told}`,
      ).toBeGreaterThan(0);
    console.log(told);
  },
);
