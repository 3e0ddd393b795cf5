/** The thread of watchdog.ts. It counts its own looks, not the clock: a process that was stopped as a whole has not stood still. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const { beat, seconds } = z
  .object({ beat: z.instanceof(Int32Array), seconds: z.number() })
  .parse(workerData);

let last = -1;
let same = 0;
setInterval(() => {
  const now = Atomics.load(beat, 0);
  same = now === last ? same + 1 : 0;
  last = now;
  if (same < seconds) return;
  writeSync(2, `主循环 ${seconds} 秒没有动静，结束进程 | the main loop stood still, ending\n`);
  process.kill(process.pid, 'SIGKILL');
}, 1_000);
parentPort?.postMessage('watching');
