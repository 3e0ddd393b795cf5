/** Long lists are read page by page; a page stays honest when the list has changed since it was drawn. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { textOf } from '../../cards/plain.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

const REPAIRER = 'ou_office_2';

/** So many repairs are reported, on the first to the last floor. */
async function reported(count: number): Promise<void> {
  for (let floor = 1; floor <= count; floor++) {
    await office.says('陈晨', `${floor}楼打印机卡纸了`);
    await office.says('陈晨', '提交');
  }
}

const read = async (person: string): Promise<string> => textOf(await office.card(person), 'zh');

/** The last places of the numbers on the newest card of a person: `[9, 8, …]`. */
async function numbersOn(person: string): Promise<readonly number[]> {
  const text = await read(person);
  return [...text.matchAll(/^FIX-26-00(\d\d) /gm)].map(([, place]) => Number(place));
}

/** Taps a button of the newest list; the list on it changes. */
const turn = async (person: string, to: string): Promise<readonly number[]> => {
  await office.taps(person, to);
  return numbersOn(person);
};

test('nothing is passed over when what was on the first page is done meanwhile, and a page that is gone is not called empty', async () => {
  await reported(12);
  await office.says(REPAIRER, '我的待办');
  expect(await numbersOn(REPAIRER)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await read(REPAIRER)).toContain('第 1–8 项，共 12 项');
  // Two of those are withdrawn: 9 and 10 move up to where the reader believes to have been already.
  for (const number of ['FIX-26-0001', 'FIX-26-0002']) await office.says('陈晨', `撤回 ${number}`);
  const list = { v: 1, a: 'list', l: 'tasks', f: 8, n: 12 };
  await office.says(REPAIRER, '我的待办');
  expect((await office.forges(REPAIRER, list)).status).toBe(200);
  expect(await numbersOn(REPAIRER)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await read(REPAIRER)).not.toContain('没有等您处理的事');
});

test('back and forth, and 我的申请 stays what it was narrowed to on every page', async () => {
  await reported(9);
  await office.says('陈晨', '明天去苏州出差一天，见客户');
  await office.says('陈晨', '提交');
  await office.says('陈晨', '我的报修申请');
  expect(await numbersOn('陈晨')).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  expect(await turn('陈晨', '还有 1 项')).toEqual([1]);
  expect(await read('陈晨')).toContain('第 9 项，共 9 项');
  expect(await turn('陈晨', '上一页')).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
});

test('asked which of many, a person is told how many are not listed', async () => {
  await reported(7);
  await office.says('陈晨', '撤回报修');
  expect(await read('陈晨')).toContain('还有 2 张没列出');
});
