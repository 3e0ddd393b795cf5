/** A main loop that stands still is ended, so that whoever keeps the program running can start it again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const WATCHDOG = new URL('../../src/watchdog.ts', import.meta.url).href;

async function program(body: string): Promise<{
  readonly signal: string | null;
  readonly code: number | null;
  readonly said: string;
}> {
  const script = `import { watchLoop } from '${WATCHDOG}'; await watchLoop(1); ${body}`;
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--disable-warning=ExperimentalWarning',
    '-e',
    script,
  ]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said, [code, signal]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return { code, signal, said };
}

test('one that never comes back is killed, and says why; one that works on is left alone and may end', async () => {
  const [stuck, working] = await Promise.all([
    program('for (;;);'),
    program('setTimeout(() => process.exit(7), 3000);'),
  ]);
  expect(stuck).toMatchObject({ signal: 'SIGKILL' });
  expect(stuck.said).toContain('主循环');
  expect(working).toEqual({ code: 7, signal: null, said: '' });
});
