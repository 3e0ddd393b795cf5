/** Whose is it: every table and every column that can hold words has an answer, and export and forgetting keep to it. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { verifyRecord } from '../../src/audit/verify.ts';
import { holdings } from '../../src/privacy/holdings.ts';
import { key, sealUpTo } from '../audit/recorded.ts';
import { commandLine } from '../cli/command-line.ts';
import { freshDatabase } from '../office/database.ts';
import { columnsOf, dump, holdsWords, plant, planted } from './planted.ts';

async function office() {
  const database = await freshDatabase();
  const db = await openDatabase({ connectionString: database.connectionString });
  onTestFinished(async () => {
    await db.destroy();
    await database.drop();
  });
  return db;
}

/** Words that are the office's record, whoever wrote them: they stay, and the names in them go. */
const OF_THE_OFFICE = [
  'asset.name',
  'asset.place',
  'purchase.waiver',
  'purchase.bargain',
  'rectification.note',
  'rectification.answer',
  'replacement.about',
  'room_closure.reason',
  'round.results',
  'write_off.why',
];

test('every table and every column that can hold words has an answer, and nothing is answered that is not there', async () => {
  const columns = await columnsOf(await office());
  expect(Object.keys(holdings).toSorted()).toEqual(
    [...new Set(columns.map(({ table }) => table))].toSorted(),
  );
  const answered = (table: keyof typeof holdings): readonly string[] => {
    const { empties, mentions, others, rewritten } = holdings[table];
    return [
      ...(empties ?? []).flatMap((each) => each.columns),
      ...(mentions ?? []),
      ...(others ?? []),
      ...(rewritten ?? []),
    ];
  };
  const unanswered = columns.filter(
    (column) => holdsWords(column) && !answered(column.table).includes(column.name),
  );
  expect(unanswered.map(({ table, name }) => `${table}.${name}`)).toEqual([]);
  const there = new Set(columns.map(({ table, name }) => `${table}.${name}`));
  const stale = Object.keys(holdings).flatMap((table) =>
    answered(table as keyof typeof holdings)
      .map((name) => `${table}.${name}`)
      .filter((name) => !there.has(name)),
  );
  expect(stale).toEqual([]);
});

test('a mark of one person in every such column of every table: all are in the export, none is left after forgetting', async () => {
  const db = await office();
  const marks = await plant(db);
  expect(marks.length).toBeGreaterThan(80);
  await sealUpTo(db, 2);
  const line = await commandLine(db);
  mkdirSync(join(line.folder, 'data'));
  line.file('data/audit.key', key.reveal());
  const before = await dump(db);
  for (const mark of [...marks, ...Object.values(planted).map(String)])
    expect(before).toContain(mark);

  const folder = join(line.folder, 'handed-over');
  const exported = await line.runHere(['export', planted.name, '--out', folder]);
  expect(exported).toMatchObject({ code: 0, err: '' });
  const files = readdirSync(join(folder, 'files')).map((file) =>
    readFileSync(join(folder, 'files', file), 'utf8'),
  );
  const handedOver = [
    readFileSync(join(folder, 'data.json'), 'utf8').replaceAll('\\"', '"'),
    ...files,
  ].join('\n');
  const missing = marks.filter((mark) => !handedOver.includes(mark.replaceAll('\\"', '"')));
  expect(missing).toEqual([]);
  expect(existsSync(join(folder, 'data.xlsx'))).toBe(true);

  expect(await line.runHere(['forget', planted.name])).toMatchObject({ code: 0, err: '' });
  const after = await dump(db);
  const { id: _, ...recognisedBy } = planted;
  expect([...marks, ...Object.values(recognisedBy)].filter((mark) => after.includes(mark))).toEqual(
    OF_THE_OFFICE.map((column) => `mark.${column}`),
  );
  expect(after).toContain('"已离职员工 #77"');
  expect(after).toContain('"cost": 12'); // figures stay
  expect((await line.runHere(['audit', 'verify'])).code).toBe(0);
  expect(await verifyRecord(db, key)).toMatchObject({ ok: true });
  expect(after).toContain('person.forgotten');
  expect(after).toContain('export.person');
}, 90_000);
