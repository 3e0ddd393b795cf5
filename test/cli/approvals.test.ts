import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardText, openOffice, type TestOffice } from '../office/office.ts';
import { commandLine } from './command-line.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const explained = async (...args: readonly string[]) =>
  (await commandLine(office.app.db)).runHere(['approvals', 'explain', ...args]);

test('a person with two places in a row is named once, with both reasons, as on the draft card', async () => {
  const { code, out } = await explained('trip', '--for', '何佳', '--measure', '5');
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    '1. 马超（直属上级、部门负责人，只问一次 | Line manager, Head of department, asked once）',
    '2. 周敏（办公室主任 | Director）',
  ]);
  await office.says('何佳', '3月16日到20日去青岛出差，坐高铁，见客户');
  expect(await office.last('何佳')).toContain(
    '提交后审批：马超（直属上级、部门负责人，只问一次） → 周敏（办公室主任）',
  );
  expect(cardText(await office.card('何佳'), 'en')).toContain(
    'Approval by: 马超 (Line manager, Head of department, asked once) → 周敏 (Director)',
  );
});

test('who is asked for a countersign signs it, also right after agreeing alone', async () => {
  const { out } = await explained('supply', '--for', '吴婷', '--measure', '5000');
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    '1. 孙丽（直属上级 | Line manager）',
    '2.（会签 all） 孙丽（行政主管 | Office manager）；钱芳（财务 | Finance）',
  ]);
});

test('a journey beyond the standard: one more is asked', async () => {
  const { out } = await explained('trip', '--for', '林晓', '--measure', '1', '--over-standard');
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    '1. 黄静（直属上级 | Line manager）',
    '2. 周敏（办公室主任 | Director）',
  ]);
});

test('the director asks for themselves: the next leader, for the reason that is told', async () => {
  const { out } = await explained('trip', '--for', '周敏', '--measure', '5');
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    '1. 赵建国（直属上级、部门负责人、办公室主任，只问一次 | Line manager, Head of department, Director, asked once）',
  ]);
});

test('a leader who has left: the one above, and why', async () => {
  await office.app.db
    .updateTable('person')
    .set({ active: false })
    .where('name', '=', '黄静')
    .execute();
  const { out } = await explained('trip', '--for', '林晓', '--measure', '1');
  expect(out).toContain('1. 赵建国（直属上级 | Line manager；直属上级不能审批，上移一级');
});

test('nobody has to approve', async () => {
  const { out } = await explained('room', '--for', '陈晨', '--measure', '1');
  expect(out).toContain('无需审批');
});
