/** The commands of the administrator's line, each a file beside this one, and how they end. */
import { StartRefusal } from '../start-refusal.ts';
import { type Command, complain, exit, UsageError } from './command.ts';
import { codeOf, Stop } from '../stop.ts';

/** Loaded when asked for: `understand` needs no database, `help` needs nothing. */
const commands: { readonly [name: string]: () => Promise<Command> } = {
  import: () => import('./import.ts'),
  assets: () => import('./assets.ts'),
  rooms: () => import('./rooms.ts'),
  export: () => import('./export.ts'),
  understand: () => import('./understand-lines.ts'),
  language: () => import('./language.ts'),
  approvals: () => import('./approvals.ts'),
  calendar: () => import('./calendar.ts'),
  audit: () => import('./audit.ts'),
  deliveries: () => import('./deliveries.ts'),
  directory: () => import('./directory.ts'),
  doctor: () => import('./doctor.ts'),
  setup: () => import('./setup.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  forget: () => import('./forget.ts'),
  help: () => import('./help.ts'),
};

/** Carries out one command with its arguments, says what went wrong, and returns the exit code. Never throws. */
export async function obey(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    return failed(error);
  }
}

async function run([name = 'help', ...args]: readonly string[]): Promise<number> {
  const wanted = ['--help', '-h'].includes(name) || args.includes('--help') ? 'help' : name;
  const load = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (!load) throw new UsageError(`没有 “${name}” 这个命令 | there is no such command`);
  return (await load()).run(wanted === name ? args : []);
}

/** The exit code of what went wrong, after saying it. A fault of ours is told without values that a query may carry. */
function failed(error: unknown): number {
  if (error instanceof UsageError || codeOf(error).startsWith('ERR_PARSE_ARGS')) {
    complain(messageOf(error));
    complain('用法见 npm run office -- help | see npm run office -- help for usage');
    return exit.usage;
  }
  complain(messageOf(error));
  if (error instanceof Stop) return exit.finding;
  if (error instanceof StartRefusal) return error.exitCode;
  return exitCodeOf(error) ?? exit.fault;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

/** Errors of the opening (opened.ts) carry their own code; it is not imported here, since it loads the database. */
const exitCodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
    ? error.exitCode
    : undefined;
