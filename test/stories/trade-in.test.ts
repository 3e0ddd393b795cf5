/** 以旧换新: the old one is brought for the new one; who does not bring it says why, and who takes more than their due as well. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { readSupplies } from '../../src/imports/supplies.ts';
import { importSupplies } from '../../src/requests/supply/import.ts';
import { ledgerRows } from '../../src/supplies/ledger-table.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const CATALOGUE = [
  '名称,分类,单位,单价,库存,预警线,别名,以旧换新',
  '硒鼓,耗材,个,50,6,2,墨盒;碳粉,是',
  '键盘,数码,个,60,5,1,,是',
  '鼠标,数码,个,59,12,3,,否',
].join('\n');

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      supplies: {
        ...rules.supplies,
        tradeIn: { ...rules.supplies.tradeIn, perItem: { 键盘: { within: '1d' } } },
      },
    }),
  });
  const table = await readSupplies(new TextEncoder().encode(CATALOGUE), 'supplies.csv');
  if (!table.ok) throw new Error(table.mistakes.join('\n'));
  const clock = { now: office.app.now };
  await inWork({ db: office.app.db, clock }, { actor: 'system' }, (work) =>
    importSupplies(work, table.rows),
  );
});
afterAll(() => office.stop());

const OFFICE = 'ou_office_1';
const left = async (name: string): Promise<number> => {
  const { on_hand } = await office.app.db
    .selectFrom('item')
    .select('on_hand')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return on_hand;
};
const lastRow = async () => {
  const rows = await office.app.db.transaction().execute((tx) => ledgerRows(tx, 'Asia/Shanghai'));
  return rows.at(-1);
};

describe('the old one for the new one', () => {
  test('the draft says so in one line, for what the catalogue marks and nothing else', async () => {
    await office.says('陈晨', '领1个硒鼓');
    expect(await office.last('陈晨')).toContain('以旧换新：领取时请带旧的硒鼓来换');
    await office.taps('陈晨', '提交');
    await office.says('何佳', '领1个鼠标');
    expect(await office.last('何佳')).not.toContain('以旧换新');
    await office.taps('何佳', '提交');
  });

  test('at the hand-over the office ticks it, or says why not; with neither nothing is handed over', async () => {
    await office.taps(OFFICE, '发放'); // of 何佳, who needs no tick
    expect(await left('鼠标')).toBe(11);
    await office.replies(OFFICE, 'SUP-26-0001', '发放');
    expect(await office.last(OFFICE)).toContain('旧的硒鼓还没有收回');
    expect((await office.sees(OFFICE)).join()).toContain('<old1> 旧件已收回：硒鼓');
    expect((await office.taps(OFFICE, '发放')).toast).toContain('请在发放卡片上勾「旧件已收回」');
    expect(await left('硒鼓')).toBe(6);
    await office.taps(OFFICE, '发放', { old1: true });
    expect(await left('硒鼓')).toBe(5);
    expect(await lastRow()).toMatchObject({ 物品: '硒鼓', 类型: '领用', 旧件: '已收回' });
    expect(await office.last('陈晨')).toContain('旧件已收回：硒鼓：是');
  });

  test('who brought it may come again at once; who did not stands in the ledger with the reason', async () => {
    await office.says('陈晨', '领1个硒鼓');
    expect(await office.last('陈晨')).not.toContain('多领');
    await office.says('陈晨', '算了');
    await office.submits('王磊', '领1个墨盒');
    await office.taps(OFFICE, '发放', { oldWhy: '搬家时丢了' });
    expect(await lastRow()).toMatchObject({ 物品: '硒鼓', 旧件: '未收回：搬家时丢了' });
  });
});

describe('more than one person’s due', () => {
  test('needs a reason, which whoever hands it over reads', async () => {
    await office.says('王磊', '领1个硒鼓');
    const draft = await office.last('王磊');
    expect(draft).toContain('「硒鼓」每人 30 天内 1 个，您有 1 个没交回旧件，这次 1 个');
    expect(draft).toContain('<reason>');
    expect((await office.taps('王磊', '提交')).toast).not.toContain('已提交');
    expect((await office.taps('王磊', '提交', { reason: '项目投标要打印' })).toast).toContain(
      '已提交',
    );
    expect(await office.last(OFFICE)).toContain('多领原因：项目投标要打印');
  });

  test('what was promised and not handed over yet counts; two at once are more than one', async () => {
    await office.submits('罗敏', '领1个硒鼓');
    await office.says('罗敏', '领1个硒鼓');
    expect(await office.last('罗敏')).toContain('您有 1 个没交回旧件');
    await office.says('罗敏', '算了');
    await office.says('马超', '领2个硒鼓');
    expect(await office.last('马超')).toContain('您有 0 个没交回旧件，这次 2 个');
    await office.says('马超', '算了');
  });

  test('an item may have a time of its own, after which it is due again', async () => {
    await office.submits('林晓', '领1个键盘');
    await office.says('林晓', '领1个键盘');
    expect(await office.last('林晓')).toContain('「键盘」每人 1 天内 1 个');
    await office.says('林晓', '算了');
    await office.later('1d');
    await office.later('1h');
    await office.says('林晓', '领1个键盘');
    expect(await office.last('林晓')).not.toContain('多领');
  });
});

test('the month tells how many old ones came back, and who did not bring theirs', async () => {
  await office.says(OFFICE, '本月各部门用了多少办公用品');
  expect(await office.last(OFFICE)).toContain(
    '以旧换新：硒鼓：应收旧件 2 个，收回 1 个；没收回：王磊 1 个（搬家时丢了）',
  );
});
