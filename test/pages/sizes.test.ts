import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserOrReason, openBrowser, openPage } from './browser.ts';
import { openOffice, type TestOffice } from './office.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it stands: the rule and where. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run().then((result) => result.violations.flatMap(
    (each) => each.nodes.map((node) => each.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}

/** What is wider than the place it has: the page itself, panes, chats, cards. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('html, .top, .pane, .chat, .log, .message, .card')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className || each.tagName)`,
  );

const SIZES = [
  { name: 'a wide screen', width: 1200, height: 800, dark: false },
  { name: 'a wide screen in the dark', width: 1200, height: 800, dark: true },
  { name: 'a tablet', width: 900, height: 1100, dark: false },
  { name: 'a phone', width: 390, height: 844, dark: false },
  { name: 'a phone in the dark', width: 390, height: 844, dark: true },
];

describe.skipIf(browserOrReason())('the page on', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.stop());

  test.each(SIZES)('$name is whole and accessible, empty and in use', async (size) => {
    await fetch(`${office.url}/simulator/reset`, { method: 'POST' });
    const browser = await openBrowser(size);
    try {
      const { page, complaints } = await openPage(browser, `${office.url}/`);
      await page.locator('.empty').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator('.pane:visible textarea').first().fill('下周二去上海出差三天');
      await page.locator('.pane:visible').getByRole('button', { name: '发送' }).first().click();
      const card = page.getByRole('article', { name: '出差申请' });
      await card.waitFor();
      await card.locator('summary').click();
      expect(await violations(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      await card.getByLabel('事由').fill('见客户');
      await card.getByLabel('王磊').check();
      await card.getByRole('button', { name: '提交' }).click();
      await page.getByText('已提交').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('a phone shows one chat at a time, with a dot at the other and a clock that unfolds', async () => {
    await fetch(`${office.url}/simulator/reset`, { method: 'POST' });
    const browser = await openBrowser({ width: 390, height: 844 });
    try {
      const { page } = await openPage(browser, `${office.url}/`);
      await office.channel.send(
        { channel: 'simulator', id: 'ou_rd_lead' },
        { text: { zh: '请审批', en: 'x' } },
        'p',
        'zh',
      );
      const other = page
        .getByRole('group', { name: '切换对话' })
        .getByRole('button', { name: '李伟' });
      await other.getByText('有新消息').waitFor();
      expect(await page.getByText('请审批').isVisible()).toBe(false);
      await other.click();
      await page.getByText('请审批').waitFor();
      await other.getByText('有新消息').waitFor({ state: 'hidden' });
      await page.getByRole('navigation').getByRole('button', { name: '王磊' }).click();
      expect(await page.locator('.pane:visible select').inputValue()).toBe('ou_rd_2');
      expect(await page.getByRole('button', { name: '+1 天' }).isVisible()).toBe(false);
      await page.getByRole('button', { name: '快进' }).click();
      await page.getByRole('button', { name: '+1 天' }).click();
      await page.getByText('时间已到').waitFor();
      expect(office.steps.at(-1)).toBe('1d');
    } finally {
      await browser.close();
    }
  });
});
