/** Replies in Feishu: what is quoted tells what is meant. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const stateOf = async (number: string): Promise<string | undefined> =>
  (
    await office.app.db
      .selectFrom('request')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirst()
  )?.state;

const numberIn = (text: string): string => /[A-Z]+-26-\d{4}/.exec(text)?.[0] ?? 'none';

/** Files a trip in words and answers its number. */
async function trip(person: string, said: string): Promise<string> {
  await office.says(person, said);
  await office.says(person, '提交');
  return numberIn(office.last(person));
}

describe('a reply to a draft', () => {
  test('amends and submits that one, though a newer one is open', async () => {
    await office.says('何佳', '明天下午3点到4点订珠峰');
    await office.says('何佳', '领两盒A4纸');
    await office.replies('何佳', '珠峰', '4点');
    expect(office.last('何佳')).toContain('16:00–17:00');
    await office.replies('何佳', '珠峰', '提交');
    expect(await stateOf(numberIn(office.last('何佳')))).toBe('booked');
    await office.says('何佳', '提交');
    expect(numberIn(office.last('何佳'))).toMatch(/^SUP-/);
  });

  test('that is closed says so, and begins nothing', async () => {
    await office.says('罗敏', '3楼打印机卡纸了');
    await office.replies('罗敏', '打印机', '算了');
    await office.replies('罗敏', '已取消', '提交');
    expect(office.last('罗敏')).toContain('这张草稿已经关闭');
  });
});

describe('a reply to an approval', () => {
  test('decides that one of two, with its remark; the other still waits', async () => {
    const first = await trip('陈晨', '下周二去上海出差一天，见客户');
    const second = await trip('王磊', '下周三去杭州出差一天，见客户');
    await office.replies('李伟', first, '同意，住宿别超过500');
    expect(await stateOf(first)).toBe('working');
    expect(await stateOf(second)).toBe('pending');
    expect(office.last('陈晨')).toContain('住宿别超过500');
    await office.replies('李伟', second, '驳回，先开视频会');
    expect(await stateOf(second)).toBe('rejected');
    expect(office.last('王磊')).toContain('先开视频会');
  });

  test('that is decided already says who decided, and changes nothing', async () => {
    const number = await trip('陈晨', '下周四去苏州出差一天，见客户');
    await office.replies('李伟', number, '同意');
    await office.replies('李伟', number, '驳回，不去了');
    expect(office.sees('李伟').join('\n')).toMatch(/李伟已在 .* 同意/);
    expect(await stateOf(number)).toBe('working');
  });
});

describe('a reply to a request of one’s own', () => {
  test('takes it back, or urges it', async () => {
    const number = await trip('陈晨', '下周五去无锡出差一天，见客户');
    const other = await trip('陈晨', '12月20日去镇江出差一天，见客户');
    await office.replies('陈晨', number, '催一下');
    expect(office.sees('陈晨').join('\n')).toContain('已提醒李伟');
    await office.replies('陈晨', number, '撤回');
    expect(await stateOf(number)).toBe('withdrawn');
    expect(await stateOf(other)).toBe('pending');
  });

  test('a message of the bot to somebody else quoted by a stranger is nobody’s to act on', async () => {
    const number = await trip('陈晨', '12月21日去常州出差一天，见客户');
    const theirs = office.feishu.cards('ou_rd_1').findLast((each) => each.text.includes(number));
    await office.feishu.says('ou_sales_2', '撤回', { replyTo: theirs?.messageId ?? '' });
    await office.settle();
    expect(await stateOf(number)).toBe('pending');
    expect(office.last('罗敏')).not.toContain(number);
  });
});

test('every card of these replies was taken by the platform', () =>
  expect(refusedCalls(office.feishu)).toEqual([]));
