/** Pages for people outside the chat in a real browser: a firm's link on a telephone, and what the codes on a label and at a door lead to. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { browserOrReason, openBrowser, openPage } from './browser.ts';

const PHONE = { width: 360, height: 740, locale: 'zh-CN' };

describe.skipIf(browserOrReason())('outside', () => {
  let office: TestOffice;
  let url: string;
  beforeAll(async () => {
    office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } });
    await office.app.db
      .insertInto('asset')
      .values({
        number: 'AST-0007',
        name: '空调',
        place: '5楼',
        model: 'GREE-72',
        bought: null,
        warranty_until: null,
        supplier: '广州冷暖',
        supplier_contact: null,
      })
      .execute();
    await office.says('陈晨', '报修 AST-0007 不制冷');
    await office.taps('陈晨', '提交');
    await office.taps('郑强', '接单');
    await office.taps('郑强', '请厂家来');
    await office.taps('郑强', '生成链接', { vendor: '广州冷暖' });
    url = await office.app.server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => office?.stop());

  test('a firm says that it came and is done, with a note and a photo, without a script', async () => {
    const sent = (await office.sees('郑强')).find((each) => each.includes('/vendor/')) ?? '';
    const path = /\/vendor\/\S+/.exec(sent)?.[0] ?? '';
    const browser = await openBrowser(PHONE);
    try {
      const { page, complaints } = await openPage(browser, `${url}${path}`);
      expect(await page.locator('script').count()).toBe(0);
      expect(await page.locator('main').innerText()).toContain('GREE-72');
      const wide = await page
        .locator('html')
        .evaluate((root) => root.scrollWidth > root.clientWidth);
      expect(wide).toBe(false);
      // The style is ours and was let in: a button is as high as a thumb.
      const box = await page.getByRole('button', { name: '到场' }).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      await page.getByRole('button', { name: '到场' }).click();
      await page.getByText('已记下，谢谢').waitFor();
      await page.getByLabel('说明').fill('换了压缩机');
      await page
        .getByLabel('照片')
        .setInputFiles(fileURLToPath(new URL('../../docs/7-repair.png', import.meta.url)));
      await page.getByRole('button', { name: '完成' }).click();
      await page.getByText('已记下，谢谢').waitFor();
      await office.settle();
      expect(await office.last('郑强')).toContain('【广州冷暖】完成：换了压缩机');
      expect(await office.last('郑强')).toContain('[图片 7-repair.png]');
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('a scanned label leads to the chat with the sentence written', async () => {
    const browser = await openBrowser(PHONE);
    try {
      const { page, complaints } = await openPage(browser, `${url}/report/AST-0007`);
      await page.getByText('报修 AST-0007', { exact: true }).waitFor();
      await page.getByRole('link', { name: '打开办事' }).click();
      const line = page.locator('.composer textarea').first();
      await expect.poll(() => line.inputValue()).toBe('报修 AST-0007');
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('at a door, on a narrow telephone: whether the room is free, and a sentence that takes it by one tap', async () => {
    const { door } = await office.app.db
      .selectFrom('room')
      .select('door')
      .where('name', '=', '珠峰')
      .executeTakeFirstOrThrow();
    const browser = await openBrowser(PHONE);
    try {
      const { page, complaints } = await openPage(browser, `${url}/room/${door}`);
      expect(await page.locator('script').count()).toBe(0);
      expect(await page.getByRole('status').innerText()).toBe('空着，今天没有别的预订');
      const wide = await page
        .locator('html')
        .evaluate((root) => root.scrollWidth > root.clientWidth);
      expect(wide).toBe(false);
      const links = page.getByRole('link', { name: '打开办事' });
      expect(await links.count()).toBe(3);
      const box = await links.first().boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      await links.first().click();
      const line = page.locator('.composer textarea').first();
      await expect.poll(() => line.inputValue()).toBe('现在用珠峰30分钟');
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
