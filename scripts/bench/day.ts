/**
 * `npm run bench -- day [--requests 600] [--messages 2000] [--seed 1] [--transport websocket] [--lost 0.002]`: eight hours of a company of 300 with two programs, on a
 * platform that refuses one call in a hundred, fails one in two hundred, loses the answer of a share of them (`--lost`), twice takes the tokens back, is away for five minutes, and cuts all
 * connections ten times in a minute in which people go on.
 */
import { parseArgs } from 'node:util';
import type { App } from '../../src/app.ts';
import { counted } from './day/counting.ts';
import { type DayOffice, openDay } from './day/office.ts';
import { createPeople, WORKING } from './day/people.ts';
import { createTrouble } from './day/trouble.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    requests: { type: 'string', default: '600' },
    messages: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    transport: { type: 'string', default: 'websocket' },
    lost: { type: 'string', default: '0.002' },
  },
});
const transport = values.transport === 'webhook' ? 'webhook' : 'websocket';

const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** Tuesday, nine in the morning; the last hour and a half is for what takes longer. */
const NINE = Temporal.Instant.from('2026-03-03T09:00:00+08:00');
const MINUTES = WORKING + 90;
/** Minutes of the day. */
const REVOKED = [95, 310];
const OUTAGE = { from: 200, to: 205 };
const STORM = 400;
const CUTS = 10;

/** All connections are cut again and again; resolves when they are open once more. */
async function storm({ feishu: { connections, waitFor }, apps }: DayOffice): Promise<void> {
  for (let cut = 0; cut < CUTS; cut++) {
    await waitFor(() => connections.open() > 0, 10_000);
    connections.drop();
  }
  await waitFor(() => connections.open() === apps.length, 10_000);
}

/** All that can be sent now has been: nothing is on its way, and what waits is held back by the platform, or behind what is. */
async function quiet({ apps, now }: DayOffice): Promise<void> {
  for (let tried = -1; ;) {
    await Promise.all(apps.map((app: App) => app.deliver()));
    const { tries, sending, soon } = await apps[0].db
      .selectFrom('delivery')
      .select((select) => [
        select.fn.sum<string>('attempts').as('tries'),
        select.fn.countAll<string>().filterWhere('state', '=', 'sending').as('sending'),
        select.fn
          .countAll<string>()
          .filterWhere('state', '=', 'waiting')
          .filterWhere('lease_until', '>', now())
          .filterWhere('lease_until', '<', now().add({ milliseconds: 1_500 }))
          .as('soon'),
      ])
      .executeTakeFirstOrThrow();
    if (Number(sending) + Number(soon) === 0 && Number(tries) === tried) return;
    tried = Number(tries);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const office = await openDay(NINE, transport);
try {
  const { feishu } = office;
  const trouble = createTrouble(feishu, Number(values.lost));
  const people = createPeople(office, {
    requests: Number(values.requests),
    messages: Number(values.messages),
    seed: Number(values.seed),
  });
  const began = performance.now();
  let back: (() => void) | undefined;
  for (let minute = 0; minute < MINUTES; minute++) {
    office.until(NINE.add({ minutes: minute }));
    await feishu.redeliver({ due: true });
    trouble.strike();
    if (REVOKED.includes(minute)) feishu.revokeTokens();
    if (minute === OUTAGE.from) back = feishu.fail({ cut: 'before' }, { times: Infinity });
    if (minute === OUTAGE.to) back?.();
    const storms = minute === STORM && transport === 'websocket' ? [storm(office)] : [];
    await Promise.all([people.live(minute), ...storms]);
    await Promise.all(office.apps.map((app) => app.tick()));
    await quiet(office);
    if (minute % 60 === 0) process.stderr.write(`${9 + minute / 60}:00 `);
  }
  process.stderr.write('\n');
  line(
    `seed ${values.seed}: ${MINUTES} minutes of the day over the ${transport} in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`,
  );
  if (!(await counted(office, people.done, trouble.struck, () => quiet(office), line)))
    process.exitCode = 1;
} finally {
  await office.stop();
}
