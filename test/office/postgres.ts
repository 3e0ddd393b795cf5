import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../db/database.ts';
import { identityOf, isRunning } from '../../db/embedded/process.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { startJobs } from '../../src/delivery/jobs.ts';
import { Secret } from '../../src/secret.ts';
import { openDemo } from '../../src/simulation/demo-office.ts';
import { TUESDAY } from './tuesday.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /**
     * The tests' server: a connection string of its administrator, and what is cloned: a database with all tables and nothing in them, and
     * one in which the demo company works.
     */
    readonly postgres: { readonly url: string; readonly template: string; readonly demo: string };
  }
}

type Server = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * Once per run: one Postgres from the same programs as in production, and one migrated template that every test file
 * clones. With TEST_DATABASE_URL (a role that may create databases) that server is used instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const foreign = process.env['TEST_DATABASE_URL'];
  const server = foreign ? { url: foreign, stop: async () => undefined } : await ownServer();
  const template = `office_template_${randomBytes(4).toString('hex')}`;
  await makeTemplate(server.url, template);
  const demo = `${template}_demo`;
  await asAdministrator(server.url, `create database ${demo} template ${template}`);
  await fillDemo(databaseAt(server.url, demo));
  project.provide('postgres', { url: server.url, template, demo });
  return async () => {
    for (const name of foreign ? [template, demo] : [])
      await asAdministrator(server.url, `drop database if exists ${name}`);
    await server.stop();
  };
}

/** A server in a fresh directory of this run; those of earlier runs that were killed are stopped and removed. */
async function ownServer(): Promise<Server> {
  const runs = join(roomiest(), `office-tests-${process.getuid?.() ?? ''}`);
  mkdirSync(runs, { recursive: true, mode: 0o711 });
  const killed = readdirSync(runs).filter(
    (run) => !isRunning(identityOf(Number.parseInt(run, 10))),
  );
  for (const run of killed) await sweep(join(runs, run));
  const folder = join(runs, `${process.pid}-${randomBytes(3).toString('hex')}`);
  const server = await startEmbedded(folder, { durable: false, maxConnections: 100 });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.connectionString.reveal(), stop };
}

/** Room for the databases of one run, with their log; one takes 13 MB, and a few are open at a time. */
const ROOM_BYTES = 3 * 2 ** 30;

/** Where the server's files are: in memory where the machine has a roomy file system there (a fresh database takes a fifth of the time). */
function roomiest(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > ROOM_BYTES && process.availableMemory() > 2 * ROOM_BYTES
    ? memory
    : tmpdir();
}

/** Takes over the server of a killed run, stops it, and removes its directory. */
async function sweep(folder: string): Promise<void> {
  if (existsSync(join(folder, 'postgres.password'))) {
    const orphan = await startEmbedded(folder, { durable: false }).catch(() => null);
    if (orphan === null) return; // another run is sweeping it, or it never came up
    await orphan.stop();
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** As a program leaves it that was started once: with all tables, and those of the queue. */
async function makeTemplate(url: string, template: string): Promise<void> {
  await asAdministrator(url, `create database ${template} encoding 'UTF8' template template0`);
  const connectionString = new Secret(databaseAt(url, template));
  const db = await openDatabase({ connectionString });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
  const jobs = await startJobs({
    connectionString: connectionString.reveal(),
    deliver: () => Promise.resolve(),
    failed: (message) => {
      throw new Error(message);
    },
  });
  await jobs.stop();
}

/** As the program leaves it that opened the demo company on the morning on which most stories begin. */
async function fillDemo(url: string): Promise<void> {
  const db = await openDatabase({ connectionString: new Secret(url) });
  try {
    await openDemo({ db, clock: { now: () => TUESDAY } });
  } finally {
    await db.destroy();
  }
}

/** The same server and role, another database. */
export function databaseAt(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** Runs one statement on a connection of its own. */
export async function asAdministrator(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
