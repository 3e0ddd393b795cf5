/** Exit codes of a refused start, from the BSD list `sysexits.h`, which supervisors know. */
export const exitCodes = {
  /** A service we need (the database) does not answer: starting again later may work. */
  unavailable: 69,
  /** Something here must be mended by a person first: starting again will not help. */
  configuration: 78,
} as const;

/** One of the exit codes of a refused start. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The program cannot start, and the administrator can do something about it.
 * The message is one clear line in Chinese (what is wrong and what to do), or one for each of several mistakes; print it without a stack.
 */
export class StartRefusal extends Error {
  readonly exitCode: ExitCode;

  constructor(
    lines: string | readonly string[],
    exitCode: ExitCode = exitCodes.configuration,
    cause?: unknown,
  ) {
    super([lines].flat().map(oneLine).join('\n'), cause === undefined ? {} : { cause });
    this.name = 'StartRefusal';
    this.exitCode = exitCode;
  }
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
