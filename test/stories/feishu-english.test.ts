/** Tables and charts know one language: that of whoever looks at the card, also after a tap. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

test('the table on a card stays in its reader’s language when a button changes the card', async () => {
  await office.says('陈晨', '领两盒A4纸和三支签字笔');
  const reader = office.app.db.updateTable('person').where('name', '=', '陈晨');
  await reader.set({ language: 'en' }).execute();
  const { text } = await office.taps('陈晨', '提交');
  expect(text).toContain('SUP-26-0001');
  expect(text).toContain('Item | Quantity | Price');
  expect(text).not.toContain('物品 | 数量');
});
