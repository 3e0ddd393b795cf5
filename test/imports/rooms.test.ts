import { describe, expect, test } from 'vitest';
import { writeTable } from '../../src/exports/table.ts';
import { readRooms } from '../../src/imports/rooms.ts';
import { roomsInGbk, utf8, withBom } from './files.ts';

const HEADER = '名称,楼层,容量,设备,需审批,别名';

async function rooms(...lines: readonly string[]) {
  const read = await readRooms(utf8(HEADER, ...lines), 'rooms.csv');
  return read.ok ? read.rows : read.mistakes;
}

describe('the office imports its rooms', () => {
  const everest = {
    name: '珠峰',
    floor: '3',
    capacity: 10,
    equipment: ['投影', '白板'],
    needsApproval: false,
    aliases: ['大会议室', '3F大'],
  };

  test('with everything a row can say', async () => {
    expect(await rooms('珠峰,3,10,投影;白板,否,大会议室；3F大')).toEqual([everest]);
  });

  test('with the meeting room of Feishu that it is; `-` for none, nothing said is nothing changed', async () => {
    const read = await readRooms(
      utf8(
        '名称,楼层,容量,设备,需审批,飞书会议室',
        '珠峰,3,10,,否,omm_eada1d61a550955240c28757e7dec3af',
        '黄山,3,6,,否,-',
        '泰山,5,20,,是,',
      ),
      'rooms.csv',
    );
    expect(read.ok && read.rows.map(({ feishuRoom }) => feishuRoom)).toEqual([
      'omm_eada1d61a550955240c28757e7dec3af',
      null,
      undefined,
    ]);
  });

  test('one room of Feishu is one room of ours, and its id looks like one', async () => {
    const read = await readRooms(
      utf8(
        '名称,楼层,容量,设备,需审批,飞书会议室',
        '珠峰,3,10,,否,omm_1234',
        '黄山,3,6,,否,omm_1234',
        '泰山,5,20,,是,泰山',
      ),
      'rooms.csv',
    );
    expect(read).toEqual({
      ok: false,
      mistakes: [
        'rooms.csv:3 飞书会议室: omm_1234 与第 2 行重复',
        'rooms.csv:4 飞书会议室: 应为 omm_… 或 -（不关联），现在是 “泰山”',
      ],
    });
  });

  test('in any order of columns, with blanks, quotes and empty rows', async () => {
    const file = withBom(
      '需审批, 容量 ,名称,楼层,设备',
      '是,20,"泰山, ""东厅""",5楼," 投影 ; 音响 ;;投影"',
      ',,,,',
      '',
      '否,4,华山,B1,',
    );
    expect(await readRooms(file, 'rooms.csv')).toEqual({
      ok: true,
      rows: [
        {
          name: '泰山, "东厅"',
          floor: '5',
          capacity: 20,
          equipment: ['投影', '音响'],
          needsApproval: true,
          aliases: [],
        },
        {
          name: '华山',
          floor: 'B1',
          capacity: 4,
          equipment: [],
          needsApproval: false,
          aliases: [],
        },
      ],
    });
  });

  test('as an old Excel saves them, in GBK', async () => {
    expect(await readRooms(roomsInGbk, 'rooms.csv')).toEqual({
      ok: true,
      rows: [{ ...everest, equipment: ['白板'], aliases: [] }],
    });
  });

  test('as a workbook', async () => {
    const columns = HEADER.split(',').map((title) => ({ key: title, title }));
    const row = {
      名称: '珠峰',
      楼层: 3,
      容量: 10,
      设备: '投影;白板',
      需审批: '否',
      别名: '大会议室;3F大',
    };
    const bytes = await writeTable(columns, [row], 'xlsx');
    expect(await readRooms(bytes, 'rooms.xlsx')).toEqual({ ok: true, rows: [everest] });
  });

  test('twice with the same result', async () => {
    const row = '珠峰,3,10,投影;白板,否,大会议室';
    expect(await rooms(row)).toEqual(await rooms(row));
  });
});

describe('refused, with the line', () => {
  test('each wrong cell of a row, and nothing of the file is taken', async () => {
    expect(await rooms('珠峰,3,10,,否,', '黄山,,十,,可以,', '泰山,5,0,,是,')).toEqual([
      'rooms.csv:3 楼层: 应为1–10 个字，现在是空的',
      'rooms.csv:3 容量: 应为 1–10000 的整数，现在是 “十”',
      'rooms.csv:3 需审批: 应为 是 或 否，现在是 “可以”',
      'rooms.csv:4 容量: 应为 1–10000 的整数，现在是 “0”',
    ]);
  });

  test('columns: unknown ones by name, missing ones by name, doubled ones', async () => {
    const read = await readRooms(
      utf8('名称,楼层,座位,设备,设备,别名', '珠峰,3,10,,,'),
      'rooms.csv',
    );
    expect(read).toEqual({
      ok: false,
      mistakes: [
        'rooms.csv:1 不认识的列 “座位”；可用：名称、楼层、容量、设备、需审批、别名、飞书会议室、类型、使用人',
        'rooms.csv:1 缺少列 “容量”',
        'rooms.csv:1 缺少列 “需审批”',
        'rooms.csv:1 列 “设备” 出现了两次',
      ],
    });
  });

  test('the same name twice, and names that differ only by look', async () => {
    expect(
      await rooms('Room A,3,10,,否,', '珠峰,3,10,,否,', 'ｒｏｏｍＡ,3,10,,否,', '珠峰,5,4,,否,'),
    ).toEqual([
      'rooms.csv:4 名称: “ｒｏｏｍＡ” 与第 2 行的 “Room A” 看起来一样',
      'rooms.csv:5 名称: “珠峰” 与第 3 行重复',
    ]);
  });

  test('an alias that is another room’s name; one that several rooms share is fine', async () => {
    expect(await rooms('珠峰,3,10,,否,小会议室;黄山', '黄山,3,4,,否,小会议室')).toEqual([
      'rooms.csv:2 别名: “黄山” 是第 3 行的名称',
    ]);
    expect(await rooms('珠峰,3,10,,否,小会议室', '黄山,3,4,,否,小会议室')).toHaveLength(2);
  });

  test('a row that is longer than the header', async () => {
    expect(await rooms('珠峰,3,10,,否,别名,多余')).toEqual([
      'rooms.csv:2 第 7 列没有表头，却有内容',
    ]);
  });

  test('names with characters that nobody sees', async () => {
    expect(await rooms('珠\u200B峰,3,10,,否,', '黄\u202E山,3,10,,否,')).toEqual([
      'rooms.csv:2 名称: 应为1–40 个字，现在是 “珠�峰”',
      'rooms.csv:3 名称: 应为1–40 个字，现在是 “黄�山”',
    ]);
  });

  test('lines are counted as an editor counts them, also after a cell of several lines', async () => {
    expect(await rooms('"珠\n峰",3,10,,否,', '黄山,3,x,,否,')).toEqual([
      expect.stringContaining('rooms.csv:2 名称:'),
      'rooms.csv:4 容量: 应为 1–10000 的整数，现在是 “x”',
    ]);
  });

  test('many mistakes are told in fifty lines and a count', async () => {
    const told = await rooms(...Array.from({ length: 80 }, (_, row) => `房间${row},3,x,,否,`));
    expect(told).toHaveLength(51);
    expect(told.at(-1)).toBe('rooms.csv: 还有 30 处错误');
  });
});
