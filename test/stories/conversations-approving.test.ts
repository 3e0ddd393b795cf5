/** Approvers who answer in words, replies to cards, and people of one name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

/** Somebody asks for a trip and submits it; its number. */
async function trip(person: string, said: string): Promise<string> {
  await office.says(person, said);
  await office.says(person, '提交');
  return /TRIP-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

const stateOf = async (number: string): Promise<string | undefined> =>
  (
    await office.app.db
      .selectFrom('request')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirst()
  )?.state;

describe('an approver with several open', () => {
  test('同意 alone is asked about; the city, the asker or the place in the list tell which', async () => {
    const shanghai = await trip('陈晨', '下周二到周四去上海出差，见客户');
    const hangzhou = await trip('陈晨', '下周五去杭州出差，拜访客户');
    const wuhan = await trip('王磊', '下周三去武汉出差，做培训');
    await office.says('李伟', '同意');
    const which = await office.last('李伟');
    expect(which).toContain('是哪一张？');
    for (const each of [shanghai, hangzhou, wuhan]) expect(which).toContain(each);
    expect(await stateOf(shanghai)).toBe('pending');

    await office.says('李伟', '同意去杭州的');
    expect(await stateOf(hangzhou)).toBe('working');
    await office.says('李伟', '同意王磊的');
    expect(await stateOf(wuhan)).toBe('working');
    expect(await stateOf(shanghai)).toBe('pending');
    await office.says('李伟', '驳回，预算不够');
    expect(await stateOf(shanghai)).toBe('rejected');
    expect(await office.last('陈晨')).toContain('预算不够');
  });

  test('the reason is no pointer: what it mentions is not what is rejected', async () => {
    const suzhou = await trip('陈晨', '下周二去苏州出差，拜访客户');
    const nanjing = await trip('王磊', '下周二去南京出差，见客户');
    await office.says('李伟', '驳回苏州的，南京也在那几天');
    expect(await stateOf(suzhou)).toBe('rejected');
    expect(await stateOf(nanjing)).toBe('pending');
    const wuxi = await trip('陈晨', '下周二去无锡出差，拜访客户');
    await office.says('李伟', '同意无锡的，南京的我再看看');
    expect(await stateOf(wuxi)).toBe('working');
    expect(await stateOf(nanjing)).toBe('pending');
  });

  test('都同意 lists what it will do and asks once; then each is approved', async () => {
    const numbers = [
      await trip('陈晨', '下周二去苏州出差，拜访客户'),
      await trip('陈晨', '下周四去宁波出差，拜访客户'),
    ];
    await office.says('李伟', '都同意');
    const asked = await office.last('李伟');
    for (const number of numbers) {
      expect(asked).toContain(number);
      expect(await stateOf(number)).toBe('pending');
    }
    await office.says('李伟', '确认');
    for (const number of numbers) expect(await stateOf(number)).toBe('working');
    expect((await office.sees('李伟')).join('\n')).toMatch(/已同意 \d 项（/m);
    await office.says('李伟', '同意');
    expect(await office.last('李伟')).toBe('没有等您审批的申请');
  });
});

describe('a reply to a card is about that card', () => {
  test('the requester: where it stands, another day, withdrawn — though another was filed since', async () => {
    const first = await trip('林晓', '下周二去北京出差，见客户');
    await trip('林晓', '下周四去广州出差，拜访客户');
    await office.replies('林晓', first, '到哪了');
    expect(await office.last('林晓')).toContain(first);
    await office.replies('林晓', first, '3月11号');
    expect(await office.last('林晓')).toContain(`修改 ${first}`);
    expect(await office.last('林晓')).toContain('3月11日（周三）');
    await office.says('林晓', '算了');
    await office.replies('林晓', first, '撤回');
    expect(await stateOf(first)).toBe('withdrawn');
  });

  test('the approver: 好的 decides nothing, 驳回 wants a reason, 同意 is taken', async () => {
    const number = /TRIP-26-\d{4}/.exec(await office.last('黄静'))?.[0] ?? '';
    await office.replies('黄静', number, '好的');
    expect((await office.sees('黄静')).join('\n')).toContain('要审批请回复「同意」');
    expect(await office.last('黄静')).toContain('[同意]');
    await office.replies('黄静', number, '驳回');
    expect(await stateOf(number)).toBe('pending');
    await office.replies('黄静', number, '同意');
    expect(await stateOf(number)).toBe('working');
  });

  test('a draft: an hour and 提交 go to the card that was answered, not to the newest', async () => {
    await office.says('何佳', '明天下午3点到4点订珠峰');
    await office.says('何佳', '领两盒A4纸');
    await office.replies('何佳', '珠峰', '4点');
    expect(await office.last('何佳')).toContain('16:00–17:00');
    await office.replies('何佳', '珠峰', '提交');
    expect(await office.last('何佳')).toMatch(/ROOM-26-\d{4} #已预订/);
    await office.says('何佳', '提交');
    expect(await office.last('何佳')).toMatch(/SUP-26-\d{4} #处理中/);
  });

  test('who does the work: 接单 and 修好了 are what the buttons do; a closed draft says so', async () => {
    await office.says('何佳', '3楼打印机卡纸了');
    await office.replies('何佳', '打印机', '算了');
    await office.replies('何佳', '已取消', '提交');
    expect(await office.last('何佳')).toBe('这张草稿已经关闭，需要的话再说一遍');
    await office.says('何佳', '3楼打印机卡纸了');
    await office.says('何佳', '提交');
    const number = /FIX-26-\d{4}/.exec(await office.last('何佳'))?.[0] ?? '';
    await office.replies(office.roleHolder('repair'), number, '接单');
    expect(await office.sees(office.roleHolder('repair'))).toContain(`已接单 ${number}`);
    await office.replies(office.roleHolder('repair'), number, '修好了');
    await office.replies('何佳', number, '接单');
    expect(await stateOf(number)).toBe('working');
    await office.replies('何佳', number, '完成');
    expect(await stateOf(number)).toBe('done');
  });

  test('somebody else’s card is nobody’s to reply to', async () => {
    const [row] = await office.app.db
      .selectFrom('shown_card')
      .innerJoin('person', 'person.id', 'shown_card.person_id')
      .innerJoin('request', 'request.requester_id', 'person.id')
      .select(['shown_card.message', 'request.number'])
      .where('person.name', '=', '何佳')
      .where('request.kind', '=', 'supply')
      .where('shown_card.subject', 'like', 'request:%')
      .orderBy('shown_card.shown_at', 'desc')
      .execute();
    const response = await office.app.server.inject({
      method: 'POST',
      url: '/simulator/messages',
      payload: { person: 'ou_sales_2', text: '撤回', repliesTo: row?.message },
    });
    expect(response.statusCode).toBe(200);
    await office.settle();
    expect(await office.last('罗敏')).toBe('您没有可以撤回的申请');
    expect(await stateOf(row?.number ?? '')).toBe('working');
  });
});

describe('two people of one name', () => {
  test('转给刘洋 shows both with their departments; the department can be said', async () => {
    const number = await trip('王磊', '下周四去成都出差，见客户');
    await office.says('李伟', `转给刘洋 ${number}`);
    const whom = await office.last('李伟');
    expect(whom).toContain(`${number} 转交给哪一位？`);
    expect(whom).toContain('[刘洋 · 研发部] [刘洋 · 市场部]');
    await office.says('李伟', '市场部的');
    expect(await office.last('刘洋@市场部')).toContain(`出差申请 ${number}`);
    expect(await office.sees('刘洋@研发部')).toEqual([]);
    await office.says('刘洋@市场部', '同意');
    expect(await stateOf(number)).toBe('working');
  });

  test('by a tap, or at once when the department is said along', async () => {
    const tapped = await trip('王磊', '下周五去重庆出差，见客户');
    await office.says('李伟', `${tapped} 转给刘洋`);
    expect((await office.taps('李伟', '刘洋 · 研发部')).toast).toBe(`已转交 ${tapped}`);
    expect(await office.last('刘洋@研发部')).toContain(tapped);
    const said = await trip('王磊', '下周一去长沙出差，见客户');
    await office.says('李伟', '转给市场部的刘洋');
    expect(await office.last('刘洋@市场部')).toContain(said);
  });

  test('as companions they are offered apart; a stranger’s name stays as it was said', async () => {
    await office.says('罗敏', '下周三和刘洋、张三去北京出差，开会');
    const draft = await office.last('罗敏');
    expect(draft).toContain('同行人：刘洋、张三');
    expect(draft).toContain('[同行人：刘洋（研发部）] [同行人：刘洋（市场部）]');
    await office.taps('罗敏', '同行人：刘洋（研发部）');
    expect(await office.last('罗敏')).toContain('同行人：刘洋（研发部）、张三');
    expect(await office.last('罗敏')).not.toContain('[同行人');
  });
});
