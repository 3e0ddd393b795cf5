/** What every command of the administrator's line shares: how it ends, and how it speaks. */
import type { Words } from '../../cards/words.ts';

/** How a command ends, beside the codes of StartRefusal. `finding`: it ran, and something is not as it should be. */
export const exit = { ok: 0, finding: 1, usage: 2, fault: 70 } as const;

/** A module of the command line: what it is called with, and what it does. Returns the exit code. */
export type Command = { run(args: readonly string[]): Promise<number> };

/** Called in a way the command does not know; `usage` says how. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** One line for people, Chinese first and English beside it. */
export const say = (text: Words): void => line(`${text.zh} | ${text.en}`);

/** One line as it is. */
export const line = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** One line about what is wrong. */
export const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
