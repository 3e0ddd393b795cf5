import { createServer, type Server } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkServer, clockSkew, mistakeIn } from '../../db/checks.ts';
import { type Db, openDatabase } from '../../db/database.ts';
import { Secret } from '../../src/secret.ts';
import { exitCodes, StartRefusal } from '../../src/start-refusal.ts';
import { type FreshDatabase, freshDatabase } from '../office/database.ts';

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await openDatabase(fresh);
});
afterAll(async () => {
  await db.destroy();
  await fresh.drop();
});

/** What comes back when `value` is sent as a parameter of the given type. */
async function roundTrip(value: unknown, type: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`
    select cast(${value} as ${sql.raw(type)}) as value`.execute(db);
  return rows[0]?.value;
}

const shown = (value: unknown): string =>
  `${Object.prototype.toString.call(value)} ${String(value)}`;

describe('values', () => {
  test.for([
    ['timestamptz', Temporal.Instant.from('2026-03-09T06:30:00.123456Z')],
    ['date', Temporal.PlainDate.from('2026-02-17')],
    ['timestamp', Temporal.PlainDateTime.from('2026-02-17T08:00:00.5')],
  ] as const)('%s goes out and comes back the same', async ([type, value]) => {
    expect(shown(await roundTrip(value, type))).toBe(shown(value));
    const back = await roundTrip([value, null], `${type}[]`);
    expect(Array.isArray(back) && back.map(shown)).toEqual([value, null].map(shown));
  });

  test('an instant is the same in whatever zone the session shows it', async () => {
    const noon = Temporal.Instant.from('2026-01-01T04:00:00Z');
    await db.transaction().execute(async (tx) => {
      await sql`set local time zone 'Asia/Kathmandu'`.execute(tx);
      const { rows } = await sql<{ at: Temporal.Instant }>`
        select ${noon}::timestamptz as at`.execute(tx);
      expect(rows[0]?.at.equals(noon)).toBe(true);
    });
  });

  test('a date of the Chinese calendar is stored as the day it is', async () => {
    const newYear = Temporal.PlainDate.from('2026-02-17').withCalendar('chinese');
    expect(shown(await roundTrip(newYear, 'date'))).toBe(
      shown(Temporal.PlainDate.from('2026-02-17')),
    );
  });

  test('a moment with a zone and a length are understood', async () => {
    const zoned = Temporal.ZonedDateTime.from('2026-03-09T14:30[Asia/Shanghai]');
    expect(String(await roundTrip(zoned, 'timestamptz'))).toBe('2026-03-09T06:30:00Z');
    const length = Temporal.Duration.from('PT4H30M');
    const { rows } = await sql`select extract(epoch from ${length}::interval) as s`.execute(db);
    expect(rows).toEqual([{ s: 16_200 }]);
  });

  test.for([
    ['int8', '42', 42],
    ['int8', '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['int8', '9007199254740993', 9007199254740993n],
    ['numeric', '19.90', 19.9],
    ['int8[]', '{1,NULL,3}', [1, null, 3]],
    ['jsonb', '{"items":[{"quantity":2}]}', { items: [{ quantity: 2 }] }],
    ['tstzrange', '["2026-01-01 00:00:00+00",)', '["2026-01-01 00:00:00+00",)'],
    ['text[]', '{白板,"a,b"}', ['白板', 'a,b']],
  ] as const)('%s %s is read as it should be', async ([type, text, value]) => {
    expect(await roundTrip(text, type)).toEqual(value);
  });

  test('other pools keep their own ways: nothing is set globally', async () => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: fresh.connectionString.reveal() });
    await client.connect();
    expect((await client.query('select 42::int8 as n')).rows).toEqual([{ n: '42' }]);
    await client.end();
  });
});

