import { describe, expect, test } from 'vitest';
import { openDemo } from '../../src/simulation/demo-office.ts';
import { type CommandLine, commandLine } from './command-line.ts';

const TUESDAY = Temporal.Instant.from('2026-03-03T02:00:00Z');

/** The demo company's rooms and things, and two sentences that were misread. */
async function office(): Promise<CommandLine> {
  const line = await commandLine();
  expect((await line.run(['help'])).code).toBe(0);
  await line.runHere(['export', 'stock']); // brings the tables up to date
  await openDemo({ db: line.db, clock: { now: () => TUESDAY } });
  await line.db
    .insertInto('misreading')
    .values([
      { text: '会议室的投影坏了', reading: 'repair.report', correction: 'room.book', at: TUESDAY },
      {
        text: '=cmd()，订间房',
        reading: 'other',
        correction: '',
        at: TUESDAY.add({ minutes: 5 }),
      },
    ])
    .execute();
  return line;
}

describe('language review', () => {
  test('newest first, with what people made of it', async () => {
    const { out, code } = await (await office()).runHere(['language', 'review']);
    expect(code).toBe(0);
    expect(out.indexOf('订间房')).toBeLessThan(out.indexOf('会议室的投影坏了'));
    expect(out).toContain('2026-03-03 10:05  「=cmd()，订间房」');
    expect(out).toContain('应为 （没有再说）');
    expect(out).toContain('共 2 条 | 2 in all');
  });

  test('as CSV: the same, and no cell is a formula', async () => {
    const { out } = await (await office()).runHere(['language', 'review', '--format', 'csv']);
    const [header, first, second] = out.replace('\uFEFF', '').split('\r\n');
    expect(header).toBe('时间,原话,理解为,应为');
    expect(first).toContain(`'=cmd()`);
    expect(second).toBe('2026-03-03 10:00,会议室的投影坏了,repair.report,room.book');
  });
});

describe('language alias', () => {
  const aliases = async (line: CommandLine, name: string): Promise<readonly string[]> =>
    (
      await line.db
        .selectFrom('room')
        .select('aliases')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    ).aliases;

  test('is there in one step, recorded, and names are read again; a second time changes nothing', async () => {
    const line = await office();
    const before = await namesChanged(line);
    const { code, out } = await line.runHere(['language', 'alias', 'room', '珠峰', '大山']);
    expect({ code, out }).toEqual({ code: 0, out: '已加：“大山” 就是 “珠峰” | added\n' });
    expect(await aliases(line, '珠峰')).toContain('大山');
    expect(await namesChanged(line)).not.toBe(before);
    const entries = await line.db
      .selectFrom('audit')
      .select(['act', 'cause'])
      .where('act', '=', 'room.changed')
      .execute();
    expect(entries).toEqual([{ act: 'room.changed', cause: 'cli:language alias' }]);
    expect((await line.runHere(['language', 'alias', 'room', '珠峰', '大山'])).out).toContain(
      '已有',
    );
    expect((await aliases(line, '珠峰')).filter((each) => each === '大山')).toHaveLength(1);
  });

  test.each([
    [['room', '珠峰', '黄山'], '“黄山” 已经是 “黄山” 的叫法'],
    [['room', '珠峰', 'Ａ4纸'], '“A4纸” 的叫法'],
    [['room', '泰坦', '大山'], '没有叫 “泰坦” 的会议室'],
    [['item', '珠峰', '大山'], '没有叫 “珠峰” 的物品'],
    [['room', '珠峰', '大;山'], '叫法应为'],
    [['room', '珠峰', '山'.repeat(41)], '叫法应为'],
  ])('%j is refused with a reason', async (args, says) => {
    const line = await office();
    const ended = await line.runHere(['language', 'alias', ...args]);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain(says);
    expect(await aliases(line, '珠峰')).not.toContain(args[2]);
  });

  test.each([[['alias', 'room', '珠峰']], [['alias', 'person', 'a', 'b']], [['teach']], [[]]])(
    '%j is no usage',
    async (args) => {
      const ended = await (await commandLine()).runHere(['language', ...args]);
      expect(ended.code).toBe(2);
    },
  );
});

const namesChanged = async ({ db }: CommandLine): Promise<string | undefined> =>
  (
    await db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', 'names-changed')
      .executeTakeFirst()
  )?.value;
