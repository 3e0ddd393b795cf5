import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../../src/audit/chain.ts';
import { sealEntries } from '../../src/audit/seal.ts';
import { verifyRecord } from '../../src/audit/verify.ts';
import { Secret } from '../../src/secret.ts';
import { key, office, sealUpTo, tamper, write } from './recorded.ts';

describe('sealing', () => {
  test('gives every entry its place without a gap, and the record verifies', async () => {
    const db = await office();
    await write(db, 12);
    await sealUpTo(db, 12);
    const seals = await db.selectFrom('audit_seal').selectAll().orderBy('place').execute();
    expect(seals.map(({ place }) => place)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const head = { place: 12, hash: seals.at(-1)?.hash };
    expect(await verifyRecord(db, key)).toEqual({ ok: true, entries: 12, sealed: 12, head });
  });

  test('goes on where it stopped, and has nothing to do the second time', async () => {
    const db = await office();
    await write(db, 2);
    await sealUpTo(db, 2);
    expect(await sealEntries(db, key)).toBe(0);
    await write(db, 3);
    await sealUpTo(db, 5);
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, sealed: 5 });
  });

  test('more than one batch is sealed at once', async () => {
    const db = await office();
    await sql`insert into audit (at, actor, act, subject)
      select now(), 'system', 'test', 'office' from generate_series(1, 2500)`.execute(db);
    await sealUpTo(db, 2500);
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, entries: 2500, sealed: 2500 });
  });

  test('waits with all that is younger than a running transaction, so that nothing slips in behind', async () => {
    const db = await office();
    await write(db, 1);
    await sealUpTo(db, 1);
    const running = await db.startTransaction().execute();
    await sql`insert into audit (at, actor, act, subject) values (now(), 'system', 'late', 'office')`.execute(
      running,
    );
    await write(db, 1); // its seq is higher, and it commits first
    expect(await sealEntries(db, key)).toBe(0);
    await running.commit().execute();
    await sealUpTo(db, 3);
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, entries: 3, sealed: 3 });
  });

  test('two sealers at the same moment never write a place twice', async () => {
    const db = await office();
    await write(db, 30);
    await Promise.allSettled([sealEntries(db, key), sealEntries(db, key), sealEntries(db, key)]);
    await sealUpTo(db, 30);
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, sealed: 30 });
  });
});

describe('what a seal covers', () => {
  const entry = {
    seq: 1,
    at: Temporal.Instant.from('2026-03-02T09:00:00Z'),
    actor: 'system',
    act: 'ab',
    subject: 'c',
    before: null,
    after: null,
    cause: null,
  };

  test('fields cannot run into each other, and nothing is not the same as an empty text', () => {
    const hash = hashOf(key, 1, entry, '');
    expect(hashOf(key, 1, { ...entry, act: 'a', subject: 'bc' }, '')).not.toBe(hash);
    expect(hashOf(key, 1, { ...entry, before: '' }, '')).not.toBe(hash);
    expect(hashOf(key, 11, { ...entry, seq: 1 }, '')).not.toBe(
      hashOf(key, 1, { ...entry, seq: 11 }, ''),
    );
  });

  test('another key gives another hash', () => {
    expect(hashOf(new Secret('00'.repeat(32)), 1, entry, '')).not.toBe(hashOf(key, 1, entry, ''));
  });
});

