/**
 * Ends this process when its main loop stands still: a loop that never returns answers nobody, and nothing of ours runs in it any more that
 * could say so. A thread of its own watches a number that the loop counts up; whoever keeps the program running starts it again.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** So long the loop may stand still. */
const SILENT_SECONDS = 20;

/** Resolves once the thread watches; it keeps nobody alive. `seconds` as above unless told. */
export async function watchLoop(seconds = SILENT_SECONDS): Promise<void> {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beat, 0, 1), 1_000).unref();
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), {
    workerData: { beat, seconds },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(thread, 'message');
  thread.unref();
}
