/**
 * One program of a chaos run: all of `app.ts` as `npm start` runs it, in a process that is killed without warning. Its clock is the run's,
 * told by the parent. It is loaded ahead of time and begins when it is told where.
 */
import { flushCompileCache } from 'node:module';
import { type App, createApp } from '../../src/app.ts';
import { type Environment, readConfig } from '../../src/config.ts';
import { Secret } from '../../src/secret.ts';
import { type Anchor, readAt } from './clock.ts';
import { chaosRules } from './company.ts';

export type Order =
  | {
      readonly do: 'begin';
      readonly connection: string;
      readonly env: Environment;
      readonly anchor: Anchor;
    }
  | { readonly do: 'clock'; readonly anchor: Anchor }
  | { readonly do: 'tick' | 'deliver'; readonly id: number };
export type Answer =
  | { readonly loaded: true }
  | { readonly port: number }
  | { readonly failed: string }
  | { readonly done: number };

const tell = (answer: Answer): void => void process.send?.(answer);
let anchor: Anchor = { real: 0, at: 0, rate: 1 };
let app: App | undefined;

async function begin({
  connection,
  env,
  anchor: given,
}: Extract<Order, { do: 'begin' }>): Promise<void> {
  anchor = given;
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.mistakes.join('\n'));
  app = await createApp({
    config: config.config,
    rules: await chaosRules(),
    connectionString: new Secret(connection),
    auditKey: new Secret('00'.repeat(32)),
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(Math.floor(readAt(anchor))) },
  });
  const url = await app.server.listen({ host: '127.0.0.1', port: 0 });
  tell({ port: Number(new URL(url).port) });
  void app.tick();
}

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'begin':
      return begin(order);
    case 'clock':
      anchor = order.anchor;
      return;
    case 'tick':
    case 'deliver':
      // What fails is tried again by itself; whoever asked looks at what is there.
      await (order.do === 'tick' ? app?.tick() : app?.deliver())?.catch(() => undefined);
      return tell({ done: order.id });
    default:
      order satisfies never;
  }
}

// It does not outlive the run.
process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => tell({ failed: String(error) }));
});
// Now, since it will not end of itself.
flushCompileCache();
tell({ loaded: true });
