import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { writeTable } from '../../src/exports/table.ts';
import { reorderLow } from '../../src/requests/supply/reorder.ts';
import { issueStock, reserveStock } from '../../src/requests/supply/stock.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { createFeishu } from '../feishu-platform/index.ts';
import { roomsInGbk, utf8, withBom } from '../imports/files.ts';
import { type CommandLine, commandLine } from './command-line.ts';

const ROOMS = [
  '名称,楼层,容量,设备,需审批,别名',
  '珠峰,3,10,投影;白板,否,大会议室',
  '泰山,5,20,音响,是,',
];
const SUPPLIES = [
  '名称,分类,单位,单价,库存,预警线',
  'A4纸,纸品,包,25,120,20',
  '签字笔,文具,支,2.5,0.5,50',
];

const rooms = ({ db }: CommandLine) => db.selectFrom('room').selectAll().orderBy('id').execute();

const item = ({ db }: CommandLine, name: string) =>
  db.selectFrom('item').selectAll().where('name', '=', name).executeTakeFirstOrThrow();

/** Stock is what its movements add up to, always. */
async function sums({ db }: CommandLine): Promise<void> {
  const { rows } = await sql`select i.name from item i left join movement m on m.item_id = i.id
    group by i.id having i.on_hand <> coalesce(sum(m.on_hand_change), 0)
      or i.reserved <> coalesce(sum(m.reserved_change), 0)`.execute(db);
  expect(rows).toEqual([]);
}

