/** Working on a repair: parts out of stock, pictures of before and after, a firm from outside. */
import { afterEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

const REPAIRER = '郑强';

let office: TestOffice;
afterEach(() => office.stop());

async function taken(text = '3楼打印机没墨了'): Promise<void> {
  await office.says('陈晨', text);
  await office.taps('陈晨', '提交');
  await office.taps(REPAIRER, '接单');
}

const stock = async (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

describe('parts', () => {
  test('said or filled in, they leave the stock and stand on the ticket with what they cost', async () => {
    office = await openOffice();
    await taken();
    await office.says(REPAIRER, '用了2个硒鼓');
    expect(await stock('硒鼓')).toEqual({ on_hand: 4, reserved: 0 });
    expect(await office.last(REPAIRER)).toContain('配件：硒鼓 2 个');
    await office.taps(REPAIRER, '用配件');
    await office.taps(REPAIRER, '出库', { parts: '一个鼠标' });
    expect(await stock('鼠标')).toEqual({ on_hand: 11, reserved: 0 });
    await office.taps(REPAIRER, '完成', { done: '换了硒鼓', cost: '100' });
    // 2 × 320 + 59 + 100
    expect(await office.last('陈晨')).toContain('费用：¥799');
    const moved = await office.app.db
      .selectFrom('movement')
      .select(['sort', 'on_hand_change'])
      .where('request_id', '=', 1)
      .where('sort', '=', 'issue')
      .execute();
    expect(moved.map((each) => each.on_hand_change)).toEqual([-2, -1]);
  });

  test('its thread goes on to what was bought, since the last of it ran low by this repair', async () => {
    office = await openOffice();
    await taken();
    await office.says(REPAIRER, '用了5个硒鼓');
    await office.later('15m');
    await office.says(REPAIRER, 'FIX-26-0001 的来龙去脉');
    const told = await office.last(REPAIRER);
    expect(told).toContain('▶ 报修 FIX-26-0001 · 处理中');
    expect(told).toContain('└ 出库 硒鼓 5 个 · 已出库');
    expect(told).toMatch(/　└ 采购 硒鼓 \d+ · 待询价/u);
  });

  test('all of them or none: what is not there is said, and nothing is taken', async () => {
    office = await openOffice();
    await taken();
    await office.says(REPAIRER, '用了1个鼠标、99个硒鼓');
    expect(await office.last(REPAIRER)).toContain('「硒鼓」的库存刚刚不够了');
    expect(await stock('鼠标')).toEqual({ on_hand: 12, reserved: 0 });
    await office.says(REPAIRER, '用了3个轴承');
    expect(await office.last(REPAIRER)).toContain('库存里没有「轴承」');
    // Who repairs nothing takes nothing.
    await office.says('罗敏', '用了2个硒鼓');
    expect(await stock('硒鼓')).toEqual({ on_hand: 6, reserved: 0 });
  });
});

test('where the office wants it, it is done only with a picture of what was done', async () => {
  office = await openOffice({
    rules: (rules) => ({ ...rules, repairs: { ...rules.repairs, photoAfter: true } }),
  });
  await office.sends('陈晨', 'before.png');
  await taken();
  expect((await office.taps(REPAIRER, '完成', { done: '换了' })).toast).toContain(
    '完成前请发一张修好后的照片',
  );
  await office.sends(REPAIRER, 'after.png');
  await office.taps(REPAIRER, '完成', { done: '换了' });
  const card = await office.last('陈晨');
  expect(card).toContain('[图片 before.png]');
  expect(card).toMatch(/修好后的照片\n\[图片 after\.png\]/);
});

test('who repairs what they reported shows it as well: what they sent before is not what they did', async () => {
  office = await openOffice({
    rules: (rules) => ({ ...rules, repairs: { ...rules.repairs, photoAfter: true } }),
  });
  await office.sends(REPAIRER, 'before.png');
  await office.says(REPAIRER, '3楼打印机没墨了');
  await office.taps(REPAIRER, '提交');
  await office.taps(REPAIRER, '接单');
  expect((await office.taps(REPAIRER, '完成', { done: '换了' })).toast).toContain(
    '完成前请发一张修好后的照片',
  );
  await office.sends(REPAIRER, 'after.png');
  await office.taps(REPAIRER, '完成', { done: '换了' });
  expect((await office.sees(REPAIRER)).join('\n')).toMatch(/修好后的照片\n\[图片 after\.png\]/);
});

describe('a firm from outside', () => {
  const link = async (): Promise<string> => {
    const seen = await office.sees(REPAIRER);
    const found = /https:\/\/office\.example\.com(\/vendor\/\S+)/.exec(
      seen.findLast((each) => each.includes('/vendor/')) ?? '',
    );
    return found?.[1] ?? 'none';
  };

  const posts = async (url: string, fields: { [name: string]: string | File }) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const encoded = new Response(form);
    const response = await office.app.server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    await office.settle();
    return response;
  };

  test('comes and is done by a link without a login; it shows nobody’s name, is told to the repairer, and can be taken back', async () => {
    office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } });
    await taken('5楼空调不制冷<script>alert(1)</script>');
    await office.taps(REPAIRER, '请厂家来');
    await office.taps(REPAIRER, '生成链接', { vendor: '广州冷暖' });
    const url = await link();
    const page = await office.app.server.inject({ url });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.body).toContain('空调');
    expect(page.body).not.toContain('<script');
    for (const name of ['陈晨', '郑强']) expect(page.body).not.toContain(name);
    await posts(url, { act: 'arrived', note: '' });
    expect(await office.last(REPAIRER)).toContain('【广州冷暖】到场');
    const done = await posts(url, {
      act: 'done',
      note: '换了压缩机 陈师傅',
      photo: new File([PIXEL], 'done.png', { type: 'image/png' }),
    });
    expect(done.body).toContain('已记下，谢谢');
    expect(await office.last(REPAIRER)).toContain('【广州冷暖】完成：换了压缩机');
    expect(await office.last(REPAIRER)).toContain('[图片 done.png]');
    expect(await office.last('陈晨')).toContain('换了压缩机');
    // The firm says so; the repairer looks and completes.
    expect(await office.last(REPAIRER)).toContain('[完成]');
    const bad = await posts(url, { act: 'done', note: '', photo: new File(['<svg/>'], 'a.png') });
    expect(bad.body).toContain('照片不是能收的图片');
    const broken = await office.app.server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="act"\r\n\r\ndone',
    });
    expect(broken.statusCode).toBe(400);
    await office.taps(REPAIRER, '收回厂家链接');
    expect((await office.app.server.inject({ url })).statusCode).toBe(410);
    expect((await posts(url, { act: 'done', note: 'x' })).statusCode).toBe(410);
  });

  test('one letter changed is no link; after its days, or when the ticket is done, it is over', async () => {
    office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } });
    await taken();
    await office.taps(REPAIRER, '请厂家来');
    await office.taps(REPAIRER, '生成链接', { vendor: '广州冷暖' });
    const url = await link();
    const forged = url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A');
    for (const wrong of [forged, url.replace('/1.', '/2.'), '/vendor/1', '/vendor/1.x'])
      expect((await office.app.server.inject({ url: wrong })).statusCode).toBe(404);
    await office.taps(REPAIRER, '完成', { done: '好了' });
    const over = await office.app.server.inject({ url });
    expect(over.statusCode).toBe(410);
    expect(over.body).toContain('这一单已经结束');
  });

  const invited = async (): Promise<string> => {
    office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } });
    await taken();
    await office.taps(REPAIRER, '请厂家来');
    await office.taps(REPAIRER, '生成链接', { vendor: '广州冷暖' });
    return link();
  };
  const notes = () => office.app.db.selectFrom('note').select('text').execute();

  test('after its days it opens nothing and takes nothing; a forged one does not learn that', async () => {
    const url = await invited();
    for (const _ of [1, 2, 3, 4, 5, 6]) await office.later('1d');
    expect((await office.app.server.inject({ url })).statusCode).toBe(200);
    await office.later('1d');
    const over = await office.app.server.inject({ url });
    expect(over.statusCode).toBe(410);
    expect(over.body).toContain('这个链接已过期');
    expect(over.body).not.toContain('打印机');
    expect((await posts(url, { act: 'done', note: 'x' })).statusCode).toBe(410);
    const forged = url.slice(0, -2) + (url.at(-2) === 'A' ? 'B' : 'A') + url.slice(-1);
    const wrong = await posts(forged, { act: 'done', note: 'x' });
    expect([wrong.statusCode, wrong.body.includes('过期')]).toEqual([404, false]);
    expect(await notes()).toEqual([]);
  });

  test('one address is served so many times a minute', async () => {
    const url = await invited();
    const codes = [];
    for (let count = 0; count < 31; count++)
      codes.push((await office.app.server.inject({ url })).statusCode);
    expect(codes.slice(0, 30).every((code) => code === 200)).toBe(true);
    expect(codes[30]).toBe(429);
  });

  test('a photo above 10 MB is refused, and nothing is kept', async () => {
    const url = await invited();
    const photo = new File([PIXEL, new Uint8Array(10 * 1024 * 1024)], 'a.png');
    expect((await posts(url, { act: 'done', note: 'x', photo })).statusCode).toBe(413);
    expect(await notes()).toEqual([]);
  });

  test('the same button twice is told once; a note with it is heard again', async () => {
    const url = await invited();
    for (const note of ['', '', '带了梯子'])
      expect((await posts(url, { act: 'arrived', note })).body).toContain('已记下，谢谢');
    expect((await notes()).map(({ text }) => text)).toEqual([
      '【广州冷暖】到场',
      '【广州冷暖】到场：带了梯子',
    ]);
  });

  test('a tenth photo is not taken in silence: it is said, and nothing is noted', async () => {
    const url = await invited();
    const photo = new File([PIXEL], 'a.png', { type: 'image/png' });
    for (let count = 0; count < 9; count++) await posts(url, { act: 'arrived', note: '', photo });
    const full = await posts(url, { act: 'done', note: 'x', photo });
    expect(full.body).toContain('这一单已有 9 张照片，没有记下');
    expect(await notes()).toHaveLength(9);
  });

  test('who reads English sees it in English, also when it is over', async () => {
    const url = await invited();
    const english = { 'accept-language': 'en-GB,en;q=0.9' };
    const page = await office.app.server.inject({ url, headers: english });
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toContain('Repair FIX-26-0001');
    expect(page.body).toContain('Arrived');
    await office.taps(REPAIRER, '收回厂家链接');
    const over = await office.app.server.inject({ url, headers: english });
    expect(over.body).toContain('It was taken back.');
  });

  test('what is no number of an asset is no page, and no fault of ours', async () => {
    office = await openOffice();
    for (const number of ['AST-0099', 'A'.repeat(60), '%00', 'x%27--'])
      expect((await office.app.server.inject({ url: `/report/${number}` })).statusCode).toBe(404);
  });

  test('without a public address nobody outside could open it, and it says so', async () => {
    office = await openOffice();
    await taken();
    await office.taps(REPAIRER, '请厂家来');
    const { toast } = await office.taps(REPAIRER, '生成链接', { vendor: '广州冷暖' });
    expect(toast).toContain('没有设置 PUBLIC_URL');
    expect(await office.app.db.selectFrom('vendor_link').select('id').execute()).toEqual([]);
  });
});

/** The smallest picture there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
