/** The register of assets: imported, labelled, and said in a report. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { readAssets } from '../../src/imports/assets.ts';
import { importAssets } from '../../src/requests/repair/import.ts';
import { commandLine } from '../cli/command-line.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const FILE = [
  '编号,名称,地点,型号,购入日期,质保到期,供应商,供应商联系方式',
  'ast-0007,打印机,3楼东侧,HP M428,2025-06-01,2027/5/31,广州惠印,张工 13800000000',
  'AST-0008,饮水机,5楼茶水间,,2020-01-01,2022-01-01,,',
].join('\n');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let office: TestOffice;
const opened = async (): Promise<void> => {
  office = await openOffice();
  const table = await readAssets(bytes(FILE), 'assets.csv');
  if (!table.ok) throw new Error(table.mistakes.join('\n'));
  const clock = { now: office.app.now };
  await inWork({ db: office.app.db, clock }, { actor: 'system' }, (work) =>
    importAssets(work, table.rows),
  );
};
const closed = (): Promise<void> => office.stop();

const REPAIRER = '郑强';

describe('报修 AST-0007', () => {
  beforeEach(opened);
  afterEach(closed);

  test('its place, model and warranty are known; the repairer sees whom to call, and what was done before', async () => {
    await office.says('陈晨', '报修 AST-0007 卡纸');
    const draft = await office.last('陈晨');
    expect(draft).toContain('物品：打印机');
    expect(draft).toContain('地点：3楼东侧');
    expect(draft).toContain('问题：卡纸');
    expect(draft).toContain('资产 AST-0007：HP M428，在保，到 2027年5月31日');
    await office.taps('陈晨', '提交');
    await office.taps(REPAIRER, '接单');
    expect(await office.last(REPAIRER)).toContain('供应商：广州惠印 张工 13800000000');
    expect(await office.last(REPAIRER)).toContain('质保：在保，到 2027年5月31日');
    await office.taps(REPAIRER, '完成', { done: '换了搓纸轮' });
    await office.taps('陈晨', '验收', { stars: '5' });
    // The reporter does not need the number of a firm.
    expect(await office.last('陈晨')).not.toContain('13800000000');
    await office.says('罗敏', '报修 AST-0007 没墨了');
    await office.taps('罗敏', '提交');
    expect(await office.last(REPAIRER)).toContain('以前报过 1 次');
    expect(await office.last(REPAIRER)).toContain('卡纸 → 换了搓纸轮');
  });

  test('scanned without a word more: only what is wrong is asked', async () => {
    await office.says('陈晨', '报修 AST-0008');
    const draft = await office.last('陈晨');
    expect(draft).toContain('物品：饮水机');
    expect(draft).toContain('已过保（2022年1月1日）');
    expect(draft).toContain('<problem>');
    expect(draft).not.toContain('<place>');
    await office.taps('陈晨', '提交', { problem: '不出热水' });
    expect(await office.last(REPAIRER)).toContain('问题：不出热水');
  });

  test('a number that nobody knows is said, and can be taken out', async () => {
    await office.says('陈晨', '3楼打印机卡纸，编号 AST-0099');
    expect(await office.last('陈晨')).toContain('台账里没有 AST-0099');
    await office.taps('陈晨', '提交', { asset: '' });
    expect(await office.last('陈晨')).toContain('FIX-26-0001');
  });

  test('two with one name are two: the number tells them apart', async () => {
    await office.says('陈晨', '报修 AST-0007 卡纸');
    await office.taps('陈晨', '提交');
    await office.says('罗敏', '报修 AST-0008 漏水');
    expect(await office.last('罗敏')).not.toContain('好像已有人报了');
    await office.says('马超', '报修 ast-0007 打不了');
    expect(await office.last('马超')).toContain('好像已有人报了：FIX-26-0001');
  });
});

describe('the register', () => {
  beforeEach(opened);
  afterEach(closed);

  test('is imported whole or not at all, and again without a change', async () => {
    const line = await commandLine();
    const first = await line.run(['import', 'assets', line.file('assets.csv', FILE)]);
    expect(first.out).toContain('新增 2，更改 0，未变 0');
    const again = await line.run(['import', 'assets', line.file('assets.csv', FILE)]);
    expect(again.out).toContain('新增 0，更改 0，未变 2');
    const moved = FILE.replace('3楼东侧', '4楼西侧');
    expect((await line.run(['import', 'assets', line.file('a.csv', moved)])).out).toContain(
      '更改 1',
    );
    const bad = await line.run([
      'import',
      'assets',
      line.file(
        'bad.csv',
        '编号,名称,地点,质保到期\nAST-1,门,1楼,\nAST-0009,门,1楼,2026-02-30\nAST-0009,窗,1楼,',
      ),
    ]);
    expect(bad.code).toBe(1);
    expect(bad.err).toContain('bad.csv:2 编号: 应为字母、横线和数字，如 AST-0007，现在是 “AST-1”');
    expect(bad.err).toContain('bad.csv:3 质保到期: 应为日期，如 2026-03-01，现在是 “2026-02-30”');
  });

  test('its labels: one code an asset, with a sentence that can be said, names made harmless', async () => {
    const line = await commandLine();
    expect((await line.run(['assets', 'qr'])).err).toContain('还没有资产');
    await line.run([
      'import',
      'assets',
      line.file('assets.csv', `${FILE}\nAST-0010,<b>门</b>,1楼,,,,,`),
    ]);
    const { out } = await line.run(['assets', 'qr']);
    expect(out.match(/<svg/g)).toHaveLength(3);
    expect(out).toContain('报修 AST-0007');
    expect(out).not.toContain('<b>门</b>');
  });
});

describe('导入资产: the office sends the list to the bot', () => {
  let feishu: FeishuOffice;
  beforeAll(async () => {
    feishu = await openFeishuOffice();
  });
  afterAll(() => feishu.stop());

  const sends = async (person: string, name: string, text: string): Promise<void> => {
    const file = { name, bytes: bytes(text) };
    await feishu.feishu.says(idIn(person), '', { file });
    await feishu.tick();
  };
  const register = () =>
    feishu.app.db.selectFrom('asset').select(['number', 'place']).orderBy('number').execute();

  test('what would change is shown by number and name, and one tap imports it', async () => {
    await feishu.says('吴婷', '导入资产');
    expect(feishu.last('吴婷')).toContain('编号、名称、地点');
    await sends('吴婷', '资产.csv', FILE);
    await feishu.says('吴婷', '导入资产');
    expect(feishu.last('吴婷')).toContain('新增　2 项：AST-0007 打印机、AST-0008 饮水机');
    expect(await register()).toEqual([]);
    expect((await feishu.taps('吴婷', '导入')).toast?.content).toBe(
      '已导入：新增 2，更改 0，未变 0',
    );
    await feishu.says('陈晨', '报修 AST-0007 卡纸');
    expect(feishu.last('陈晨')).toContain('3楼东侧');
  });

  test('two of one name are two; what moved is changed, what is not named stays', async () => {
    const moved = '编号,名称,地点\nAST-0007,打印机,4楼西侧\nAST-0011,打印机,5楼\n';
    await sends('吴婷', '资产2.csv', moved);
    await feishu.says('吴婷', '导入资产');
    expect(feishu.last('吴婷')).toContain('新增　1 项：AST-0011 打印机');
    expect(feishu.last('吴婷')).toContain('已有　1 项');
    expect((await feishu.taps('吴婷', '导入')).toast?.content).toContain('新增 1，更改 1');
    expect(await register()).toEqual([
      { number: 'AST-0007', place: '4楼西侧' },
      { number: 'AST-0008', place: '5楼茶水间' },
      { number: 'AST-0011', place: '5楼' },
    ]);
  });

  test('a mistake keeps all of it out; who is not of the office cannot', async () => {
    await sends('吴婷', '资产3.csv', '编号,名称,地点\nAST-0012,门,1楼\nAST-1,窗,1楼\n');
    await feishu.says('吴婷', '导入资产');
    expect(feishu.last('吴婷')).toContain('没有导入任何内容');
    expect(feishu.last('吴婷')).toContain('资产3.csv:3 编号');
    await sends('陈晨', '资产.csv', FILE);
    await feishu.says('陈晨', '导入资产');
    expect(feishu.last('陈晨')).toContain('资产名单由行政维护');
    expect(await register()).toHaveLength(3);
    expect(refusedForGood(feishu.feishu)).toEqual([]);
  });
});
