/** A list of rooms or supplies is sent to the bot, looked at, and imported by a tap; only by the office, and whole or not at all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const HEADER = '名称,楼层,容量,设备,需审批\n';
const sends = async (person: string, name: string, text: string): Promise<void> => {
  const file = { name, bytes: new Uint8Array(Buffer.from(text)) };
  await office.feishu.says(idIn(person), '', { file });
  await office.tick();
};
const room = (name: string) =>
  office.app.db.selectFrom('room').selectAll().where('name', '=', name).executeTakeFirst();

describe('the office sends its list of rooms', () => {
  test('without a file it is told how: what to send, with which columns', async () => {
    await office.says('吴婷', '导入会议室');
    expect(office.last('吴婷')).toContain('名称、楼层、容量、设备、需审批');
  });

  test('what would change is shown, and nothing is changed yet', async () => {
    await sends('吴婷', '会议室.csv', `${HEADER}珠峰,3,12,投影;白板,否\n昆仑,6,30,投影;音响,是\n`);
    await office.says('吴婷', '导入会议室');
    expect(office.last('吴婷')).toContain('新增　1 项：昆仑');
    expect(office.last('吴婷')).toContain('已有　1 项');
    expect(await room('昆仑')).toBeUndefined();
  });

  test('one tap imports it; the room can be booked by its name at once', async () => {
    const tapped = await office.taps('吴婷', '导入');
    expect(tapped.toast?.content).toBe('已导入：新增 1，更改 1，未变 0');
    expect(await room('昆仑')).toMatchObject({ capacity: 30, needs_approval: true });
    expect(await room('珠峰')).toMatchObject({ capacity: 12 });
    await office.says('陈晨', '明天下午3点到4点订昆仑');
    expect(office.last('陈晨')).toContain('昆仑（6楼·30人·投影、音响）');
  });

  test('a file with mistakes: each with its line, and nothing is imported', async () => {
    await sends('吴婷', '会议室2.csv', `${HEADER}天山,7,很多,白板,否\n祁连,7,8,白板,否\n`);
    await office.says('吴婷', '导入会议室');
    expect(office.last('吴婷')).toContain('没有导入任何内容');
    expect(office.last('吴婷')).toMatch(/会议室2\.csv:2 容量/);
    expect(await room('祁连')).toBeUndefined();
  });

  test('who is not of the office is sent to the office; a tap of somebody else is refused', async () => {
    await sends('陈晨', '会议室.csv', `${HEADER}陈晨的房间,1,2,,否\n`);
    await office.says('陈晨', '导入会议室');
    expect(office.last('陈晨')).toContain('会议室名单由行政维护');
    const [{ id } = { id: 0 }] = await office.app.db
      .selectFrom('attachment')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    const forged = { v: 1, a: 'import', k: id, o: 'rooms' };
    expect((await office.callsBack({ person: '吴婷', value: forged })).toast?.type).toBe('error');
    expect((await office.callsBack({ person: '陈晨', value: forged })).toast?.content).toContain(
      '名单由行政维护',
    );
    expect(await room('陈晨的房间')).toBeUndefined();
  });

  test('the platform refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
