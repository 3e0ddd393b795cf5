/** Somebody who worked here leaves: refused while they are here or owe something, then forgotten; the office goes on with its figures. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inWork } from '../../db/work.ts';
import { sealEntries } from '../../src/audit/seal.ts';
import { verifyRecord } from '../../src/audit/verify.ts';
import { applyLeft } from '../../src/directory/sync.ts';
import { Secret } from '../../src/secret.ts';
import { type CommandLine, commandLine } from '../cli/command-line.ts';
import { openOffice, type TestOffice } from '../office/office.ts';
import { dump } from './planted.ts';

/** The key of test/office/office.ts. */
const key = new Secret('00'.repeat(32));
/** 何佳 of the demo company, and what anybody may know her by. */
const SHE = ['何佳', 'He Jia', 'ou_sales_1', 'hejia@'];

let office: TestOffice;
beforeAll(async () => {
  expect(inject('postgres').url).toBeTruthy();
  office = await openOffice();
  await office.submits('何佳', '下周二去上海，周四回北京，高铁，拜访老客户，跟罗敏一起');
  await office.submits('何佳', '领两包A4纸，投标用');
  await office.says('何佳', '三楼茶水间漏水了，很急');
  await office.taps('何佳', '提交');
  await office.sends('何佳', 'leak.png');
  await office.submits('罗敏', '明天下午3点到5点订珠峰，跟何佳谈投标');
  await office.says('何佳', '工牌丢了怎么补办');
  await office.says('何佳', '20:00到9:00别打扰我');
});
afterAll(() => office.stop());

const line = (): Promise<CommandLine> => commandLine(office.app.db);

const leaves = (id: string): Promise<unknown> =>
  inWork({ db: office.app.db, clock: { now: office.app.now } }, { actor: 'system' }, (work) =>
    applyLeft(work, 'simulator', id),
  );

describe('before', () => {
  test('what she asked for, said and sent is handed over in one folder', async () => {
    const administrator = await line();
    const out = join(administrator.folder, 'for-her');
    expect(await administrator.runHere(['export', '何佳', '--out', out])).toMatchObject({
      code: 0,
      err: '',
    });
    const data = readFileSync(join(out, 'data.json'), 'utf8');
    for (const hers of [
      '拜访老客户',
      '投标用',
      '工牌丢了怎么补办',
      'leak.png',
      '20:00',
      'TRIP-26-0001',
    ])
      expect(data).toContain(hers);
    // What 罗敏 asked for is hers to see where she is asked to come, not as a request.
    expect(data).not.toContain('ROOM-26-0001');
    expect(readdirSync(join(out, 'files')).length).toBeGreaterThan(0);
    expect((await administrator.runHere(['export', '何佳', '--out', out])).err).toContain(
      '已经有了',
    );
  });

  test('whoever still works here is not forgotten', async () => {
    const { code, out } = await (await line()).runHere(['forget', '何佳']);
    expect(code).toBe(1);
    expect(out).toContain('还在职');
    expect(await dump(office.app.db)).toContain('何佳');
  });

  test('two of one name are asked apart, nobody is a usage error', async () => {
    const administrator = await line();
    expect((await administrator.runHere(['forget', '刘洋'])).err).toMatch(
      /有 2 个[\s\S]*研发部[\s\S]*市场部/,
    );
    expect((await administrator.runHere(['forget', '查无此人'])).code).toBe(2);
  });

  test('whoever has left and owes something is told of, with what to move first; nothing is touched', async () => {
    await leaves('ou_sales_1');
    const said = await office.app.db.selectFrom('last_said').selectAll().execute();
    const { code, out } = await (await line()).runHere(['forget', '何佳']);
    expect(code).toBe(1);
    expect(out).toMatch(/还有 3 张没结束的申请.*3 of their requests/);
    expect(await office.app.db.selectFrom('last_said').selectAll().execute()).toEqual(said);
    expect(await dump(office.app.db)).toContain('何佳');
  });
});

describe('after', () => {
  test('her matters are ended, then nobody finds her any more, and the record verifies', async () => {
    const { db } = office.app;
    // Her leader and the office end them; here it is enough that they are ended.
    await sql`update request set state = 'cancelled', closed_at = now(), workflow = workflow || '{"stopped":"cancelled"}'
      where requester_id = (select id from person where name = '何佳')`.execute(db);
    await sql`update task set state = 'cancelled', closed_at = now() where state = 'open'`.execute(
      db,
    );
    await expect
      .poll(async () => (await sealEntries(db, key), (await verifyRecord(db, key)).ok), {
        timeout: 10_000,
      })
      .toBe(true);
    const figures =
      await sql`select number, kind, state, measure, submitted_at from request order by id`.execute(
        db,
      );
    const stock =
      await sql`select sum(on_hand) as on_hand, sum(reserved) as reserved from item`.execute(db);
    const { code, out, err } = await (await line()).runHere(['forget', '何佳']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('已离职员工 #');
    const after = await dump(db);
    const hers = [...SHE, '拜访老客户', '投标用', '漏水', '工牌丢了', 'leak.png'];
    expect(after.split('\n').filter((row) => hers.some((mark) => row.includes(mark)))).toEqual([]);
    expect(after).toContain('谈投标'); // 罗敏 wrote that, of the meeting
    expect(
      await sql`select number, kind, state, measure, submitted_at from request order by id`.execute(
        db,
      ),
    ).toEqual(figures);
    expect(
      await sql`select sum(on_hand) as on_hand, sum(reserved) as reserved from item`.execute(db),
    ).toEqual(stock);
    await expect
      .poll(async () => (await sealEntries(db, key), (await verifyRecord(db, key)).ok), {
        timeout: 10_000,
      })
      .toBe(true);
    const { rows } = await sql<{
      act: string;
    }>`select act from audit where act in ('export.person', 'person.forgotten')`.execute(db);
    expect(rows.map(({ act }) => act)).toEqual(['export.person', 'person.forgotten']);
  });

  test('the ledger still has her requests, as those of somebody who has left', async () => {
    const administrator = await line();
    const trips = (await administrator.runHere(['export', 'ledger', 'trip'])).out;
    expect(trips).toMatch(/TRIP-26-0001,出差申请,已离职员工 #\d+,销售部/);
    expect((await administrator.runHere(['export', 'requests'])).out).toContain('SUP-26-0001');
  });

  test('the numbers of a movement cannot be changed, with or without the word', async () => {
    const { db } = office.app;
    const change = (set: string): Promise<unknown> =>
      db.transaction().execute(async (tx) => {
        await sql`set local banshi.forgetting = 'on'`.execute(tx);
        await sql.raw(`update movement set ${set}`).execute(tx);
      });
    await expect(change('on_hand_change = on_hand_change + 1')).rejects.toThrow('append-only');
    await expect(change('person_id = null, why = null')).rejects.toThrow('append-only');
    await expect(sql`update movement set why = 'x'`.execute(db)).rejects.toThrow('append-only');
  });
});
