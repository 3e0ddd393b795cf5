/** The machine, the database and the disk: P19 to P22. */
import { type Breakage, tests } from './breakage.ts';

const OUTAGE = 'test/stories/feishu-outage.test.ts';
const ORDER = tests('test/delivery/order.test.ts');
const DISK = tests('test/scheduler/disk.test.ts');
const LOCK = tests('test/db/embedded/lock.test.ts');

export const ofCrashing: readonly Breakage[] = [
  {
    promise: 'P19',
    sort: 'loses',
    what: 'what a program had in the air when it died is never taken up',
    file: 'src/delivery/claim.ts',
    find: `            union all
            select c.id from delivery c where c.state = 'sending' and c.lease_until < \${real} and`,
    replace: `            union all
            select c.id from delivery c where c.state = 'sending' and c.lease_until < \${real} and c.attempts > 9 and`,
    command: ORDER,
    fails: 'what a program had in the air as it died',
  },
  {
    promise: 'P19',
    sort: 'doubles',
    what: 'what a program had in the air when it died counts as never sent',
    file: 'src/delivery/claim.ts',
    find: `first_unknown = case when state = 'sending'
          then`,
    replace: `first_unknown = case when state = 'never'
          then`,
    command: tests(OUTAGE, 'whose program died in the air'),
    fails: 'whose program died in the air',
  },
  {
    promise: 'P20',
    sort: 'loses',
    what: 'nobody listens to a connection in use: cut, it ends the program',
    file: 'db/database.ts',
    find: `  pool.on('connect', (client) => client.on('error', note));`,
    replace: ``,
    command: tests('test/db/database.test.ts', 'connections cut by the server'),
  },
  {
    promise: 'P20',
    sort: 'loses',
    what: 'a tap whose commit was not heard of is not asked for again, and hears that nobody knows',
    file: 'src/conversation/desk.ts',
    find: `        if (cut && tries < TRIES) continue;`,
    replace: ``,
    command: tests('test/stories/feishu-lost-commit.test.ts'),
    fails: 'a tap whose commit is not heard of',
  },
  {
    promise: 'P20',
    sort: 'doubles',
    what: 'a message whose commit was not heard of is heard again when it is repeated',
    file: 'src/conversation/limits.ts',
    find: `on conflict (key) do nothing returning key),`,
    replace: `on conflict (key) do update set received_at = excluded.received_at returning key),`,
    command: tests('test/stories/feishu-lost-commit.test.ts'),
    fails: 'is not heard twice',
  },
  {
    promise: 'P20',
    sort: 'loses',
    what: 'a message that was sent while its note was lost counts as never sent',
    file: 'src/delivery/outcome.ts',
    find: `(sent || fault?.outcome === 'ambiguous')`,
    replace: `fault?.outcome === 'ambiguous'`,
    command: tests('test/stories/feishu-lost-commit.test.ts'),
    fails: 'while its note of it was lost',
  },
  {
    promise: 'P21',
    sort: 'lets in',
    what: 'the disk counts as full only when both limits are passed',
    file: 'src/scheduler/disk.ts',
    find: `bytes < LEAST.bytes || share < LEAST.share`,
    replace: `bytes < LEAST.bytes && share < LEAST.share`,
    command: DISK,
    fails: 'events are answered 503',
  },
  {
    promise: 'P21',
    sort: 'doubles',
    what: 'the alarm is told twice',
    file: 'src/scheduler/disk.ts',
    find: `      await alarm(around.office, around.setup);`,
    replace: `      await alarm(around.office, around.setup);
      await alarm(around.office, around.setup);`,
    command: DISK,
    fails: 'told once each time',
  },
  {
    promise: 'P22',
    sort: 'lets in',
    what: 'a second program is let onto the data of a living one',
    file: 'db/embedded/lock.ts',
    find: `if (holder && isRunning(holder))
    throw`,
    replace: `if (holder && isRunning(holder) && holder.pid === 0)
    throw`,
    command: LOCK,
  },
  {
    promise: 'P22',
    sort: 'loses',
    what: 'the lock of a dead program is never taken over',
    file: 'db/embedded/lock.ts',
    find: `if (holder && isRunning(holder))
    throw`,
    replace: `if (holder)
    throw`,
    command: LOCK,
  },
];