describe('a record that somebody altered', () => {
  /** Twenty sealed entries; place 8 is the one that is attacked. */
  const sealed = async () => {
    const db = await office();
    await write(db, 20);
    await sealUpTo(db, 20);
    return db;
  };
  const at8 = `(select seq from audit_seal where place = 8)`;
  const at9 = `(select seq from audit_seal where place = 9)`;

  const attacks: readonly (readonly [string, readonly string[], object])[] = [
    ['who did it', [`update audit set actor = 'person:8' where seq = ${at8}`], { place: 8 }],
    [
      'what was done',
      [`update audit set act = 'request.rejected' where seq = ${at8}`],
      { place: 8 },
    ],
    [
      'when',
      [`update audit set at = at + interval '1 microsecond' where seq = ${at8}`],
      { place: 8 },
    ],
    ['about what', [`update audit set subject = 'request:99' where seq = ${at8}`], { place: 8 }],
    ['before', [`update audit set before = before - 'note' where seq = ${at8}`], { place: 8 }],
    [
      'after',
      [`update audit set after = jsonb_set(after, '{price}', '125') where seq = ${at8}`],
      { place: 8 },
    ],
    ['the cause', [`update audit set cause = null where seq = ${at8}`], { place: 8 }],
    ['a seal', [`update audit_seal set hash = repeat('0', 64) where place = 8`], { place: 8 }],
    ['an entry deleted', [`delete from audit where seq = ${at8}`], { place: 8 }],
    [
      'cut in the middle',
      [`delete from audit where seq = ${at8}`, `delete from audit_seal where place = 8`],
      { place: 8, seq: null },
    ],
    [
      'cut in the middle and closed up',
      [
        `delete from audit where seq = ${at8}`,
        `delete from audit_seal where place = 8`,
        `update audit_seal set place = place - 1000 where place > 8`,
        `update audit_seal set place = place + 999 where place < 0`,
      ],
      { place: 8 },
    ],
    [
      'two entries swapped',
      [
        `create table swapped as select * from audit where seq in (${at8}, ${at9})`,
        `update audit set subject = o.subject, cause = o.cause from swapped o
        where audit.seq in (${at8}, ${at9}) and o.seq in (${at8}, ${at9}) and o.seq <> audit.seq`,
      ],
      { place: 8 },
    ],
    [
      'two seals swapped',
      [
        `update audit_seal set place = -8 where place = 8`,
        `update audit_seal set place = 8 where place = 9`,
        `update audit_seal set place = 9 where place = -8`,
      ],
      { place: 8 },
    ],
    [
      'an entry inserted with a seal',
      [
        `insert into audit (seq, at, actor, act, subject) overriding system value
        values (9000, now(), 'person:7', 'request.approved', 'request:5')`,
        `update audit_seal set place = place + 1000 where place >= 8`,
        `update audit_seal set place = place - 999 where place > 1000`,
        `insert into audit_seal values (8, 9000, repeat('a', 64))`,
      ],
      { place: 8, seq: 9000 },
    ],
    [
      'an old entry slipped in beside the chain',
      [
        `insert into audit (seq, at, actor, act, subject, tx) overriding system value
        select 9000, at, actor, act, subject, tx from audit where seq = ${at8}`,
      ],
      { place: null, seq: 9000 },
    ],
  ];

  test.each(attacks)('%s: found, and the entry named', async (_, statements, expected) => {
    const db = await sealed();
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, sealed: 20 });
    await tamper(db, ...statements);
    const found = await verifyRecord(db, key);
    expect(found).toMatchObject({ ok: false, firstBroken: expected });
  });

  test('written anew with another key: the first entry is broken', async () => {
    const db = await sealed();
    await tamper(db, `delete from audit_seal`);
    const other = new Secret('ff'.repeat(32));
    await expect.poll(() => sealEntries(db, other), { timeout: 10_000 }).toBe(20);
    expect(await verifyRecord(db, key)).toMatchObject({ ok: false, firstBroken: { place: 1 } });
  });

  test('a sealed entry of an older history put into the newer one: each is genuine, together they do not hold', async () => {
    const db = await sealed();
    await sql`create table older as select a.*, s.place, s.hash from audit a join audit_seal s on s.seq = a.seq where s.place > 14`.execute(
      db,
    );
    await tamper(
      db,
      `delete from audit where seq in (select seq from older)`,
      `delete from audit_seal where place > 14`,
    );
    await write(db, 6);
    await sealUpTo(db, 20); // history went another way
    await tamper(
      db,
      `delete from audit where seq = (select seq from audit_seal where place = 18)`,
      `insert into audit overriding system value select seq, at, actor, act, subject, before, after, cause, tx from older where place = 18`,
      `update audit_seal set seq = older.seq, hash = older.hash from older where audit_seal.place = 18 and older.place = 18`,
    );
    expect(await verifyRecord(db, key)).toMatchObject({ ok: false, firstBroken: { place: 18 } });
  });

  test('cut off at the end: only a head noted before tells', async () => {
    const db = await sealed();
    const before = await verifyRecord(db, key);
    if (!before.ok) throw new Error('the record does not verify');
    await tamper(
      db,
      `delete from audit where seq = (select seq from audit_seal where place = 20)`,
      `delete from audit_seal where place = 20`,
    );
    expect(await verifyRecord(db, key)).toMatchObject({ ok: true, sealed: 19 });
    expect(await verifyRecord(db, key, [before.head])).toMatchObject({
      ok: false,
      firstBroken: { place: 20 },
    });
  });

  test('the program itself cannot change, delete or empty it', async () => {
    const db = await office();
    await write(db, 1);
    await expect(sql`update audit set actor = 'system'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`delete from audit`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`truncate audit cascade`.execute(db)).rejects.toThrow('append-only');
  });
});
