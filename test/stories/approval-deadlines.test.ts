/** Late, away, on a journey, or gone: an approval never waits for somebody who does not come. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
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

async function filed(person: string, said: string): Promise<string> {
  await office.says(person, said);
  await office.says(person, '提交');
  return /TRIP-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

describe('an approval that is late', () => {
  test('says how long it has waited for whom, and what comes next', async () => {
    const number = await filed('陈晨', '3月20日去上海出差一天，见客户');
    await office.later('1h');
    await office.replies('陈晨', number, '到哪了');
    expect(await office.last('陈晨')).toContain('已等 1 小时，李伟；下一步 订票订房');
    await office.replies('李伟', number, '同意');
  });

  test('为什么是这个时间 is answered in one sentence, to the card or with the number', async () => {
    const number = await filed('何佳', '3月20日去上海出差一天，见客户');
    await office.replies('何佳', number, '为什么是这个时间？');
    const sentence = await office.last('何佳');
    expect(sentence).toMatch(
      new RegExp(
        `^${number} .*起算 1 个工作日，跳过(?:午休、)?夜间.*，3月\\d+日（周.）\\d\\d:\\d\\d 到期$`,
      ),
    );
    await office.says('何佳', `${number}的截止时间怎么算的`);
    expect(await office.last('何佳')).toBe(sentence);
    await office.says('罗敏', `${number}的截止时间怎么算的`);
    expect(await office.last('罗敏')).not.toContain('起算');
    await office.replies('何佳', number, '撤回');
    await office.says('何佳', `${number} 为什么是这个时间`);
    expect(await office.last('何佳')).toBe(`${number} 现在没有期限`);
  });

  test('goes to the leader as well after a working day, and who was late may still decide', async () => {
    const number = await filed('陈晨', '3月23日去上海出差一天，见客户');
    const above = '赵建国';
    expect((await office.sees(above)).join()).not.toContain(number);
    await office.later('1d');
    await office.later('4h');
    expect((await office.sees(above)).join()).toContain(number);
    await office.replies('李伟', number, '同意');
    expect(await stateOf(number)).toBe('working');
    await office.replies(above, number, '驳回，不同意');
    expect(await stateOf(number)).toBe('working');
    expect((await office.sees(above)).join()).toMatch(/李伟已在 .* 同意/);
  });
});

describe('an approver who is away', () => {
  test('on an approved journey: what comes meanwhile goes to their leader, and comes back when the journey is called off', async () => {
    const journey = await filed('李伟', '今天去北京出差三天，谈合同');
    await office.replies('赵建国', journey, '同意');
    expect(await stateOf(journey)).toBe('working');
    const number = await filed('陈晨', '3月24日去上海出差一天，见客户');
    expect((await office.sees('赵建国')).join()).toContain(number);
    expect((await office.sees('李伟')).join()).not.toContain(number);
    await office.replies('赵建国', number, '同意');
    expect(await office.last('陈晨')).toContain('赵建国（代李伟）');
    await office.replies('李伟', journey, '撤回');
    expect(await stateOf(journey)).toBe('withdrawn');
    const later = await filed('陈晨', '3月25日去上海出差一天，见客户');
    expect((await office.sees('李伟')).join()).toContain(later);
    await office.replies('李伟', later, '同意');
  });

  test('a circle of stand-ins ends with a leader; nobody stands in for their own request', async () => {
    await office.says('李伟', '我今天到周五休假，请马超代批');
    await office.says('马超', '我今天到周五休假，请李伟代批');
    const number = await filed('王磊', '3月26日去上海出差一天，见客户');
    expect((await office.sees('赵建国')).join()).toContain(number);
    const own = await filed('马超', '3月27日去上海出差一天，见客户');
    expect((await office.sees('赵建国')).join()).toContain(own);
    await office.says('李伟', '我回来了');
    await office.says('马超', '我回来了');
    await office.says('李伟', '我今天到周五休假，请陈晨代批');
    const hers = await filed('陈晨', '3月30日去上海出差一天，见客户');
    await office.replies('陈晨', hers, '同意');
    expect(await stateOf(hers)).toBe('pending');
    await office.replies('赵建国', hers, '同意');
    expect(await stateOf(hers)).toBe('working');
    await office.says('李伟', '我回来了');
  });

  test('away with nobody named: the leader decides; a question about leave is no absence', async () => {
    await office.says('马超', '我今天休假');
    expect(await office.last('马超')).toContain('您的审批由您的上级代批');
    const number = await filed('何佳', '4月2日去上海出差一天，见客户');
    expect((await office.sees('赵建国')).join()).toContain(number);
    await office.says('马超', '我回来了');
    await office.says('马超', '年假还剩几天');
    expect(
      await office.app.db
        .selectFrom('absence')
        .select('id')
        .where('until', '>', office.app.now())
        .where('delegate_id', 'is', null)
        .where('source', '=', 'said')
        .execute(),
    ).toEqual([]);
  });

  test('an absence that lies ahead hands on what waits when it begins, and tells so in one message', async () => {
    const first = await filed('陈晨', '3月31日去上海出差一天，见客户');
    const second = await filed('王磊', '4月1日去上海出差一天，见客户');
    await office.says('李伟', '我后天休假，请黄静代批');
    expect((await office.sees('黄静')).join()).not.toContain(first);
    const seen = (await office.sees('李伟')).length;
    await office.later('1d');
    await office.later('1d');
    const told = (await office.sees('李伟'))
      .slice(seen)
      .filter((each) => each.includes('您不在期间'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(first);
    expect(told[0]).toContain(second);
    expect((await office.sees('黄静')).join()).toContain(first);
  });
});
