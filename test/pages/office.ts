import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import type { Db } from '../../db/database.ts';
import { openDatabase } from '../../db/database.ts';
import { demoCompany } from '../../db/demo.ts';
import {
  createSimulatorChannel,
  type SimulatorChannel,
} from '../../src/channels/simulator/index.ts';
import { createServer } from '../../src/web/server.ts';
import { freshDatabase } from '../office/database.ts';
import { createTestDesk, type Diary } from './desk.ts';

/** The simulator on a server of its own, with the tests' desk behind it. Saturday afternoon, 2026-11-21 15:00 in Shanghai. */
export type TestOffice = {
  readonly url: string;
  readonly db: Db;
  readonly channel: SimulatorChannel;
  readonly diary: Diary;
  readonly steps: string[];
  /** How often the demo was reset. */
  readonly resets: () => number;
  /** Stops the server and comes back at the same address. */
  readonly restart: (pause: () => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const START = Temporal.Instant.from('2026-11-21T15:00:00+08:00');

export async function openOffice(): Promise<TestOffice> {
  const fresh = await freshDatabase();
  const db = await openDatabase(fresh);
  let now = START;
  let resets = 0;
  const steps: string[] = [];
  const channel = createSimulatorChannel({
    db,
    clock: { now: () => now },
    demo: demoCompany,
    zone: 'Asia/Shanghai',
    examples: [
      '明天下午两点订个能坐8人的会议室',
      '领两包A4纸',
      '下周二去上海出差三天',
      '三楼打印机坏了',
    ],
    async onClock(step) {
      steps.push(step);
      now = now.add({ hours: 1 });
    },
    async onReset() {
      resets++;
    },
  });
  const { desk, diary } = createTestDesk(() => channel);
  const listen = async (port: number) => {
    const server = await createServer({
      logLevel: 'silent',
      ready: async () => ({ ready: true, reasons: [] }),
      metrics: new Registry(),
      plugins: [channel.routes(desk)],
    });
    await server.listen({ host: '127.0.0.1', port });
    return server;
  };
  let server = await listen(0);
  const address: AddressInfo | string | null = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    db,
    channel,
    diary,
    steps,
    resets: () => resets,
    async restart(pause) {
      await server.close();
      await pause();
      server = await listen(port);
    },
    async stop() {
      await server.close();
      await db.destroy();
      await fresh.drop();
    },
  };
}
