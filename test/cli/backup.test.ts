import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { migrations } from '../../db/migrations/index.ts';
import { sealEntries } from '../../src/audit/seal.ts';
import { verifyRecord } from '../../src/audit/verify.ts';
import { lanesHeld } from '../../src/delivery/held.ts';
import { Secret } from '../../src/secret.ts';
import { openOffice } from '../office/office.ts';
import { asAdministrator, databaseAt } from '../office/postgres.ts';
import { type CommandLine, commandLine } from './command-line.ts';

/** The key of test/office/office.ts. */
const key = new Secret('00'.repeat(32));

/** An office that has worked and is closed now: nothing moves in its database but what a test does. */
let source: Db;
let drop: () => Promise<void>;
beforeAll(async () => {
  const office = await openOffice();
  await office.says('陈晨', '明天下午3点到5点订珠峰会议室，8个人');
  await office.taps('陈晨', '提交');
  await office.says('王磊', '领两包A4纸');
  await office.taps('王磊', '提交');
  await office.sends('何佳', 'crack.png');
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    office.app.db,
  );
  await office.app.stop();
  const connectionString = new Secret(databaseAt(inject('postgres').url, rows[0]?.name ?? ''));
  source = await openDatabase({ connectionString });
  drop = async () => {
    await source.destroy();
    await asAdministrator(inject('postgres').url, `drop database ${rows[0]?.name} with (force)`);
  };
  for (const statement of HOSTILE) await sql.raw(statement).execute(source);
  await vi.waitFor(
    async () => {
      await sealEntries(source, key);
      expect(await unsealed()).toBe(0);
    },
    { timeout: 10_000 },
  );
});
afterAll(() => drop());

/** Values that are easily bent on their way through a file. */
const HOSTILE = [
  String.raw`insert into note (request_id, person_id, text, at) select min(r.id), min(p.id),
    E'line\nand "quoted", \\ \t 换行 🈶 ''; drop table', '2026-03-03 02:00:00.123456+00' from request r, person p`,
  `insert into inbound (key, kind, received_at, answer)
    values ('a JSON null', 'tap', now(), 'null'), ('no value', 'tap', now(), null)`,
  String.raw`insert into simulator_message (id, person, direction, body, send_key, created_at, updated_at)
    values ('nul', 'x', 'in', '{"text": "a\u0000b\ud800",
      "files":[]}', 'nul', now(), now())`,
  `insert into item (name, category, unit, price, on_hand, reserved, low_mark, aliases)
    values ('=1+1', '"', '个', 12345678901234567890.12, 0, 0, 1e-3, '{"a,b","{}",NULL,""}')`,
  // Read back, it must not be added up a second time.
  `insert into movement (item_id, sort, on_hand_change, reserved_change, at, value_change)
    select id, 'correct', 0.10, 0, now(), 250 from item where name = '=1+1'`,
  // Longer than what is read of the file at a time.
  `insert into attachment_content (attachment_id, bytes)
    select id, decode(repeat('00ff0a0d', 700000), 'hex') from attachment order by id limit 1
    on conflict (attachment_id) do update set bytes = excluded.bytes`,
  `alter sequence request_id_seq restart with 900`,
  `select nextval('request_id_seq')`,
];

async function unsealed(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from audit
    where seq not in (select seq from audit_seal)`.execute(source);
  return rows[0]?.n ?? -1;
}

/** Count and checksum of every table, by a reading of the test's own. Numbers of transactions differ between servers. */
async function picture(db: Db, except: readonly string[] = []): Promise<object> {
  const { rows: tables } = await sql<{
    name: string;
  }>`select relname as name from pg_class where relkind = 'r'
    and relnamespace = 'public'::regnamespace and relname not like 'kysely%'
      and relname <> 'organisation_change' order by relname`.execute(db);
  const found: { [table: string]: string | undefined } = {};
  for (const { name } of tables.filter((table) => !except.includes(table.name))) {
    const row =
      name === 'audit' ? 'row(seq, at, actor, act, subject, before, after, cause)' : 'row(t.*)';
    const { rows } = await sql
      .raw<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(each, '|' order by each collate "C")), '') as sum
         from (select ${row}::text as each from "${name}" t
           ${name === 'audit' ? "where act not like 'backup.%'" : ''}) as every`,
      )
      .execute(db);
    found[name] = rows[0]?.sum;
  }
  return found;
}

