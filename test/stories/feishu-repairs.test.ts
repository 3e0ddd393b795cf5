/** One broken printer in Feishu: five people, one ticket, a part out of stock, a firm by its link, acceptance, and how it all hangs together. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

const [REPAIRER, OTHERS] = ['ou_office_2', ['罗敏', '王磊', '何佳', '马超']] as const;

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({ env: { PUBLIC_URL: 'https://office.example.com' } });
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const heard = (person: string): string => office.sees(person).join('\n');

describe('one broken thing', () => {
  test('five reports are one ticket, with four who watch it', async () => {
    await office.says('陈晨', '3楼打印机没墨了');
    // One of them wrote before the first was submitted, and submits after it.
    await office.says('罗敏', '三楼打印机坏了');
    expect(office.last('罗敏')).not.toContain('好像已有人报了');
    await office.taps('陈晨', '提交');
    const late = await office.taps('罗敏', '提交');
    expect(late.toast?.content).toBe('陈晨刚报了同一件，已为您加入 FIX-26-0001，有进展会告诉您');
    for (const person of OTHERS.slice(1)) {
      await office.says(person, '3层打印机没墨了');
      expect(office.last(person)).toContain('好像已有人报了：FIX-26-0001');
      await office.taps(person, '我也遇到了');
    }
    expect(await office.app.db.selectFrom('request').select('id').execute()).toHaveLength(1);
    await office.taps(REPAIRER, '接单');
    expect(office.last(REPAIRER)).toContain('4 人：罗敏、王磊、何佳、马超');
  });

  test('a part leaves the stock; what it cost stands on the ticket, and all who wait hear that it goes on', async () => {
    await office.says(REPAIRER, '用了5个硒鼓');
    expect(office.last(REPAIRER)).toContain('硒鼓 5 个');
    await office.taps(REPAIRER, '记进展', { note: '还要厂家来看' });
    for (const person of ['陈晨', ...OTHERS]) expect(office.last(person)).toContain('还要厂家来看');
  });

  test('a firm reports by its link, without a login; after it was taken back the link opens nothing', async () => {
    await office.taps(REPAIRER, '请厂家来');
    await office.taps(REPAIRER, '生成链接', { vendor: '广州冷暖' });
    const [, url = 'none'] =
      /https:\/\/office\.example\.com(\/vendor\/[\w.~-]+)/.exec(heard(REPAIRER)) ?? [];
    const page = await office.app.server.inject({ url });
    expect(page.body).toContain('打印机');
    expect(page.body).not.toContain('陈晨');
    const form = new FormData();
    form.set('act', 'arrived');
    form.set('note', '');
    const encoded = new Response(form);
    await office.app.server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    await office.settle();
    expect(office.last(REPAIRER)).toContain('【广州冷暖】到场');
    await office.taps(REPAIRER, '收回厂家链接');
    expect((await office.app.server.inject({ url })).statusCode).toBe(410);
  });

  test('done, and accepted by its reporter alone; who watched it knows', async () => {
    await office.taps(REPAIRER, '完成', { done: '换了硒鼓' });
    expect(office.last('何佳')).toContain('换了硒鼓');
    expect(office.last('何佳')).not.toContain('[验收]');
    const accepted = await office.taps('陈晨', '验收', { stars: '5' });
    expect(accepted.text).toContain('【已完成】');
  });

  test('its thread goes on to the purchase that it set off', async () => {
    office.later({ minutes: 1 });
    await office.tick();
    await office.says(REPAIRER, 'FIX-26-0001 的来龙去脉');
    const told = office.last(REPAIRER);
    expect(told).toContain('▶ 报修 FIX-26-0001');
    expect(told).toContain('└ 出库 硒鼓 5 个');
    expect(told).toMatch(/└ 采购 硒鼓 \d+/u);
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
