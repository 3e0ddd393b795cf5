/** Programs that a bench starts beside itself, and what processor time they use: the figure that other load on the machine hardly moves. Linux only, as it reads /proc. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `address`: what it said it can be reached at. Times in ms, memory in MB. */
export type Program = {
  readonly address: string;
  /** From its start until it said where it is. */
  readonly readyMs: number;
  readonly cpu: () => number;
  readonly memory: () => number;
  readonly stop: () => Promise<void>;
};

/** What a program says once it serves: ours in its own words, the others `ready ADDRESS`. */
const READY = /(?:ready |办事已启动：)(http:\S+)/;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts a script with our Node and waits until it serves; throws what it wrote when it does not. `env`: besides PATH and HOME. */
export async function startProgram(
  script: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<Program> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...flags(), script, ...args],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const address = await served(child, script);
  const pid = child.pid ?? 0;
  return {
    address: address.replace('localhost', '127.0.0.1'),
    readyMs: performance.now() - began,
    cpu: () => cpuOf(pid),
    memory: () => memoryOf(pid),
    stop: () => stopped(child),
  };
}

/** Flags for Node that whoever looks for lost time gives, such as `--cpu-prof`. */
const flags = (): readonly string[] => process.env['BENCH_NODE']?.split(' ') ?? [];

function served(child: ChildProcess, script: string): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('no output');
  return new Promise((resolve, reject) => {
    let said = '';
    stderr.on('data', (part: Buffer) => (said += part.toString()));
    createInterface(stdout).on('line', (line) => {
      const [, address] = READY.exec(line) ?? [];
      if (address !== undefined) resolve(address);
      else said += `${line}\n`;
    });
    child.on('exit', (code) => reject(new Error(`${script} ended with ${String(code)}: ${said}`)));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const end = setTimeout(() => child.kill('SIGKILL'), 12_000);
    child.on('exit', () => {
      clearTimeout(end);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Ticks of /proc/PID/stat a second (proc(5); USER_HZ is 100 on every Linux). */
const TICK_MS = 10;

/** Fields after the name in brackets; the parent is the second, processor times the 12th to the 15th. */
const statOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');

/** Processor time that a process has used, ms. */
function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return TICK_MS * (Number(stat[11]) + Number(stat[12]));
}

/** What a process with all its children has used, those that ended among them: Postgres serves each connection by one. ms. */
export function cpuOfFamily(pid: number): number {
  const own = statOf(pid);
  const ended = TICK_MS * (Number(own[13]) + Number(own[14]));
  return cpuOf(pid) + ended + childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), 0);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((each) => {
      if (!Number.isInteger(each)) return false;
      try {
        return Number(statOf(each)[1]) === pid;
      } catch {
        return false; // it has ended meanwhile
      }
    });
}

/** Memory of a process that is really there, MB (VmRSS in /proc/PID/status). */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
