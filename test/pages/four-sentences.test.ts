/**
 * A new user's first ten minutes on the whole program: four sentences from words to done, by two people side by side, in a
 * real browser. With PICTURES=folder it leaves screenshots there (those in docs/ are made so).
 */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { browserOrReason, openBrowser, openPage, type TestBrowser } from './browser.ts';

const pane = (page: Page, side: 'left' | 'right'): Locator =>
  page.locator(`.pane[data-side="${side}"]`);
const pictures = process.env['PICTURES'];

async function snap(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function play(page: Page, side: 'left' | 'right', person: string): Promise<void> {
  await pane(page, side).locator('select').first().selectOption({ value: person });
}

async function say(page: Page, text: string): Promise<void> {
  await pane(page, 'left').getByRole('textbox', { name: '给办事发消息' }).fill(text);
  await pane(page, 'left').getByRole('button', { name: '发送' }).click();
}

/** The newest card in a pane whose title holds `title`. */
const card = (page: Page, side: 'left' | 'right', title: string): Locator =>
  pane(page, side).getByRole('article', { name: title }).last();

const tap = (where: Locator, label: string): Promise<void> =>
  where.getByRole('button', { name: label, exact: true }).click();

/** The state in a card's head: a finished step further down says 已完成 as well, long before the request is. */
const state = (where: Locator, word: string): Promise<void> =>
  where.locator('.tag', { hasText: word }).waitFor();

describe.skipIf(browserOrReason())('four sentences', () => {
  let office: TestOffice;
  let browser: TestBrowser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    office = await openOffice();
    const url = await office.app.server.listen({ host: '127.0.0.1', port: 0 });
    browser = await openBrowser({ width: 1280, height: 860 });
    ({ page, complaints } = await openPage(browser, url));
  });
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  test('a room', async () => {
    await say(page, '明天下午3点到5点订个10人的会议室，要投影');
    const draft = card(page, 'left', '会议室预订');
    await draft.getByText('珠峰').first().waitFor();
    await snap(page, '1-room-draft');
    await tap(draft, '提交');
    await state(card(page, 'left', 'ROOM-26-0001'), '已预订');
    await snap(page, '2-room-booked');
  });

  test('a trip: asked on the left, agreed on the right, booked by the office, confirmed', async () => {
    await say(page, '下周二到周四去上海出差，坐高铁，见客户');
    await tap(card(page, 'left', '出差申请'), '提交');
    const approval = card(page, 'right', 'TRIP-26-0001');
    await state(approval, '待审批');
    await snap(page, '3-trip-approval');
    await approval.getByLabel('意见').fill('注意安全');
    await tap(approval, '同意');
    await state(card(page, 'left', 'TRIP-26-0001'), '处理中');
    await play(page, 'right', 'ou_office_1');
    const booking = card(page, 'right', 'TRIP-26-0001');
    await booking.getByLabel('票务').fill('G1 北京南 09:00 – 上海虹桥 13:28 二等座');
    await booking.getByRole('textbox', { name: '酒店' }).fill('全季酒店（虹桥），3月10日入住 2 晚');
    await snap(page, '4-trip-booking');
    await tap(booking, '完成');
    const letter = card(page, 'left', 'TRIP-26-0001');
    await letter.getByText('出差安排确认函').waitFor();
    await letter.scrollIntoViewIfNeeded();
    await snap(page, '5-trip-confirmed');
    expect(await letter.getByText('G1 北京南').count()).toBe(1);
  });

  test('supplies: handed over by the office, signed for by the requester', async () => {
    await say(page, '领两盒A4纸和5支黑色签字笔');
    await tap(card(page, 'left', '物资申领'), '提交');
    const handing = card(page, 'right', 'SUP-26-0001');
    await snap(page, '6-supply-hand-over');
    await tap(handing, '发放');
    const mine = card(page, 'left', 'SUP-26-0001');
    await tap(mine, '签收');
    await state(mine, '已完成');
  });

  test('a repair: taken, done, accepted with stars', async () => {
    await play(page, 'right', 'ou_office_2');
    await say(page, '3楼打印机卡纸了');
    await tap(card(page, 'left', '报修'), '提交');
    const ticket = card(page, 'right', 'FIX-26-0001');
    await tap(ticket, '接单');
    await ticket.getByLabel('处理说明').fill('清理了纸路');
    await snap(page, '7-repair');
    await tap(ticket, '完成');
    const mine = card(page, 'left', 'FIX-26-0001');
    await mine.getByLabel('评价').selectOption({ value: '5' });
    await tap(mine, '验收');
    await state(mine, '已完成');
    await snap(page, '8-repair-accepted');
  });

  test('the clock goes forward, and a reminder comes to who has not answered', async () => {
    await play(page, 'right', 'ou_rd_lead');
    await say(page, '3月17号去广州出差，客户验收');
    await tap(card(page, 'left', '出差申请'), '提交');
    await card(page, 'right', 'TRIP-26-0002').waitFor();
    const before = await pane(page, 'right').getByRole('article', { name: 'TRIP-26-0002' }).count();
    for (let hour = 0; hour < 6; hour++)
      await page.getByRole('button', { name: '+1 小时' }).click();
    await page.getByRole('button', { name: '+1 天' }).click();
    await expect
      .poll(() => pane(page, 'right').getByRole('article', { name: 'TRIP-26-0002' }).count())
      .toBeGreaterThan(before);
    await state(card(page, 'right', 'TRIP-26-0002'), '已超时');
    await snap(page, '9-reminder');
    expect(complaints).toEqual([]);
  });
});
