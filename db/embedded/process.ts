import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One running process, told from a later one with the same number by its start and the machine's start. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When it started, in the system's own words; null where the system does not say. */
  readonly started: string | null;
  /** Which start of the machine; null where the system does not say. */
  readonly boot: string | null;
};

/** Whether that very process is still running. Windows does not say when one started: there its number must do. */
export function isRunning(one: ProcessIdentity): boolean {
  if (!signalReaches(one.pid)) return false;
  if (process.platform === 'win32') return true;
  const now = identityOf(one.pid);
  return now.started !== null && now.boot === one.boot && now.started === one.started;
}

/** The process that has this number now. */
export const identityOf = (pid: number): ProcessIdentity => ({
  pid,
  started: startOf(pid),
  boot: bootId(),
});

/** Whether a process has this number: EPERM means that it is there but not ours. */
export function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux: clock ticks after boot, field 22 of stat; macOS: what `ps` says. A dead process has no start. */
function startOf(pid: number): string | null {
  if (process.platform !== 'darwin') return statOf(pid)?.started ?? null;
  try {
    const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], { encoding: 'utf8' });
    const [state = 'Z', ...start] = said.trim().split(/\s+/);
    return state.startsWith('Z') ? null : start.join(' ');
  } catch {
    return null; // gone meanwhile
  }
}

/**
 * Linux: name and start of a process (proc(5), fields 2 and 22); the name may hold blanks and brackets. Null for one that
 * is dead but not yet buried (state Z), which in a container without an init may stay so for ever.
 */
function statOf(pid: number): { readonly name: string; readonly started: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const name = stat.slice(stat.indexOf('(') + 1, end);
    return fields[0] === 'Z' ? null : { name, started: fields[19] ?? '' };
  } catch {
    return null; // gone meanwhile, or a system without /proc
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null; // not Linux: the start time tells enough
  }
}

/**
 * Whether `pid` is the Postgres server of the data folder `data`. Linux tells a number that was given to another program
 * meanwhile; elsewhere any process with that number counts.
 */
export function isPostgresOf(pid: number, data: string): boolean {
  if (!signalReaches(pid)) return false;
  if (process.platform !== 'linux') return true;
  const folder = workingFolder(pid);
  return statOf(pid)?.name === 'postgres' && (folder === null || folder === data);
}

/**
 * Linux: whether a process works in `folder`, as every Postgres process does in its data folder. Where we may not look into
 * other users' processes every Postgres counts.
 */
export function isWorkedIn(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).some((pid) => {
    const found = workingFolder(pid);
    return found === null ? statOf(pid)?.name === 'postgres' : found === folder;
  });
}

/** Root without the right to look into other users' processes (a container) gets null as well. */
function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // gone meanwhile, or not ours to see
  }
}
