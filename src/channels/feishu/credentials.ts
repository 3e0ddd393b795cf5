/** Whether the app can do its work, for the doctor and for the start: token, bot, what of the directory it may read. */
import { z } from 'zod';
import type { FeishuClient } from './client.ts';
import { readScope } from './directory.ts';
import { CallFault } from './faults.ts';
import { type Leaders, readGranted } from './granted.ts';
import type { Optional, Permission } from './permissions.ts';

/** One thing asked of the platform: what it said, or the code with which it refused. */
export type Finding<T> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly code: string; readonly logId?: string };

/**
 * `bot.active`: the app has its bot and is enabled. `directory`: how many departments and single people are in its range. `sending`: the code with which
 * the platform sends nothing for the app. `missing`: permissions that were not granted, `unused`: those that the office can do without. `leaders`: who has
 * one, of those looked at.
 */
export type Credentials = {
  readonly token: Finding<object>;
  readonly bot: Finding<Bot>;
  readonly directory: Finding<{ readonly departments: number; readonly people: number }>;
  readonly sending: Finding<object>;
  readonly missing: readonly Permission[];
  readonly unused: readonly Optional[];
  readonly leaders: Leaders;
};

/** `status`: 0 not installed, 1 stopped, 2 enabled, 3 and 4 waiting for the administrator to enable it, more than that out of contract. */
export type Bot = {
  readonly openId: string;
  readonly name: string;
  readonly status: number;
  readonly active: boolean;
};

/** Asks all of it, whatever the others say; without a token nothing more can be asked. */
export async function checkCredentials(client: FeishuClient): Promise<Credentials> {
  const token = await finding(async () => {
    await client.token();
    return {};
  });
  const bot = await finding(() => readBot(client));
  const directory = await finding(async () => {
    const { departments, people } = await readScope(client);
    return { departments: departments.length, people: people.length };
  });
  if (!token.ok)
    return { token, bot, directory, sending: token, missing: [], unused: [], leaders: NOBODY };
  const { refused, ...granted } = await readGranted(client);
  const sending: Finding<object> =
    refused === undefined ? { ok: true } : { ok: false, code: refused };
  return { token, bot, directory, sending, ...granted };
}

const NOBODY: Leaders = { people: 0, withLeader: 0, departments: 0, led: 0 };

async function finding<T extends object>(ask: () => Promise<T>): Promise<Finding<T>> {
  try {
    return { ok: true, ...(await ask()) };
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    const { code, logId } = error;
    return { ok: false, code, ...(logId !== undefined && { logId }) };
  }
}

/** This answer has its content beside the code, not under `data` (platform notes §6.3). */
const botShape = z.object({
  bot: z.object({
    open_id: z.string().min(1),
    app_name: z.string().default(''),
    activate_status: z.number().default(0),
  }),
});

/** "Enabled", of the five states a bot can be in. */
const ENABLED = 2;
const BOT_ROUTE = '/open-apis/bot/v3/info';

/** Who we are on the platform. */
export async function readBot(client: FeishuClient): Promise<Bot> {
  const answer: unknown = await client.call((sdk) =>
    sdk.request({ method: 'GET', url: BOT_ROUTE }),
  );
  const parsed = botShape.safeParse(answer);
  if (!parsed.success)
    throw new CallFault({ reached: 'unclear', code: 'unreadable', route: BOT_ROUTE });
  const { open_id: openId, app_name: name, activate_status: status } = parsed.data.bot;
  return { openId, name, status, active: status === ENABLED };
}
