/** The register of assets: imported, labelled, and said in a report. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { readAssets } from '../../src/imports/assets.ts';
import { importAssets } from '../../src/requests/repair/import.ts';
import { commandLine } from '../cli/command-line.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';
import { buttonsOf, openOffice, type TestOffice } from '../office/office.ts';

const FILE = [
  '编号,名称,地点,型号,购入日期,质保到期,供应商,供应商联系方式',
  'ast-0007,打印机,3楼东侧,HP M428,2025-06-01,2027/5/31,广州惠印,张工 13800000000',
  'AST-0008,饮水机,5楼茶水间,,2020-01-01,2022-01-01,,',
].join('\n');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let office: TestOffice;
const imports = async (text: string): Promise<void> => {
  const table = await readAssets(bytes(text), 'assets.csv');
  if (!table.ok) throw new Error(table.mistakes.join('\n'));
  const clock = { now: office.app.now };
  await inWork({ db: office.app.db, clock }, { actor: 'system' }, (work) =>
    importAssets(work, table.rows),
  );
};
const opened = async (): Promise<void> => {
  office = await openOffice();
  await imports(FILE);
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
    const first = await line.runHere(['import', 'assets', line.file('assets.csv', FILE)]);
    expect(first.out).toContain('新增 2，更改 0，未变 0');
    const again = await line.runHere(['import', 'assets', line.file('assets.csv', FILE)]);
    expect(again.out).toContain('新增 0，更改 0，未变 2');
    const moved = FILE.replace('3楼东侧', '4楼西侧');
    expect((await line.runHere(['import', 'assets', line.file('a.csv', moved)])).out).toContain(
      '更改 1',
    );
    const bad = await line.runHere([
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
    expect((await line.runHere(['assets', 'qr'])).err).toContain('还没有资产');
    await line.runHere([
      'import',
      'assets',
      line.file('assets.csv', `${FILE}\nAST-0010,<b>门</b>,1楼,,,,,`),
    ]);
    const { out } = await line.runHere(['assets', 'qr']);
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

describe('who has what', () => {
  beforeAll(async () => {
    office = await openOffice();
    await imports(
      [
        '编号,名称,地点,使用人',
        'AST-0030,笔记本电脑,3楼,陈晨',
        'AST-0031,显示器,3楼,陈晨',
        'AST-0032,笔记本电脑,4楼,王磊',
        'AST-0033,打印机,4楼,-',
      ].join('\n'),
    );
  });
  afterAll(closed);

  test('my assets are mine only; somebody without any is told so', async () => {
    await office.says('陈晨', '我名下的资产');
    const own = await office.last('陈晨');
    expect(own).toContain('您名下有 2 件资产');
    expect(own).toContain('AST-0031 | 显示器 | 3楼');
    expect(own).not.toContain('AST-0032');
    await office.says('何佳', '我的资产');
    expect(await office.last('何佳')).toContain('您名下没有登记的资产');
  });

  test('a list that names nobody’s name, or one of two, is not imported', async () => {
    const wrong = '编号,名称,地点,使用人\nAST-0040,门,1楼,刘洋\nAST-0041,窗,1楼,张三丰';
    const refused = await imports(wrong).catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toContain('AST-0040 使用人: 有 2 位 “刘洋”');
    expect(JSON.stringify(refused)).toContain('AST-0041 使用人: 通讯录里没有 “张三丰”');
    const line = await commandLine();
    const told = await line.runHere(['import', 'assets', line.file('assets.csv', wrong)]);
    expect(told.code).toBe(1);
    expect(told.err).toContain('AST-0041 使用人');
  });

  test('请大家确认资产: looked at first, then one card for each holder; nobody else may begin it', async () => {
    await office.says('陈晨', '请大家确认资产');
    expect(await office.last('陈晨')).toContain('资产确认由行政发起');
    await office.says('ou_office_1', '请大家确认资产');
    expect(await office.last('ou_office_1')).toContain('将请 2 位同事确认 3 件资产');
    expect(await office.last('王磊')).not.toContain('确认名下资产');
    const [send] = buttonsOf(await office.card('ou_office_1'));
    await office.taps('ou_office_1', '发出');
    // A colleague of the office has the same thought.
    await office.says('ou_office_2', '请大家确认资产');
    expect((await office.forges('ou_office_2', send?.value)).toast).toContain('24 小时内已经问过');
    expect(await office.last('陈晨')).toContain('AST-0030 笔记本电脑（3楼）');
    expect(await office.last('王磊')).toContain('请确认 1 件资产是否还在您这');
    expect(await office.last('何佳')).not.toContain('确认名下资产');
  });

  test('each answers for their own; the office sees how it stands and is told when all have answered', async () => {
    const [forged] = buttonsOf(await office.card('王磊'));
    expect((await office.forges('何佳', forged?.value)).toast).toContain('不归您办理');
    await office.taps('王磊', '在用');
    await office.says('ou_office_1', '资产确认结果');
    expect(await office.last('ou_office_1')).toContain('3 件：在用 1，不在 0，未答 2');
    expect(await office.last('ou_office_1')).toContain('还没确认完的 1 位：陈晨');
    expect((await office.taps('ou_office_1', '催一下')).toast).toContain('24 小时内已经问过');
    await office.later('1d');
    await office.later('1h');
    const asked = (await office.sees('陈晨')).length;
    expect((await office.taps('ou_office_1', '催一下')).toast).toBe('已再问 1 位');
    expect((await office.sees('陈晨')).length).toBe(asked + 1);
    await office.taps('陈晨', '不在我这'); // of AST-0030, which stands first
    await office.taps('陈晨', '在用');
    const told = await office.last('ou_office_1');
    expect(told).toContain('3 件：在用 2，不在 1，未答 0');
    expect(told).toContain('AST-0030 | 笔记本电脑 | 陈晨');
  });

  test('what a leaver has is told to the office once', async () => {
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('name', '=', '王磊')
      .execute();
    await office.app.tick();
    await office.app.tick();
    await office.settle();
    const told = (await office.sees('ou_office_1')).filter((each) => each.includes('已离职'));
    expect(told).toEqual([
      '王磊 已离职，名下还有 1 件资产要收回：AST-0032 笔记本电脑。收回后请在资产表里改「使用人」再导入',
    ]);
  });
});
