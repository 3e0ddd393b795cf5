import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Db, openDatabase } from '../../db/database.ts';
import { binariesIn, findBinaries } from '../../db/embedded/binaries.ts';
import { startEmbedded, useEmbedded } from '../../db/embedded.ts';
import { exitCodes, StartRefusal } from '../../src/start-refusal.ts';

/** A directory that only its owner may enter. */
const privateFolder = (): string => mkdtempSync(join(tmpdir(), 'office-db-'));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** One directory for the file, since making a database takes a second; each test leaves it stopped. */
let dataDir = '';
beforeAll(async () => {
  const folder = privateFolder();
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
  await (await startEmbedded(dataDir)).stop(); // durable, as in production
});
afterAll(() => rmSync(dirname(dataDir), { recursive: true, force: true }));

/** A new directory for one test. */
function another(): string {
  const folder = privateFolder();
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The directory, moved for one test. */
function movedTo(folder: string): string {
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(dataDir, folder);
  undo.push(() => renameSync(folder, dataDir));
  return folder;
}

/** A file of it, with other content for one test; null removes it. */
function altered(name: string, content: string | null): void {
  const file = join(dataDir, name);
  const before = existsSync(file) ? readFileSync(file) : null;
  undo.push(() => (before ? writeFileSync(file, before) : rmSync(file, { force: true })));
  if (content === null) rmSync(file);
  else writeFileSync(file, content);
}

async function started(folder: string, options: Parameters<typeof startEmbedded>[1] = {}) {
  const server = await startEmbedded(folder, { durable: false, ...options });
  undo.push(() => server.stop());
  return server;
}

async function opened(server: Parameters<typeof openDatabase>[0]): Promise<Db> {
  const db = await openDatabase(server);
  undo.push(() => db.destroy());
  return db;
}

/** One value from the database. */
async function ask(db: Db, expression: string): Promise<unknown> {
  const { rows } = await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(db);
  return rows[0]?.value;
}

/** Another program of ours on the same directory; resolves with its first line. */
async function holder(folder: string): Promise<{ child: ChildProcess; line: string }> {
  const file = fileURLToPath(new URL('holder.ts', import.meta.url));
  const child = spawn(process.execPath, [file, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { child, line: String(line).trim() };
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

const serverPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

async function refusal(attempt: Promise<unknown>): Promise<StartRefusal> {
  const error = await attempt.then(
    () => 'it started',
    (reason: unknown) => reason,
  );
  if (!(error instanceof StartRefusal)) throw error;
  expect(error.message).not.toContain('\n');
  expect(error.exitCode).toBe(exitCodes.configuration);
  return error;
}

describe('a database made on a fresh machine', () => {
  test('counts Chinese characters, checks its pages, syncs, and listens on no port', async () => {
    const db = await opened(await started(dataDir, { durable: true }));
    expect(await ask(db, `char_length('会议室')`)).toBe(3);
    expect(await ask(db, `current_setting('data_checksums')`)).toBe('on');
    expect(await ask(db, `current_setting('fsync')`)).toBe('on');
    expect(await ask(db, `current_setting('listen_addresses')`)).toBe('');
    expect(readFileSync(join(dataDir, 'postgres/version'), 'utf8')).toBe('18\n');
  });

  test('keeps data and password from other users of the machine', async () => {
    await started(dataDir);
    const rights = (path: string) => statSync(join(dataDir, path)).mode & 0o777;
    expect(rights('postgres')).toBe(0o700);
    expect(rights('postgres.password')).toBe(0o600);
    expect(rights('postgres/socket')).toBe(0o700);
    expect(existsSync(join(dataDir, 'postgres/password.new'))).toBe(false);
  });

  test('has what was written before a stop, and nothing runs in between', async () => {
    const first = await startEmbedded(dataDir, { durable: false });
    const before = await openDatabase(first);
    await sql`create table note as select '周会改到三点' as text`.execute(before);
    await before.destroy();
    await first.stop();
    // Where the account that runs it cannot read the project's folder, the programs are copied beside the data.
    const left = readdirSync(dataDir).filter((name) => name !== 'postgres-bin');
    expect(left).toEqual(['postgres', 'postgres.password']);
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
    const db = await opened(await started(dataDir));
    expect(await ask(db, '(select text from note)')).toBe('周会改到三点');
  });
});

describe('after a kill', () => {
  test('of the program, the server it left running is used as it is', async () => {
    const { child } = await holder(dataDir);
    const pid = serverPid(dataDir);
    child.kill('SIGKILL');
    await ended(child);
    const db = await opened(await started(dataDir));
    expect(serverPid(dataDir)).toBe(pid);
    expect(await ask(db, '1')).toBe(1);
  });

  test('of the server, what was committed is there and the connections heal', async () => {
    const server = await started(dataDir);
    const db = await opened(server);
    await sql`create table stock as select generate_series(1, 1000) as n`.execute(db);
    process.kill(serverPid(dataDir), 'SIGKILL');
    await expect.poll(() => server.revive(), { timeout: 10_000 }).toBe(true);
    expect(await ask(db, '(select count(*) from stock)')).toBe(1000);
    expect(await server.revive()).toBe(false);
  });

  test('of both, a start recovers', async () => {
    const { child } = await holder(dataDir);
    child.kill('SIGKILL');
    await ended(child);
    process.kill(serverPid(dataDir), 'SIGKILL');
    expect(await ask(await opened(await started(dataDir)), '1')).toBe(1);
  });

  test('of both, a number that went to another program of the same user does no harm', async () => {
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/', stdio: 'ignore' });
    undo.push(() => other.kill());
    const stale = [other.pid, join(dataDir, 'postgres/data'), 1, 5432, '', '', '1 1', 'ready'];
    altered('postgres/data/postmaster.pid', `${stale.join('\n')}\n`);
    expect(await ask(await opened(await started(dataDir)), '1')).toBe(1);
    expect(serverPid(dataDir)).not.toBe(other.pid);
    expect(other.exitCode).toBeNull();
  });
});

/** `KILLS=50 npx vitest run test/db/embedded.test.ts` is the long form. */
const KILLS = Number(process.env['KILLS'] ?? 3);

describe(`killed ${KILLS} times in a write`, () => {
  test(
    'program and server: each start opens it whole, with every row that was told to be there and none by halves',
    async () => {
      const folder = another();
      let told = 0;
      for (let kill = 1; kill <= KILLS; kill++) {
        const file = fileURLToPath(new URL('holder.ts', import.meta.url));
        const child = spawn(process.execPath, [file, folder, 'writing'], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        undo.push(() => child.kill('SIGKILL'));
        const wanted = told + 20 + kill * 7;
        for await (const chunk of child.stdout.setEncoding('utf8')) {
          for (const [, n] of String(chunk).matchAll(/committed (\d+)\n/g)) told = Number(n);
          if (told >= wanted) break;
        }
        expect(told).toBeGreaterThanOrEqual(wanted);
        const pid = serverPid(folder);
        process.kill(kill % 2 === 0 ? pid : (child.pid ?? pid), 'SIGKILL');
        child.kill('SIGKILL');
        await ended(child);
        const alive = isAlive(pid);
        if (alive) process.kill(pid, 'SIGKILL');
        const server = await startEmbedded(folder, { durable: false });
        const db = await openDatabase(server);
        const rows = Number(await ask(db, '(select count(*) from written)'));
        expect(rows).toBeGreaterThanOrEqual(told);
        expect(Number(await ask(db, '(select max(n) from written)'))).toBe(rows);
        expect(await ask(db, `(select bool_and(pages = repeat(n::text, 2000)) from written)`)).toBe(
          true,
        );
        await db.destroy();
        await server.stop();
        told = rows;
      }
    },
    60_000 + KILLS * 10_000,
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('one program a directory', () => {
  test('a second one is refused within two seconds with exit code 78, naming the first', async () => {
    await started(dataDir);
    const from = performance.now();
    const { child, line } = await holder(dataDir);
    expect(await ended(child)).toBe(78);
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(line).toMatch(new RegExp(`^refused .*进程号 ${process.pid}\\D`));
  });

  test('a short command beside it uses its server and leaves it running', async () => {
    const server = await started(dataDir);
    const guest = await useEmbedded(dataDir);
    expect(guest.connectionString.reveal()).toBe(server.connectionString.reveal());
    await guest.stop();
    expect(await ask(await opened(server), '1')).toBe(1);
  });

  test('a short command alone starts the server and stops it', async () => {
    const server = await useEmbedded(dataDir);
    const db = await openDatabase(server);
    expect(await ask(db, '1')).toBe(1);
    await db.destroy();
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
  });
});

describe('awkward places', () => {
  test('a path too long for a socket: a private folder elsewhere, removed in the end', async () => {
    const folder = movedTo(join(dirname(dataDir), '很'.repeat(60), 'x'.repeat(60)));
    const server = await startEmbedded(folder, { durable: false });
    const db = await openDatabase(server);
    const sockets = String(await ask(db, `current_setting('unix_socket_directories')`));
    const socket = sockets.replaceAll('"', '');
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    process.kill(serverPid(folder), 'SIGKILL');
    await expect.poll(() => server.revive(), { timeout: 10_000 }).toBe(true);
    expect(await ask(db, '1')).toBe(1);
    await db.destroy();
    await server.stop();
    expect(existsSync(socket)).toBe(false);
  });

  test('a path with quotes, commas, blanks and what a shell would act upon', async () => {
    const folder = movedTo(join(dirname(dataDir), 'a, b\'c "d" \\e $(exit 1) `f`'));
    expect(await ask(await opened(await started(folder)), '1')).toBe(1);
  });

  test('a directory under one that only its owner may enter, as root in /root; and a start cut short', async () => {
    const folder = join(another(), 'data');
    mkdirSync(join(folder, 'postgres/data.new/base'), { recursive: true });
    writeFileSync(join(folder, 'postgres/data.new/PG_VERSION'), '18\n');
    writeFileSync(join(folder, 'postgres/password.new'), 'half');
    const { child } = await holder(folder);
    child.kill('SIGKILL');
    await ended(child);
    expect(await ask(await opened(await started(folder)), '1')).toBe(1);
  });

  test('programs whose links were never made, unpacked for their owner alone, then for all', async () => {
    const programs = join(another(), 'package');
    cpSync(dirname(findBinaries().root), programs, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
    for (const part of ['bin', 'lib', 'share']) chmodSync(join(programs, 'native', part), 0o700);
    undo.push(() => rmSync(join(dataDir, 'postgres-bin'), { recursive: true, force: true }));
    const barred = await startEmbedded(dataDir, { binaries: binariesIn(programs) });
    await barred.stop();

    for (const part of ['..', '.', 'native/bin', 'native/lib', 'native/share'])
      chmodSync(join(programs, part), 0o755);
    const server = await started(dataDir, { binaries: binariesIn(programs) });
    expect(await ask(await opened(server), '1')).toBe(1);
    const links = z
      .array(z.object({ target: z.string() }))
      .parse(JSON.parse(readFileSync(join(programs, 'native/pg-symlinks.json'), 'utf8')));
    expect(links.filter((link) => !existsSync(join(programs, link.target)))).toEqual([]);
  });
});

describe('one clear line when it cannot be', () => {
  test('data of another major version: both are named, and the way out', async () => {
    altered('postgres/version', '17\n');
    expect((await refusal(startEmbedded(dataDir))).message).toMatch(/17.*18.*backup.*restore/);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  test('the password is another one: nothing is left running', async () => {
    altered('postgres.password', 'wrong\n');
    expect((await refusal(startEmbedded(dataDir))).message).toContain('postgres.password');
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  test('the password is lost', async () => {
    altered('postgres.password', null);
    expect((await refusal(startEmbedded(dataDir))).message).toContain('postgres.password');
  });

  test('a file stands where the directory should be', async () => {
    const file = join(another(), 'data');
    writeFileSync(file, '');
    expect((await refusal(startEmbedded(file))).message).toContain('DATA_DIR');
  });
});