describe('every wait has an end', () => {
  test('a statement that hangs, and a lock somebody else keeps', async () => {
    const { rows } = await sql`select name, setting from pg_settings where name in
      ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
      order by name`.execute(db);
    expect(rows).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: '10000' },
      { name: 'lock_timeout', setting: '1500' },
      { name: 'statement_timeout', setting: '5000' },
    ]);
  });

  test('connections cut by the server, idle or in use, do not end the program', async () => {
    const broken: string[] = [];
    const note = (error: Error) => broken.push(error.message);
    const other = await openDatabase({ ...fresh, max: 2, onConnectionError: note });
    await sql`select 1`.execute(other); // one connection lies idle
    const work = other.transaction().execute(async (tx) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
      await sql`select 1`.execute(tx);
    });
    await expect(work).rejects.toThrow();
    await expect.poll(() => broken.length).toBeGreaterThan(0);
    expect((await sql`select 1 as one`.execute(other)).rows).toEqual([{ one: 1 }]);
    await other.destroy();
  });
});

describe('at the start, one clear line', () => {
  async function refusalOf(url: string): Promise<StartRefusal> {
    const error = await openDatabase({ connectionString: new Secret(url) }).catch(
      (reason: unknown) => reason,
    );
    if (!(error instanceof StartRefusal)) throw error;
    expect(error.message).not.toMatch(/\n|canary/);
    return error;
  }

  const at = (change: (url: URL) => void): string => {
    const url = new URL(fresh.connectionString.reveal());
    change(url);
    return url.href;
  };

  test('nobody listens: come back later', async () => {
    const refused = await refusalOf('postgres://banshi:canary@127.0.0.1:1/office');
    expect(refused.message).toContain('127.0.0.1:1/office');
    expect(refused.exitCode).toBe(exitCodes.unavailable);
  });

  test('somebody listens who never answers: come back later', async () => {
    const silent = await new Promise<Server>((resolve) => {
      const server = createServer(() => undefined).listen(0, '127.0.0.1', () => resolve(server));
    });
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const refused = await refusalOf(`postgres://banshi:canary@127.0.0.1:${port}/office`);
    expect(refused.exitCode).toBe(exitCodes.unavailable);
    silent.close();
  });

  test('another password, another database: to be mended', async () => {
    const password = await refusalOf(at((url) => (url.password = 'canary')));
    expect(password.message).toContain('密码');
    expect(password.exitCode).toBe(exitCodes.configuration);
    const database = await refusalOf(at((url) => (url.pathname = '/nowhere')));
    expect(database.message).toContain('nowhere');
    expect(database.exitCode).toBe(exitCodes.configuration);
  });

  test('an address that is none', async () => {
    expect((await refusalOf('postgres://:canary@:x')).exitCode).toBe(exitCodes.configuration);
  });
});

describe('the server must suit us', () => {
  const good = { version: 180_004, encoding: 'UTF8', read_only: false, gist: 'creatable' } as const;

  test('this one does', async () => {
    await checkServer(db);
    expect(mistakeIn(good)).toBeNull();
    expect(mistakeIn({ ...good, version: 140_000 })).toBeNull();
  });

  test.for([
    [{ version: 130_020 }, '14'],
    [{ encoding: 'SQL_ASCII' }, 'SQL_ASCII'],
    [{ read_only: true }, '只读'],
    [{ gist: 'absent' }, 'contrib'],
    [{ gist: 'forbidden' }, 'create extension btree_gist'],
  ] as const)('%o is refused', ([facts, word]) => {
    expect(mistakeIn({ ...good, ...facts })).toContain(word);
  });

  test('a database that counts bytes is found out', async () => {
    const name = `office_ascii_${process.pid}`;
    await sql
      .raw(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`)
      .execute(db);
    const url = new URL(fresh.connectionString.reveal());
    url.pathname = `/${name}`;
    await expect(openDatabase({ connectionString: new Secret(url.href) })).rejects.toThrow(
      'SQL_ASCII',
    );
    await sql.raw(`drop database ${name}`).execute(db);
  });
});

test('a clock that goes wrong by an hour is measured', async () => {
  const { rows } = await sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`.execute(db);
  const ahead = rows[0]?.at.add({ hours: 1 });
  if (!ahead) throw new Error('no clock');
  const skew = await clockSkew(db, () => ahead);
  expect(skew.total('seconds')).toBeGreaterThan(3_595);
  expect(skew.total('seconds')).toBeLessThanOrEqual(3_600);
});
