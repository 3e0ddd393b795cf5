/**
 * The digest and the monthly report in a real browser, on a phone and on a desk: charts are drawn, nothing is too wide, the browser has
 * nothing to complain about. With PICTURES=folder it leaves screenshots there (those in docs/ are made so).
 */
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { browserOrReason, openBrowser, openPage } from './browser.ts';
import { writeHistory, writeUse } from './history.ts';

const pictures = process.env['PICTURES'];

describe.skipIf(browserOrReason())('reports', () => {
  let office: TestOffice;
  let url: string;
  beforeAll(async () => {
    office = await openOffice({
      start: Temporal.Instant.from('2026-03-02T08:55:00+08:00'),
      rules: (rules) => ({
        ...rules,
        budgets: { supply: { departments: { 研发部: 800, 市场部: 100 }, others: 1_000 } },
      }),
    });
    await writeHistory(office.app.db);
    await writeUse(office.app.db);
    await office.later('15m');
    await busyMonday(office);
    url = await office.app.server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => office?.stop());

  test.each([
    ['phone', { width: 390, height: 1180 }],
    ['desk', { width: 1100, height: 1330 }],
  ])(
    'on a %s',
    async (where, size) => {
      for (const [person, other, title, name] of [
        ['ou_office_manager', 'ou_director', '今天', 'digest'],
        ['ou_director', 'ou_office_manager', '2月', 'monthly-report'],
      ] as const) {
        const browser = await openBrowser(size);
        try {
          const { page, complaints } = await openPage(browser, url);
          const panes = page.locator('.pane:visible');
          await panes.first().locator('select').first().selectOption({ value: person });
          if (where === 'desk')
            await panes.last().locator('select').first().selectOption({ value: other });
          const card: Locator = panes.first().getByRole('article', { name: title }).last();
          await card.waitFor();
          const chart = card.getByRole('img').last();
          expect(await chart.getAttribute('aria-label')).toContain('新收');
          expect(await isTooWide(card)).toBe(false);
          await card.evaluate((element) => element.scrollIntoView({ block: 'start' }));
          if (pictures) await page.screenshot({ path: join(pictures, `${name}-${where}.png`) });
          expect(complaints).toEqual([]);
        } finally {
          await browser.close();
        }
      }
    },
    60_000,
  );
});

const isTooWide = (card: Locator): Promise<boolean> =>
  card.evaluate((element) => element.scrollWidth > element.clientWidth + 1);

/** What has come in by Monday at six. */
async function busyMonday(office: TestOffice): Promise<void> {
  const asked: readonly (readonly [who: string, what: string])[] = [
    ['何佳', '3楼打印机卡纸了'],
    ['王磊', '领两包A4纸'],
    ['陈晨', '明天下午3点到5点订珠峰会议室，8个人，要投影，主题是季度复盘'],
    ['林晓', '明天9点到下午3点订黄山会议室，主题是新人培训'],
    ['罗敏', '后天9点到下午4点订泰山会议室，主题是渠道大会'],
    ['马超', '4楼会议室的空调不制冷'],
  ];
  for (const [who, what] of asked) {
    await office.says(who, what);
    await office.taps(who, '提交');
  }
  await office.taps('吴婷', '发放');
  await office.taps('郑强', '接单');
  await office.taps('郑强', '完成');
  // One was to be done by noon.
  const open = office.app.db
    .updateTable('task')
    .where('state', '=', 'open')
    .where('step_id', '=', 'fix');
  await open.set({ due_at: Temporal.Instant.from('2026-03-02T14:30:00+08:00') }).execute();
  await office.app.db
    .updateTable('item')
    .set({ low_mark: 300 })
    .where('name', '=', 'A4纸')
    .execute();
  for (let step = 0; step < 9; step++) await office.later('1h');
}
