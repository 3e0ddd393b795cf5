import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserOrReason, openBrowser, openPage, type TestBrowser } from './browser.ts';
import { draftCard } from './desk.ts';
import { openOffice, type TestOffice } from './office.ts';

const left = (page: Page): Locator => page.locator('.pane[data-side="left"]');
const right = (page: Page): Locator => page.locator('.pane[data-side="right"]');

/** Writes into a pane as its person and waits for the draft card. */
async function ask(pane: Locator, text: string): Promise<Locator> {
  await pane.getByRole('textbox', { name: '给办事发消息' }).fill(text);
  await pane.getByRole('button', { name: '发送' }).click();
  const card = pane.getByRole('article', { name: '出差申请' }).last();
  await card.waitFor();
  return card;
}

/** Fills in the draft's form and submits it. */
async function submit(card: Locator): Promise<void> {
  await card.getByLabel('事由').fill('见客户');
  await card.getByLabel('王磊').check();
  await card.getByRole('button', { name: '提交' }).click();
}

describe.skipIf(browserOrReason())('the chat page', () => {
  let office: TestOffice;
  let browser: TestBrowser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    office = await openOffice();
    browser = await openBrowser({ width: 1200, height: 800 });
  });
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });
  beforeEach(async () => {
    await fetch(`${office.url}/simulator/reset`, { method: 'POST' });
    await page?.close();
    ({ page, complaints } = await openPage(browser, `${office.url}/`));
  });

  test('the employee asks on the left, the manager approves on the right, nobody reloads', async () => {
    const draft = await ask(left(page), '下周二去上海出差三天');
    expect(await right(page).getByRole('article').count()).toBe(0);
    await submit(draft);
    await page.getByText('已提交').waitFor();
    const approval = right(page).getByRole('article', { name: '陈晨的出差申请' });
    await approval.getByLabel('意见').fill('注意安全');
    await approval.getByRole('button', { name: '同意' }).click();
    const mine = left(page).getByRole('article', { name: '出差申请 TRIP-26-0042' });
    await mine.getByText('已通过').waitFor();
    expect(await left(page).getByRole('article').count()).toBe(1);
    const [submitted, approved] = office.diary.taps.slice(-2);
    expect(submitted?.answers).toEqual({
      reason: '见客户',
      by: 'train',
      from: '2026-11-22T09:00',
      days: '3',
      with: ['a'],
      hotel: true,
    });
    expect(submitted?.value).toEqual({ v: 1, a: 'submit', draft: 7 });
    expect(approved).toMatchObject({
      from: { id: 'ou_rd_lead' },
      answers: { comment: '注意安全' },
    });
    expect(complaints).toEqual([]);
  });

  test('a message is answered by 回复: what it is about stands above the line, and goes along', async () => {
    await ask(left(page), '出差');
    const card = left(page).locator('.message-out').first();
    await card.getByRole('button', { name: '回复：出差申请' }).click();
    const line = left(page).locator('.answering');
    expect(await line.innerText()).toContain('回复 出差申请');
    await page.keyboard.press('Escape');
    expect(await line.isVisible()).toBe(false);
    // The same by the keyboard alone.
    await card.getByRole('button', { name: '回复：出差申请' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('改成后天');
    await page.keyboard.press('Enter');
    await left(page).locator('.message-in .quoted', { hasText: '出差申请' }).waitFor();
    const said = office.diary.messages.at(-1);
    expect(said).toMatchObject({ text: '改成后天', repliesTo: await card.getAttribute('id') });
    expect(await line.isVisible()).toBe(false);
    await ask(left(page), '再来一句');
    expect(office.diary.messages.at(-1)).not.toHaveProperty('repliesTo');
    expect(complaints).toEqual([]);
  });

  test('nothing is sent while something required is missing', async () => {
    const card = await ask(left(page), '出差');
    const taps = office.diary.taps.length;
    await card.getByRole('button', { name: '提交' }).click();
    expect(await card.locator(':focus').getAttribute('name')).toBe('reason');
    await card.getByLabel('事由').fill('见客户');
    await card.getByRole('button', { name: '提交' }).click();
    expect(await card.locator(':focus').getAttribute('name')).toBe('with');
    expect(office.diary.taps).toHaveLength(taps);
    await submit(card);
    await page.getByText('已提交').waitFor();
    expect(office.diary.taps).toHaveLength(taps + 1);
  });

  test('a button with a question asks it first, and Escape means no', async () => {
    const card = await ask(left(page), '出差');
    const taps = office.diary.taps.length;
    await card.getByRole('button', { name: '取消' }).click();
    await page.getByRole('dialog', { name: '取消这份草稿？' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(office.diary.taps).toHaveLength(taps);
    await card.getByRole('button', { name: '取消' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('知道了').waitFor();
    expect(office.diary.taps.at(-1)?.value).toEqual({ v: 1, a: 'cancel' });
  });

  test('a card that changes keeps what was typed into it', async () => {
    const card = await ask(left(page), '出差');
    await card.getByLabel('事由').fill('写了一半');
    await card.getByLabel('刘洋').check();
    const id = (await left(page).locator('.message-out').getAttribute('id')) ?? '';
    const changed = { ...draftCard({ text: '出差', files: [] }), subtitle: '规则变了' };
    await office.channel.update(id, changed, 'zh');
    await left(page).getByText('规则变了').waitFor();
    expect(await card.getByLabel('事由').inputValue()).toBe('写了一半');
    expect(await card.getByLabel('刘洋').isChecked()).toBe(true);
  });

  test('a card longer than the pane is shown from its head, with the question above it', async () => {
    const card = await ask(left(page), '下周二去上海出差三天');
    const pane = await left(page).locator('.log').boundingBox();
    const bubble = await left(page).locator('.bubble').boundingBox();
    const head = await card.getByRole('heading').boundingBox();
    expect(pane && bubble && bubble.y >= pane.y).toBe(true);
    expect(pane && head && head.y < pane.y + pane.height / 2).toBe(true);
  });

  test('markup in a message is shown, not obeyed', async () => {
    const text = '<img src=x onerror="document.title=1"><b>粗</b>';
    await ask(left(page), text);
    expect(await left(page).locator('.bubble').textContent()).toBe(text);
    expect(await left(page).locator('dd').last().textContent()).toBe(text);
    expect(complaints).toEqual([]);
  });

  test('a picture goes along and is shown in the chat and on the card', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const files = [{ name: '打印机.png', mimeType: 'image/png', buffer: png }];
    await left(page).getByLabel('添加图片').setInputFiles(files);
    await left(page).getByText('打印机.png').waitFor();
    await left(page).getByRole('button', { name: '发送' }).click();
    const shown = left(page).locator('.message-in').getByRole('img', { name: '打印机.png' });
    await shown.waitFor();
    await left(page).getByRole('img', { name: '附上的图片' }).scrollIntoViewIfNeeded();
    const widths = page.evaluate(
      `Promise.all([...document.querySelectorAll('.log img')].map((each) => each.decode().then(() => each.naturalWidth)))`,
    );
    expect(await widths).toEqual([1, 1]);
  });

  test('an example is one tap', async () => {
    await left(page).getByRole('button', { name: '领两包A4纸' }).click();
    await left(page).locator('.message-in').getByText('领两包A4纸').waitFor();
    expect(office.diary.messages.at(-1)?.text).toBe('领两包A4纸');
  });

  test('whoever got a message has a dot until somebody looks', async () => {
    const entry = page.getByRole('navigation').getByRole('button', { name: '孙丽' });
    const dot = entry.getByText('有新消息');
    expect(await dot.isVisible()).toBe(false);
    await office.channel.send(
      { channel: 'simulator', id: 'ou_office_manager' },
      { text: { zh: '请看', en: 'Look' } },
      'dot-1',
      'zh',
    );
    await dot.waitFor();
    await page.reload();
    await dot.waitFor();
    await entry.click();
    await right(page).getByText('请看').waitFor();
    await dot.waitFor({ state: 'hidden' });
    await page.reload();
    await right(page).getByText('请看').waitFor();
    expect(await dot.isVisible()).toBe(false);
  });

  test('the right pane follows to the manager until somebody is chosen there', async () => {
    const who = (side: string) => page.locator(`#person-${side}`).inputValue();
    await page.locator('#person-left').selectOption('ou_sales_1');
    expect(await who('right')).toBe('ou_sales_lead');
    await page.locator('#person-right').selectOption('ou_finance');
    await page.locator('#person-left').selectOption('ou_marketing_1');
    expect(await who('right')).toBe('ou_finance');
    await page.locator('#person-left').selectOption('ou_finance');
    expect([await who('left'), await who('right')]).toEqual(['ou_finance', 'ou_marketing_1']);
    await page.reload();
    expect([await who('left'), await who('right')]).toEqual(['ou_finance', 'ou_marketing_1']);
  });

  test('the clock moves forward and shows the time of the office', async () => {
    const time = page.locator('#clock');
    await time
      .getByText('15:00')
      .or(time.getByText(/\d\d:00/))
      .waitFor();
    const before = (await time.textContent()) ?? '';
    await page.getByRole('button', { name: '+1 小时' }).click();
    await page.getByText('时间已到').waitFor();
    expect(office.steps.at(-1)).toBe('1h');
    expect(await time.textContent()).not.toBe(before);
    await page.getByRole('button', { name: '下个工作日 9 点' }).click();
    await expect.poll(() => office.steps.at(-1)).toBe('to 09:00 next workday');
  });

  test('a reset asks, then empties every chat', async () => {
    await ask(left(page), '出差');
    const resets = office.resets();
    await page.getByRole('button', { name: '重置' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '返回' }).click();
    expect(office.resets()).toBe(resets);
    await page.getByRole('button', { name: '重置' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await left(page).getByText('想办什么，直接说').waitFor();
    expect(office.resets()).toBe(resets + 1);
    expect(await page.locator('.message').count()).toBe(0);
  });

  test('English is one click away and keeps whom one watches', async () => {
    await page.locator('#person-left').selectOption('ou_sales_1');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Send' }).first().waitFor();
    expect(await page.locator('#person-left').inputValue()).toBe('ou_sales_1');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.locator('.pane[data-side="left"] textarea').fill('trip');
    await page.locator('.pane[data-side="left"] textarea').press('Enter');
    await left(page).getByRole('button', { name: 'Submit' }).waitFor();
    await left(page).getByText('guess').waitFor();
  });

  test('everything can be done by keyboard alone', async () => {
    const tabTo = async (isThere: () => Promise<boolean>): Promise<void> => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        if (await isThere()) return;
      }
      throw new Error('not reached by Tab');
    };
    const focused = (locator: Locator) => () => locator.evaluate((each) => each.matches(':focus'));
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('跳到对话');
    await page.keyboard.press('Enter');
    await tabTo(focused(left(page).locator('textarea')));
    await page.keyboard.type('下周二去上海');
    await page.keyboard.press('Enter');
    const card = left(page).getByRole('article', { name: '出差申请' });
    await card.waitFor();
    await page.keyboard.press('Shift+Tab'); // picture
    await left(page).locator('.log').focus();
    await tabTo(focused(card.getByLabel('事由')));
    await page.keyboard.type('见客户');
    await tabTo(focused(card.getByLabel('王磊')));
    await page.keyboard.press('Space');
    await tabTo(focused(card.getByRole('button', { name: '提交' })));
    await page.keyboard.press('Enter');
    const pending = left(page).getByRole('article', { name: '出差申请 TRIP-26-0042' });
    await pending.waitFor();
    expect(await focused(pending)()).toBe(true);
    await tabTo(focused(pending.getByRole('button', { name: '撤回' })));
  });

  test('while the server is away the page says so, keeps the text, and recovers', async () => {
    const text = left(page).getByRole('textbox', { name: '给办事发消息' });
    await ask(left(page), '第一条');
    await office.restart(async () => {
      await page.getByRole('alert').getByText('连接断开了').waitFor();
      await text.fill('断线时写的');
      await text.press('Enter');
      await left(page).getByText('没有发出去').waitFor();
      expect(await text.inputValue()).toBe('断线时写的');
    });
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('连接断开了').waitFor({ state: 'hidden' });
    await text.press('Enter');
    await left(page).locator('.bubble').getByText('断线时写的').waitFor();
    expect(await left(page).locator('.bubble').allTextContents()).toEqual(['第一条', '断线时写的']);
    expect(await text.inputValue()).toBe('');
  });
});
