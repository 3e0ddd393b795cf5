/** Programs of others that are measured beside ours. They are installed by hand: `npm ci` in `test/bench`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { say } from './line.ts';
import { type Program, startProgram } from './program.ts';

const folder = fileURLToPath(new URL('../../test/bench', import.meta.url));

/** `koishi`: a Koishi bot with its Lark adapter; `sdk`: the platform's own SDK. Both say again what they hear. */
export type Peer = 'koishi' | 'sdk';

const scripts = { koishi: 'koishi-echo.cjs', sdk: 'sdk-echo.mjs' } as const;

/** How the peers are installed; what a line without them says. */
export const NOT_INSTALLED = 'not installed: npm ci in test/bench';

export const hasKoishi = (): boolean => existsSync(`${folder}/node_modules/koishi`);

/** Those that are here; says so when Koishi is not. The SDK always is: the product uses it. */
export function peers(): readonly Peer[] {
  if (hasKoishi()) return ['koishi', 'sdk'];
  say(`Koishi is ${NOT_INSTALLED}`);
  return ['sdk'];
}

/** A port from which Koishi looks for a free one. */
const PORT_FROM = 21_000 + (process.pid % 20_000);

export const startPeer = (peer: Peer, env: NodeJS.ProcessEnv): Promise<Program> =>
  startProgram(`${folder}/${scripts[peer]}`, { ...env, PORT: String(PORT_FROM) });
