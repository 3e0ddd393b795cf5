import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { inject, onTestFinished } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { obey } from '../../src/cli/commands.ts';
import { freshDatabase } from '../office/database.ts';
import { databaseAt } from '../office/postgres.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/office.ts', import.meta.url));
const RULES = fileURLToPath(new URL('../../office.yaml', import.meta.url));

/** What a command said and how it ended. */
export type Ended = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly bytes: Buffer;
};

export type CommandLine = {
  readonly db: Db;
  readonly url: string;
  /** A folder of one's own; DATA_DIR is `data` in it. */
  readonly folder: string;
  /** Runs `npm run office -- …` in a process of its own. `env` is added to it, undefined takes away. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** The same in this process, which has the program loaded already: a second less. Nothing can be typed into it. */
  runHere(args: readonly string[], options?: Pick<RunOptions, 'env'>): Promise<Ended>;
  /** Puts a file into the folder and returns its path. */
  file(name: string, content: Uint8Array | string): string;
};

export type RunOptions = {
  readonly input?: string;
  readonly env?: { readonly [name: string]: string | undefined };
};

/** A command line on a fresh database, or on that of an office which is open already. Closed after the test. */
export async function commandLine(of?: Db): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'office-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { db, url } = of ? { db: of, url: await addressOf(of) } : await fresh();
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    DATABASE_URL: url,
    DATA_DIR: join(folder, 'data'),
    OFFICE_CONFIG: RULES,
  };
  return {
    db,
    url,
    folder,
    run: (args, options = {}) => ran(args, { ...options, env: { ...env, ...options.env } }, folder),
    runHere: (args, options = {}) => ranHere(args, { ...env, ...options.env }, folder),
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}

async function fresh(): Promise<{ readonly db: Db; readonly url: string }> {
  const database = await freshDatabase();
  const db = await openDatabase({ connectionString: database.connectionString });
  onTestFinished(async () => {
    await db.destroy();
    await database.drop();
  });
  return { db, url: database.connectionString.reveal() };
}

/** Where an open database is, for another process. */
async function addressOf(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  return databaseAt(inject('postgres').url, rows[0]?.name ?? '');
}

async function ran(
  args: readonly string[],
  { input = '', env = {} }: RunOptions,
  cwd: string,
): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd, env: { ...env } });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdin.end(input);
  const [bytes, err, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  return { code, bytes, out: bytes.toString('utf8'), err };
}

/** What is said goes to whoever asked, and the variables and the folder are put back. One at a time. */
async function ranHere(
  args: readonly string[],
  env: NonNullable<RunOptions['env']>,
  cwd: string,
): Promise<Ended> {
  const before = { env: process.env, cwd: process.cwd() };
  const [out, err] = [heard(process.stdout), heard(process.stderr)];
  process.env = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  process.chdir(cwd);
  try {
    const code = await obey(args);
    const bytes = out.told();
    return { code, bytes, out: bytes.toString('utf8'), err: err.told().toString('utf8') };
  } finally {
    process.env = before.env;
    process.chdir(before.cwd);
    out.stop();
    err.stop();
  }
}

/** Keeps what is written to a stream instead of letting it through. */
function heard(stream: NodeJS.WriteStream): {
  readonly told: () => Buffer;
  readonly stop: () => void;
} {
  const pieces: Buffer[] = [];
  const write = stream.write.bind(stream);
  stream.write = ((piece: string | Uint8Array, ...rest: readonly unknown[]) => {
    pieces.push(Buffer.from(piece));
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  }) as typeof stream.write;
  return {
    told: () => Buffer.concat(pieces),
    stop: () => {
      stream.write = write;
    },
  };
}