/** A backup of the office, and the command line that made it. */
async function backedUp(): Promise<{ readonly line: CommandLine; readonly file: string }> {
  const line = await commandLine(source);
  const file = join(line.folder, 'office.backup');
  expect(await line.run(['backup', file])).toMatchObject({ code: 0, err: '' });
  return { line, file };
}

/** The bytes of one backup, for tests that damage copies of it. */
let packed: Promise<Buffer> | undefined;
const aBackup = (): Promise<Buffer> =>
  (packed ??= backedUp().then(({ file }) => readFileSync(file)));

/** An empty office with the key of the old one. */
async function elsewhere(): Promise<CommandLine> {
  const line = await commandLine();
  mkdirSync(join(line.folder, 'data'));
  line.file('data/audit.key', key.reveal());
  return line;
}

describe('backup and restore', () => {
  test('into another database: the same counts and checksums in every table, and the record verifies', async () => {
    const before = await picture(source);
    const { file } = await backedUp();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const target = await elsewhere();
    const { code, out, err } = await target.run(['restore', file]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('内容核对一致');
    expect(out).toContain('操作记录核对无误');
    // Nothing goes out until somebody has looked; all else is as it was.
    expect(await lanesHeld(target.db)).toBeDefined();
    await target.db.deleteFrom('setting').where('name', '=', 'lanes-held').execute();
    expect(await picture(target.db)).toEqual(before);
    expect(await verifyRecord(target.db, key)).toMatchObject({ ok: true });
  });

  test('afterwards the office goes on: new numbers, new entries, references guarded as before', async () => {
    const { file } = await backedUp();
    const target = await elsewhere();
    await target.runHere(['restore', file]);
    const next = await sql<{ id: number }>`select nextval('request_id_seq') as id`.execute(
      target.db,
    );
    expect(next.rows[0]?.id).toBe(901); // 900 was given out and rolled back: still not again
    const restored = await target.db
      .selectFrom('audit')
      .select('act')
      .where('act', '=', 'backup.restored')
      .execute();
    expect(restored).toHaveLength(1);
    await expect.poll(() => sealEntries(target.db, key), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await verifyRecord(target.db, key)).toMatchObject({ ok: true });
    const stranger = sql`insert into note (request_id, person_id, text, at) values (-1, -1, '', now())`;
    await expect(stranger.execute(target.db)).rejects.toThrow('foreign key');
    const { rows } =
      await sql`select conname from pg_constraint where contype = 'f' and condeferrable
        and connamespace = 'public'::regnamespace`.execute(target.db);
    expect(rows).toEqual([]);
  });

  test('from a server into the database that the program brings along, and back out of it', async () => {
    const { file } = await backedUp();
    const target = await elsewhere();
    const env = { DATABASE_URL: undefined };
    expect(await target.runHere(['restore', file], { env })).toMatchObject({ code: 0, err: '' });
    const { out } = await target.runHere(['export', 'requests'], { env });
    expect(out).toContain('ROOM-26-0001,会议室预订,陈晨');
    expect((await target.runHere(['audit', 'verify'], { env })).code).toBe(0);
  });

  test('what was due long ago is not sent again, what is young or still to come is', async () => {
    await sql`insert into delivery (id, what, lane, channel, address, view, attention, priority, state, due, created_at)
      select gen_random_uuid(), name, 'l', 'simulator', 'x', '{"view":"x"}', true, 1, state, now() + due::interval, now()
      from (values ('old', 'waiting', '-2 hours'), ('sending', 'sending', '-2 hours'), ('unsure', 'unknown', '-1 day'),
        ('young', 'waiting', '-30 minutes'), ('tomorrow', 'waiting', '1 day'), ('gone', 'dead', '-1 day')) v (name, state, due)`.execute(
      source,
    );
    const { file } = await backedUp();
    await sql`delete from delivery where lane = 'l'`.execute(source);
    const target = await elsewhere();
    expect((await target.runHere(['restore', file])).out).toContain(
      '3 条一小时前就该发出的消息不再发送',
    );
    const states = await target.db
      .selectFrom('delivery')
      .select(['what', 'state'])
      .where('lane', '=', 'l')
      .orderBy('what')
      .execute();
    expect(states.map(({ what, state }) => `${what} ${state}`)).toEqual([
      'gone dead',
      'old dropped',
      'sending dropped',
      'tomorrow waiting',
      'unsure dropped',
      'young waiting',
    ]);
  });

  test('only into an empty database: another is refused and left as it is', async () => {
    const { file } = await backedUp();
    const target = await elsewhere();
    await target.runHere([
      'import',
      'rooms',
      target.file('rooms.csv', '名称,楼层,容量,设备,需审批\n黄山,3,6,,否\n'),
    ]);
    const before = await picture(target.db);
    const { code, err } = await target.runHere(['restore', file]);
    expect(code).toBe(1);
    expect(err).toContain('数据库不是空的');
    expect(err).toContain('room');
    expect(await picture(target.db)).toEqual(before);
  });

  test('not while somebody works in it', async () => {
    const { file } = await backedUp();
    const target = await elsewhere();
    const working = await target.db.startTransaction().execute();
    await sql`lock table room in row exclusive mode`.execute(working);
    const { code, err } = await target.runHere(['restore', file]);
    await working.rollback().execute();
    expect(code).toBe(1);
    expect(err).toContain('请先停止程序');
  });

  test('without the old key it says, before a new chain begins, that the record cannot be verified', async () => {
    const { file } = await backedUp();
    const target = await commandLine();
    const { code, out } = await target.runHere(['restore', file]);
    expect(code).toBe(1);
    expect(out).toContain('audit.key');
    expect(readdirSync(target.folder)).not.toContain('data');
  });
});

describe('a damaged backup is refused before anything is restored', () => {
  const damage: readonly (readonly [string, (text: string, packed: Buffer) => Buffer | string])[] =
    [
      ['a figure changed', (text) => text.replace('"on_hand":120', '"on_hand":121')],
      ['a row taken out', (text) => text.replace(/\{"id":1,"name":"珠峰".*\n/, '')],
      ['a table taken out', (text) => text.replace(/\["table","note"\]\n\{.*\n/, '')],
      ['cut off between two lines', (text) => text.slice(0, text.indexOf('["table","room"]'))],
      ['cut off in a line', (text) => text.slice(0, -20)],
      ['something behind the end', (text) => `${text}["table","person"]\n`],
      ['cut off on the disk', (_, packed) => packed.subarray(0, packed.length - 100)],
      ['not a backup at all', () => '["something","else"]\n'],
      ['of another program', () => '名称,楼层\n'],
    ];

  test.each(damage)('%s', async (_, change) => {
    const backup = await aBackup();
    const text = gunzipSync(backup).toString('utf8');
    const changed = change(text, backup);
    expect(changed).not.toBe(text);
    const target = await elsewhere();
    const bad = target.file('bad', typeof changed === 'string' ? gzipSync(changed) : changed);
    const { code, err } = await target.runHere(['restore', bad]);
    expect(code).toBe(1);
    expect(err).toContain('bad: ');
    expect(await target.db.selectFrom('person').select('id').execute()).toEqual([]);
  });

  test('a file that is none, or not even packed', async () => {
    const target = await elsewhere();
    for (const file of [
      join(target.folder, 'nothing'),
      target.file('plain', 'hello'),
      target.folder,
    ]) {
      const { code, err } = await target.runHere(['restore', file]);
      expect(code).toBe(1);
      expect(err).toMatch(/读不了（[A-Z_]+）/);
    }
  });

  test('made by a program with other tables: says which, restores nothing', async () => {
    const target = await elsewhere();
    const [newest, before] = Object.keys(migrations).toReversed();
    const text = gunzipSync(await aBackup()).toString('utf8');
    const older = target.file('older', gzipSync(text.replace(`,"${newest}"]`, ']')));
    const { code, err } = await target.runHere(['restore', older]);
    expect(code).toBe(1);
    expect(err).toContain(`备份的数据结构是 ${before}，本程序的是 ${newest}`);
  });
});

test('a backup that cannot be written leaves nothing behind, and keeps the older one', async () => {
  const { line, file } = await backedUp();
  const old = readFileSync(file);
  const { code, err } = await line.runHere(['backup', join(file, 'x')]);
  expect(code).toBe(1);
  expect(err).toContain('写不了这个文件（ENOTDIR）');
  expect(readdirSync(line.folder)).toEqual(['office.backup']);
  expect(readFileSync(file)).toEqual(old);
});
