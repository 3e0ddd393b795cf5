/** Misunderstood, and found again; other languages and scripts; drafts that were left lying. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const misreadings = () =>
  office.app.db
    .selectFrom('misreading')
    .select(['text', 'reading', 'correction'])
    .orderBy('id')
    .execute();

describe('不是这个意思', () => {
  test('gives the next best reading, then says honestly that there is none left', async () => {
    await office.says('王磊', '会议室的投影坏了，明天要用');
    expect(await office.last('王磊')).toContain('报修 #草稿');
    await office.says('王磊', '不是这个意思');
    const second = await office.last('王磊');
    expect(second).toContain('会议室预订 #草稿');
    expect(second).toContain('设备：投影');
    await office.says('王磊', '我不是这个意思');
    const last = await office.last('王磊');
    expect(last).toContain('这句我没有别的理解了');
    expect(last).toContain('[转给行政]');
    expect(last).not.toContain('[报修]');
    const open = await office.app.db
      .selectFrom('draft')
      .select('id')
      .where('state', '=', 'open')
      .execute();
    expect(open).toEqual([]);
    await office.says('王磊', '领一个鼠标');
    expect((await misreadings()).map((each) => each.correction)).toEqual([
      'room.book',
      '领一个鼠标 → supplies.request',
    ]);
  });

  test('the button on the draft does the same, whatever was said since, and no reading comes twice', async () => {
    await office.says('何佳', '会议室的投影坏了，明天要用');
    expect(await office.last('何佳')).toContain('报修 #草稿');
    await office.says('何佳', '我的申请');
    await office.taps('何佳', '不是这个意思');
    const second = await office.last('何佳');
    expect(second).toContain('会议室预订 #草稿');
    expect((await office.sees('何佳')).join('\n')).toContain('这张草稿已取消');
    await office.taps('何佳', '不是这个意思');
    const last = await office.last('何佳');
    expect(last).toContain('这句我没有别的理解了');
    expect(last).not.toContain('[报修]');
  });

  test('a draft that was made by a button, or is over, has no other meaning to try', async () => {
    await office.says('罗敏', '3楼打印机卡纸了');
    await office.says('罗敏', '提交');
    await office.taps('罗敏', '修改');
    expect(await office.last('罗敏')).not.toContain('[不是这个意思]');
    await office.says('罗敏', '领两盒A4纸');
    const old = await office.last('罗敏');
    expect(old).toContain('[不是这个意思]');
    await office.taps('罗敏', '取消');
    expect(await office.last('罗敏')).not.toContain('[不是这个意思]');
  });

  test('what follows it is heard at once', async () => {
    await office.says('王磊', '不是这个意思，我要出差');
    expect(await office.last('王磊')).toContain('出差申请 #草稿');
    const [newest] = (await misreadings()).toReversed();
    expect(newest).toMatchObject({ text: '领一个鼠标', correction: '我要出差 → travel.request' });
  });

  test('what would act at once is only offered', async () => {
    await office.says('王磊', '算了');
    await office.says('王磊', '明天下午5点订珠峰');
    await office.says('王磊', '提交');
    await office.app.db
      .updateTable('last_said')
      .set({ said: '会议室不用了吧', tried: JSON.stringify(['room.book', 'modify', 'nevermind']) })
      .execute();
    await office.says('王磊', '不是这个意思');
    expect(await office.last('王磊')).toContain('那是想撤回或取消一张申请？');
    const booked = await office.app.db
      .selectFrom('request')
      .select('state')
      .where('kind', '=', 'room')
      .execute();
    expect(booked).toEqual([{ state: 'booked' }]);
    await office.taps('王磊', '是的');
    expect(await office.last('王磊')).toContain('#已取消');
  });

  test('without anything said before, 不是 is just a no', async () => {
    await office.says('周敏', '不是');
    expect(await office.last('周敏')).toBe('好的');
    expect((await misreadings()).some((each) => each.text === '不是')).toBe(false);
  });
});

describe('not understood', () => {
  test('a guess that is tapped reads the same sentence as that; names and numbers are masked', async () => {
    await office.says('罗敏', '阿巴阿巴，问陈晨，13800138000');
    expect(await office.last('罗敏')).toContain('这句我没看懂');
    await office.taps('罗敏', '出差申请');
    expect(await office.last('罗敏')).toContain('出差申请 #草稿');
    const [newest] = (await misreadings()).toReversed();
    expect(newest?.correction).toBe('travel.request');
    expect(newest?.text).toContain('阿巴阿巴');
    expect(newest?.text).not.toMatch(/陈晨|138/);
    await office.says('罗敏', '算了');
  });

  test('given to the office: they get the words, the list keeps the sentence', async () => {
    await office.says('罗敏', '阿巴阿巴');
    expect((await office.taps('罗敏', '转给行政')).toast).toContain('已转给行政同事');
    expect(await office.last('ou_office_1')).toContain('罗敏问行政 #待回复\n阿巴阿巴');
    expect((await misreadings()).at(-1)).toMatchObject({
      text: '阿巴阿巴',
      correction: '转给行政',
    });
  });

  test('understood and not served yet is no misreading', async () => {
    const before = (await misreadings()).length;
    await office.says('罗敏', '租赁合同盖公章');
    await office.taps('罗敏', '转给行政');
    expect((await misreadings()).length).toBe(before);
  });

  test('a field that the sentence had filled and the card changed is kept', async () => {
    await office.says('罗敏', '领两盒A4纸');
    await office.taps('罗敏', '修改');
    await office.taps('罗敏', '提交', { items: 'A4纸 3包', purpose: '' });
    expect((await misreadings()).at(-1)).toEqual({
      text: '领两盒A4纸',
      reading: 'supplies.request items=A4纸 2 包',
      correction: 'A4纸 3 包',
    });
  });
});

describe('other languages and scripts', () => {
  test('asked in English, answered in English; the approver keeps Chinese; back with a Chinese sentence', async () => {
    await office.says('陈晨', 'book a room for 6 tomorrow 3pm');
    const draft = await office.last('陈晨');
    expect(draft).toContain('Room booking #Draft');
    expect(draft).toContain('15:00–16:00');
    expect(draft).toContain('[Submit] [Edit] [Cancel]');
    await office.says('陈晨', 'make it 4pm');
    expect(await office.last('陈晨')).toContain('16:00–17:00');
    await office.says('陈晨', 'OK');
    expect(await office.last('陈晨')).toContain('#Booked');
    await office.says('陈晨', 'business trip to Shanghai next Tuesday by train to meet a client');
    await office.says('陈晨', 'submit');
    expect(await office.last('陈晨')).toContain('#Waiting for approval');
    expect(await office.last('李伟')).toContain('#待审批');
    await office.says('陈晨', 'TRIP-26-0001');
    expect(await office.last('陈晨')).toContain('Business trip TRIP-26-0001');
    await office.says('陈晨', '出差申请到哪了');
    expect(await office.last('陈晨')).toContain('我的申请');
  });

  test('help in English has examples that can be tapped and are understood', async () => {
    await office.says('钱芳', 'what can you do');
    const help = (await office.sees('钱芳')).join('\n');
    expect(help).toContain('Supplies: two packs of A4 paper and 5 black pens please');
    await office.taps('钱芳', '报修');
    expect(await office.last('钱芳')).toContain('Repair #Draft');
  });

  test('traditional characters: a room and its change', async () => {
    await office.says('林晓', '後天下午三點訂間會議室，六個人');
    expect(await office.last('林晓')).toContain('15:00–16:00');
    await office.says('林晓', '換成珠峰');
    expect(await office.last('林晓')).toContain('会议室：珠峰');
    await office.says('林晓', '不是這個意思');
    expect(await office.last('林晓')).toContain('会议室：黄山');
    await office.says('林晓', '算了');
  });
});

describe('a draft left lying', () => {
  test('is closed after 24 hours with one line for all of a person’s, not at night', async () => {
    await office.says('何佳', '明天下午订个会议室');
    await office.says('何佳', '我要出差');
    const seen = (await office.sees('何佳')).length;
    for (const _ of [1, 2, 3]) await office.later('4h'); // 22:00 and something
    await office.later('1d'); // the next evening, in quiet hours
    const hour = office.app.now().toZonedDateTimeISO('Asia/Shanghai').hour;
    expect(hour).toBe(22);
    expect((await office.sees('何佳')).length).toBe(seen);
    for (const _ of [1, 2, 3]) await office.later('4h');
    const told = (await office.sees('何佳')).slice(seen);
    expect(told).toEqual(['会议室预订、出差申请的草稿 24 小时未提交，已关闭；需要的话再说一遍']);
    await office.later('1d');
    expect((await office.sees('何佳')).length).toBe(seen + 1);
  });
});
