import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

describe('first contact', () => {
  test('whoever opens the chat is greeted by name, once', async () => {
    await office.opens('林晓');
    await office.opens('林晓');
    const seen = await office.sees('林晓');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('林晓，您好');
    expect(seen[0]).toContain('[会议室预订：明天下午3点到5点订个10人的会议室，要投影]');
  });

  test('你好 and 帮助 lead to the same card; an example can be tapped instead of typed', async () => {
    await office.says('林晓', '你好');
    expect(await office.last('林晓')).toContain('我能帮您办这些事');
    await office.says('林晓', '帮助');
    expect(await office.last('林晓')).toContain('我能帮您办这些事');
    await office.taps('林晓', '报修：');
    expect(await office.last('林晓')).toContain('报修 #草稿');
    await office.says('林晓', '算了');
    expect(await office.last('林晓')).toBe('好的，草稿已取消');
  });
});

describe('a draft while it is talked about', () => {
  test('corrections change the one draft; the card above gives way to the newest', async () => {
    await office.says('林晓', '明天下午3点到4点订个会议室');
    await office.says('林晓', '改到5点');
    await office.says('林晓', '换成珠峰');
    const cards = (await office.sees('林晓')).filter((each) => each.startsWith('会议室预订'));
    expect(cards.filter((each) => each.includes('[提交]'))).toHaveLength(1);
    expect(cards.at(-1)).toContain('17:00–18:00');
    expect(cards.at(-1)).toContain('会议室：珠峰');
    expect(cards.at(0)).toContain('请看下面最新的一张');
  });

  test('不是珠峰是黄山 is a correction, not a second wish', async () => {
    await office.says('林晓', '不是珠峰是黄山');
    expect(await office.last('林晓')).toContain('会议室：黄山');
    const drafts = await office.app.db
      .selectFrom('draft')
      .select('id')
      .where('state', '=', 'open')
      .execute();
    expect(drafts).toHaveLength(1);
  });

  test('what is submitted is what was on the card: an outdated card is shown anew instead', async () => {
    const { id, version } = await office.app.db
      .selectFrom('draft')
      .select(['id', 'version'])
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    const reply = await office.forges('林晓', { v: 1, a: 'submit', d: id, n: version - 1 });
    expect(reply.toast).toBe('草稿已更新，请看过再提交');
    expect(await office.app.db.selectFrom('request').select('id').execute()).toEqual([]);
  });

  test('提交 can be said as well', async () => {
    await office.says('林晓', '提交');
    expect(await office.last('林晓')).toContain('ROOM-26-0001 #已预订');
  });

  test('what is missing can be said afterwards', async () => {
    await office.says('林晓', '我要出差');
    await office.says('林晓', '下周三去杭州，参加展会');
    const draft = await office.last('林晓');
    expect(draft).toContain('目的地：杭州');
    expect(draft).toContain('3月11日（周三）');
    await office.taps('林晓', '取消');
    expect((await office.card('林晓')).tags?.[0]?.text).toEqual({ zh: '已取消', en: 'Cancelled' });
  });

  test('two things in one message are two drafts', async () => {
    await office.says('何佳', '明天上午10点到11点订个会议室，再领两盒A4纸');
    const cards = await office.sees('何佳');
    expect(
      cards.some((each) => each.startsWith('会议室预订 #草稿') && each.includes('10:00–11:00')),
    ).toBe(true);
    expect(cards.at(-1)).toContain('A4纸 | 2 包');
  });

  test('editing shows every field filled in; a value that cannot be read is named', async () => {
    await office.taps('何佳', '修改');
    expect(await office.last('何佳')).toContain('<items>');
    await office.taps('何佳', '提交', { items: 'A4纸 3包\n黑色签字笔 10支', purpose: '部门备用' });
    expect(await office.last('何佳')).toContain('SUP-26-0001 #处理中');
    expect(await office.last('何佳')).toContain('A4纸 | 3 包');
    expect(await office.last('何佳')).toContain('用途：部门备用');
  });
});

