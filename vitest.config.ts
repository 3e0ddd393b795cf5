import { defineConfig } from 'vitest/config';

/** Stories of Feishu that are told twice: to the webhook, and over the long connection. */
const TWICE = [
  'approvals',
  'faults',
  'journey',
  'meetings',
  'minutes',
  'people',
  'process',
  'quiet',
  'repair',
  'repairs',
  'replies',
  'reports',
  'responses',
  'room',
  'rounds',
  'series',
  'store',
  'supply',
  'trip',
].map((name) => `test/stories/feishu-${name}.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/office/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes when the machine gets to it; a second is not enough for a page on two busy cores.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // The program is loaded once by each worker, not once by each file: some four minutes of the whole suite. No module keeps anything
    // of an office (each has a database, a registry of metrics and a clock of its own), and nothing is mocked.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'webhook',
          include: ['test/**/*.test.ts'],
          provide: { transport: 'webhook' },
        },
      },
      {
        extends: true,
        test: { name: 'websocket', include: TWICE, provide: { transport: 'websocket' } },
      },
    ],
  },
});