/** Somebody asks for A4纸; handed over or only promised. */
async function ask({ db }: CommandLine, packs: number, handedOver: boolean): Promise<void> {
  const clock = { now: () => Temporal.Instant.from('2026-03-03T02:00:00Z') };
  await inWork({ db, clock }, { actor: 'system' }, async (work) => {
    const { id: person } = await work.tx
      .insertInto('person')
      .values({
        name: '陈晨',
        name_en: null,
        email: null,
        employee_no: null,
        job_title: null,
        department_id: null,
        leader_id: null,
        active: true,
        language: 'zh',
        greeted_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await work.tx
      .insertInto('request')
      .values({
        number: `SUP-26-${1000 + person}`,
        kind: 'supply',
        requester_id: person,
        state: 'working',
        form: '{}',
        measure: 0,
        workflow: '{}',
        outcome: '{}',
        stars: null,
        version: 1,
        channel: 'simulator',
        chat: 'x',
        submitted_at: work.now,
        updated_at: work.now,
        closed_at: null,
        urged_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const lines = [{ name: 'A4纸', quantity: packs }];
    await reserveStock(work, id, lines);
    if (handedOver) await issueStock(work, id, lines, new Map());
  });
}

describe('import rooms', () => {
  test.each([
    ['UTF-8', utf8(...ROOMS)],
    ['UTF-8 with the mark of Excel', withBom(...ROOMS)],
  ])('%s', async (_, bytes) => {
    const office = await commandLine();
    const first = await office.run(['import', 'rooms', office.file('rooms.csv', bytes)]);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('新增 2，更改 0，未变 0 | added 2, changed 0, unchanged 0');
    expect(await rooms(office)).toMatchObject([
      {
        name: '珠峰',
        floor: '3',
        capacity: 10,
        equipment: ['投影', '白板'],
        needs_approval: false,
        aliases: ['大会议室'],
      },
      {
        name: '泰山',
        floor: '5',
        capacity: 20,
        equipment: ['音响'],
        needs_approval: true,
        aliases: [],
      },
    ]);
  });

  test('GBK, as an old Excel saves it', async () => {
    const office = await commandLine();
    await office.runHere(['import', 'rooms', office.file('rooms.csv', roomsInGbk)]);
    expect(await rooms(office)).toMatchObject([
      { name: '珠峰', capacity: 10, equipment: ['白板'] },
    ]);
  });

  test('an .xlsx whose columns stand in another order', async () => {
    const office = await commandLine();
    const columns = ['需审批', '容量', '名称', '设备', '楼层'].map((title) => ({
      key: title,
      title,
    }));
    const sheet = await writeTable(
      columns,
      [{ 名称: '黄山', 楼层: '3楼', 容量: 6, 设备: '电视', 需审批: '否' }],
      'xlsx',
    );
    expect(
      await office.runHere(['import', 'rooms', office.file('rooms.xlsx', sheet)]),
    ).toMatchObject({
      code: 0,
    });
    expect(await rooms(office)).toMatchObject([{ name: '黄山', floor: '3', capacity: 6 }]);
  });

  test('the same file again changes nothing, another changes what differs and leaves the rest', async () => {
    const office = await commandLine();
    const file = office.file('rooms.csv', utf8(...ROOMS));
    await office.runHere(['import', 'rooms', file]);
    const before = await rooms(office);
    const names = await office.db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', 'names-changed')
      .executeTakeFirst();
    expect((await office.runHere(['import', 'rooms', file])).out).toContain(
      '新增 0，更改 0，未变 2',
    );
    expect(await rooms(office)).toEqual(before);
    expect(
      await office.db
        .selectFrom('setting')
        .select('value')
        .where('name', '=', 'names-changed')
        .executeTakeFirst(),
    ).toEqual(names);
    const smaller = office.file(
      'other.csv',
      utf8(ROOMS[0] ?? '', '珠峰,3,8,投影;白板,否,大会议室', '华山,5,4,,否,'),
    );
    expect((await office.runHere(['import', 'rooms', smaller])).out).toContain(
      '新增 1，更改 1，未变 0',
    );
    expect((await rooms(office)).map(({ name, capacity }) => [name, capacity])).toEqual([
      ['珠峰', 8],
      ['泰山', 20],
      ['华山', 4],
    ]);
    const noted = await office.db
      .selectFrom('audit')
      .select(['act', 'before', 'after'])
      .where('act', '=', 'room.changed')
      .execute();
    expect(noted).toMatchObject([{ before: { capacity: 10 }, after: { capacity: 8 } }]);
  });

  test('a bad file: every mistake with its line, exit code 1, and nothing of it is imported', async () => {
    const office = await commandLine();
    const bad = utf8(ROOMS[0] ?? '', '珠峰,3,十,投影,否,', '黄山,3,6,,也许,', '泰山,5,20,,是,');
    const ended = await office.runHere(['import', 'rooms', office.file('rooms.csv', bad)]);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(
      /^rooms\.csv:2 容量: 应为.*\nrooms\.csv:3 需审批: 应为.*\n没有导入任何内容/,
    );
    expect(ended.out).toBe('');
    expect(await rooms(office)).toEqual([]);
    const column = await office.runHere([
      'import',
      'rooms',
      office.file('c.csv', utf8('名称,楼层,容量,设备,需审批,颜色', 'a,1,1,,否,红')),
    ]);
    expect(column).toMatchObject({ code: 1 });
    expect(column.err).toContain('不认识的列 “颜色”');
  });

  test('a name that only looks different from one we have is refused', async () => {
    const office = await commandLine();
    await office.runHere(['import', 'rooms', office.file('rooms.csv', utf8(...ROOMS))]);
    const alike = utf8(ROOMS[0] ?? '', '珠 峰,3,10,,否,', '衡山,2,12,,否,泰山');
    const ended = await office.runHere(['import', 'rooms', office.file('alike.csv', alike)]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('“珠 峰” 与已有的 “珠峰” 看起来一样');
    expect(ended.err).toContain('“衡山” 的别名 “泰山” 是已有的');
    expect(await rooms(office)).toHaveLength(2);
  });

  test('a file that is not there is said to be so', async () => {
    const office = await commandLine();
    const ended = await office.runHere(['import', 'rooms', 'nothing.csv']);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('nothing.csv: 读不到这个文件（ENOENT）');
  });
});

describe('import supplies', () => {
  const opened = async () => {
    const office = await commandLine();
    const file = office.file('supplies.csv', utf8(...SUPPLIES));
    expect((await office.runHere(['import', 'supplies', file])).out).toContain(
      '新增 2，更改 0，未变 0',
    );
    return { office, again: () => office.runHere(['import', 'supplies', file]) };
  };
  const counted = (office: CommandLine, line: string) =>
    office.runHere(['import', 'supplies', office.file('new.csv', utf8(SUPPLIES[0] ?? '', line))]);

  test('new items get their opening count as a movement', async () => {
    const { office } = await opened();
    expect(await item(office, 'A4纸')).toMatchObject({
      on_hand: 120,
      reserved: 0,
      low_mark: 20,
      unit: '包',
      price: 25,
    });
    expect(await item(office, '签字笔')).toMatchObject({ on_hand: 0.5 });
    const moved = await office.db
      .selectFrom('movement')
      .select(['sort', 'on_hand_change'])
      .orderBy('id')
      .execute();
    expect(moved).toEqual([
      { sort: 'import', on_hand_change: 120 },
      { sort: 'import', on_hand_change: 0.5 },
    ]);
    await sums(office);
  });

  test('the same file after things were handed out and promised changes nothing', async () => {
    const { office, again } = await opened();
    await ask(office, 5, true);
    await ask(office, 7, false);
    const before = await office.db.selectFrom('item').selectAll().execute();
    expect((await again()).out).toContain('新增 0，更改 0，未变 2');
    expect(await office.db.selectFrom('item').selectAll().execute()).toEqual(before);
    expect(await item(office, 'A4纸')).toMatchObject({ on_hand: 115, reserved: 7 });
    await sums(office);
  });

  test('a changed count moves today’s stock by the difference, once', async () => {
    const { office } = await opened();
    await ask(office, 5, true);
    expect((await counted(office, 'A4纸,纸品,包,25,150,20')).out).toContain('更改 1');
    expect(await item(office, 'A4纸')).toMatchObject({ on_hand: 145 });
    expect((await counted(office, 'A4纸,纸品,包,25,150,20')).out).toContain('未变 1');
    expect(await item(office, 'A4纸')).toMatchObject({ on_hand: 145 });
    const corrections = await office.db
      .selectFrom('movement')
      .select('on_hand_change')
      .where('sort', '=', 'correct')
      .execute();
    expect(corrections).toEqual([{ on_hand_change: 30 }]);
    await sums(office);
  });

  test('price, unit, mark and aliases follow the file and leave the stock alone', async () => {
    const { office } = await opened();
    await ask(office, 5, true);
    await counted(office, 'A4纸,办公纸,箱,27.5,120,30');
    expect(await item(office, 'A4纸')).toMatchObject({
      category: '办公纸',
      unit: '箱',
      price: 27.5,
      low_mark: 30,
      on_hand: 115,
    });
  });

  test('what is promised to people cannot be counted away: the sentence says so, and nothing is imported', async () => {
    const { office } = await opened();
    await ask(office, 60, false);
    const file = office.file(
      'new.csv',
      utf8(SUPPLIES[0] ?? '', 'A4纸,纸品,包,99,50,20', '鼠标,数码,个,59,12,3'),
    );
    const ended = await office.runHere(['import', 'supplies', file]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('“A4纸” 的库存 50 太少：改后只剩 50 包，已答应别人 60 包');
    expect(await item(office, 'A4纸')).toMatchObject({ price: 25, on_hand: 120 });
    expect(await office.db.selectFrom('item').selectAll().execute()).toHaveLength(2);
    expect((await counted(office, 'A4纸,纸品,包,25,60,20')).code).toBe(0);
    await sums(office);
  });

  test('filled up above its mark, the office will be warned again', async () => {
    const { office } = await opened();
    await ask(office, 105, true);
    // What a minute does.
    const clock = { now: () => Temporal.Instant.from('2026-03-03T02:01:00Z') };
    await inWork({ db: office.db, clock }, { actor: 'system' }, (work) =>
      reorderLow(work, defaultRules),
    );
    expect((await item(office, 'A4纸')).low_told_at).not.toBeNull();
    await counted(office, 'A4纸,纸品,包,25,124,20');
    expect(await item(office, 'A4纸')).toMatchObject({
      on_hand: 19,
      low_told_at: expect.anything(),
    });
    await counted(office, 'A4纸,纸品,包,25,125,20');
    expect(await item(office, 'A4纸')).toMatchObject({ on_hand: 20, low_told_at: null });
  });

  test('fractions add up without a trace of binary ones', async () => {
    const { office } = await opened();
    await counted(office, '签字笔,文具,支,2.5,0.6,50');
    await counted(office, '签字笔,文具,支,2.5,0.7,50');
    expect((await item(office, '签字笔')).on_hand).toBe(0.7);
    await sums(office);
  });
});

describe('rooms of Feishu', () => {
  const asked = async () => {
    const feishu = await createFeishu({ transport: 'websocket' });
    onTestFinished(() => feishu.close());
    const line = await commandLine();
    await line.runHere(['import', 'rooms', line.file('rooms.csv', ROOMS.join('\n'))]);
    const env = {
      FEISHU_APP_ID: feishu.appId,
      FEISHU_APP_SECRET: feishu.appSecret,
      FEISHU_TRANSPORT: 'websocket',
      FEISHU_BASE_URL: feishu.baseUrl,
    };
    return {
      line,
      feishu,
      links: () => line.runHere(['import', 'rooms', '--from', 'feishu'], { env }),
    };
  };

  test('are linked by name or alias, once; what we do not have is printed to be completed', async () => {
    const { line, feishu, links } = await asked();
    const everest = feishu.calendar.addRoom({ name: '大会议室' });
    const great = feishu.calendar.addRoom({ name: '黄山, 东厅', capacity: 6 });
    feishu.calendar.addRoom({ name: '泰山', enabled: false });
    for (let count = 0; count < 120; count++) feishu.calendar.addRoom({ name: `室 ${count}` });
    const first = await links();
    expect(first.code).toBe(0);
    expect(first.out).toContain('飞书有 122 间会议室，1 间新关联');
    expect(first.out).toContain(`"黄山, 东厅",,6,,否,${great}`);
    expect((await rooms(line)).map(({ name, feishu_room }) => [name, feishu_room])).toEqual([
      ['珠峰', everest],
      ['泰山', null],
    ]);
    expect((await links()).out).toContain('0 间新关联');
    // A file that says nothing about Feishu leaves the link.
    await line.runHere(['import', 'rooms', line.file('again.csv', ROOMS.join('\n'))]);
    expect((await rooms(line))[0]?.feishu_room).toBe(everest);
  });

  test('two rooms may change theirs in one file; one that the file leaves alone keeps its own', async () => {
    const line = await commandLine();
    const header = '名称,楼层,容量,设备,需审批,飞书会议室';
    const file = (...rows: readonly string[]) =>
      line.runHere(['import', 'rooms', line.file('rooms.csv', [header, ...rows].join('\n'))]);
    await file('珠峰,3,10,,否,omm_1111', '泰山,5,20,,是,omm_2222');
    expect(await file('珠峰,3,10,,否,omm_2222', '泰山,5,20,,是,omm_1111')).toMatchObject({
      code: 0,
    });
    const refused = await file('黄山,3,6,,否,omm_1111');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('omm_1111 已关联「泰山」');
    expect((await rooms(line)).map((room) => room.feishu_room)).toEqual(['omm_2222', 'omm_1111']);
  });

  test('without the permission it is said which one', async () => {
    const { feishu, links } = await asked();
    feishu.scopes.delete('vc:room:readonly');
    const refused = await links();
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('vc:room:readonly');
  });
});