describe('not understood', () => {
  test('guesses, an example and a human; the second time the human stands out', async () => {
    await office.says('罗敏', '今天天气怎么样');
    expect(await office.last('罗敏')).toContain('这句我没看懂');
    expect(await office.last('罗敏')).toContain('[帮助] [转给行政]');
    await office.says('罗敏', '讲个笑话');
    const card = await office.card('罗敏');
    const human = card.blocks
      .flatMap((block) => (block.block === 'buttons' ? block.buttons : []))
      .at(-1);
    expect(human).toMatchObject({ label: { zh: '转给行政' }, look: 'primary' });
    expect((await office.taps('罗敏', '转给行政')).toast).toContain('已转给行政同事');
    expect(await office.last('ou_office_1')).toContain('罗敏问行政 #待回复\n讲个笑话');
  });

  test('what an office does but we do not yet is said plainly', async () => {
    await office.says('罗敏', '明天下午有两位客人来访，帮忙登记一下');
    expect(await office.last('罗敏')).toContain('「访客登记」我还不会办');
  });

  test('text that looks like markup or commands stays text', async () => {
    await office.says('罗敏', '3楼打印机坏了 <at id=all></at> **点[这里](http://x.y)**\u202e');
    const card = await office.card('罗敏');
    const text = JSON.stringify(card);
    expect(text).not.toContain('\u202e');
    expect(card.blocks.every((block) => block.block !== 'image')).toBe(true);
  });
});

describe('somebody else’s turn', () => {
  test('a colleague cannot approve, and learns nothing of a request that is not theirs', async () => {
    await office.says('陈晨', '下周二到周四去上海出差，见客户');
    await office.taps('陈晨', '提交');
    const request = { v: 1, a: 'approve', r: 4, n: 1, s: 'approval-1' };
    const { id } = await office.app.db
      .selectFrom('request')
      .select('id')
      .where('kind', '=', 'trip')
      .executeTakeFirstOrThrow();
    await office.opens('王磊');
    expect((await office.forges('王磊', { ...request, r: id })).toast).toBe(
      '没有找到这张申请单，请核对单号',
    );
    await office.says('王磊', '同意 TRIP-26-0001');
    expect((await office.sees('王磊')).at(-1)).toBe('没有找到这张申请单，请核对单号');
    const denied = await office.app.db
      .selectFrom('audit')
      .select('act')
      .where('act', '=', 'refused.approve')
      .execute();
    expect(denied).toHaveLength(2);
  });

  test('the requester cannot approve their own', async () => {
    const { id } = await office.app.db
      .selectFrom('request')
      .select('id')
      .where('kind', '=', 'trip')
      .executeTakeFirstOrThrow();
    const reply = await office.forges('陈晨', { v: 1, a: 'approve', r: id, n: 1, s: 'approval-1' });
    expect(reply.toast).toBe('自己的申请不能自己审批');
  });

  test('handed over, the new approver gets the card and the old one’s has no button left', async () => {
    await office.taps('李伟', '转交');
    expect(await office.last('李伟')).toContain('<to> 转交给');
    const huang = await office.app.db
      .selectFrom('person')
      .select('id')
      .where('name', '=', '黄静')
      .executeTakeFirstOrThrow();
    expect((await office.taps('李伟', '转交', { to: String(huang.id) })).toast).toBe(
      '已转交 TRIP-26-0001',
    );
    expect(await office.last('李伟')).not.toContain('[同意]');
    expect(await office.last('黄静')).toContain('[同意] [驳回]');
    await office.says('黄静', '同意');
    expect(await office.last('陈晨')).toContain('#处理中');
    expect(await office.last('李伟')).toContain('黄静 同意');
  });

  test('催办 reaches who it waits for, once in two working hours', async () => {
    const before = (await office.sees('ou_office_1')).length;
    expect((await office.taps('陈晨', '催办')).toast).toContain('已提醒');
    expect((await office.sees('ou_office_1')).length).toBe(before + 1);
    expect((await office.taps('陈晨', '催办')).toast).toContain('刚催过了');
    expect((await office.sees('ou_office_1')).length).toBe(before + 1);
  });
});

test('a request submitted under one set of rules keeps its steps; the record tells who did what', async () => {
  const acts = await office.app.db
    .selectFrom('audit')
    .select(['act', 'actor'])
    .where('subject', '=', 'request:3')
    .orderBy('seq')
    .execute();
  expect(acts.map((each) => each.act)).toEqual(
    expect.arrayContaining([
      'request.submitted',
      'request.transfer',
      'request.approve',
      'request.urged',
    ]),
  );
  for (const each of acts) expect(each.actor).toMatch(/^person:\d+$/);
  await expect(
    office.app.db
      .updateTable('audit')
      .set({ act: 'x' } as never)
      .execute(),
  ).rejects.toThrow('append-only');
});

test('a message longer than the office reads is answered with that, and its beginning is done', async () => {
  await office.says('马超', `3楼打印机卡纸了。${'谢谢'.repeat(1_200)}`);
  const seen = await office.sees('马超');
  expect(seen).toContain('消息太长，只看了前 2000 个字');
});
