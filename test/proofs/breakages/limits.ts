/** What the proofs of limits, of absences and of stuck work have to catch. */
import type { Breakage } from './breakage.ts';

const red = (...tests: readonly string[]): string =>
  `npx vitest run --project webhook ${tests.join(' ')}`;

export const ofLimits: readonly Breakage[] = [
  {
    promise: 'P45',
    sort: 'lets in',
    file: 'src/conversation/limits.ts',
    find: 'added.messages > most as beyond',
    replace: 'added.messages > most * 100 as beyond',
    command: red('test/stories/feishu-limits.test.ts'),
  },
  {
    promise: 'P45',
    sort: 'doubles',
    file: 'src/conversation/limits.ts',
    find: ' and (${quiet}) is not true then',
    replace: ' then',
    command: red('test/stories/feishu-limits.test.ts'),
  },
  {
    promise: 'P9',
    sort: 'loses',
    file: 'src/scheduler/missed.ts',
    find: 'await desk.missed(written.messages);',
    replace: 'await desk.missed(written.messages.slice(0, -1));',
    command: red('test/stories/feishu-missed.test.ts'),
  },
  {
    promise: 'P9',
    sort: 'doubles',
    file: 'src/scheduler/missed.ts',
    find: '    await keepSetting(work.tx, HERE, now.toString());',
    replace: '',
    command: red('test/stories/feishu-missed.test.ts'),
  },
  {
    promise: 'P23',
    sort: 'loses',
    what: 'everybody waits for a call that does not end',
    file: 'src/delivery/deliver.ts',
    find: 'await Promise.race([Promise.all(inAir.values()), passed(USUAL_MS)]);',
    replace: 'await Promise.all(inAir.values());',
    command: red('test/stories/feishu-stuck.test.ts'),
  },
];
