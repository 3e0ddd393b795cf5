/** Whole conversations with one person: corrections, changes of mind, two things at once, gaps filled one by one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const openDrafts = async (person: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('draft')
    .innerJoin('person', 'person.id', 'draft.person_id')
    .select('draft.kind')
    .where('person.name', '=', person)
    .where('draft.state', '=', 'open')
    .orderBy('draft.id')
    .execute();
  return rows.map(({ kind }) => kind);
};

describe('one wish, said in pieces', () => {
  test('a room by and by: day, head count, room, hour; never asked twice', async () => {
    await office.says('何佳', '订个会议室');
    expect(await office.last('何佳')).toContain('时间：必填');
    await office.says('何佳', '明天下午');
    await office.says('何佳', '6个人');
    expect(await office.last('何佳')).toContain('会议室：黄山（3楼·6人·电视）（推测）');
    await office.says('何佳', '换成珠峰');
    await office.says('何佳', '4点');
    const draft = await office.last('何佳');
    expect(draft).toContain('16:00–17:00');
    expect(draft).toContain('会议室：珠峰');
    expect(draft).toContain('人数：6 人');
    await office.says('何佳', '提交');
    expect(await office.last('何佳')).toContain('#已预订');
    expect(await openDrafts('何佳')).toEqual([]);
  });

  test('the one thing that is missing may be said without a word that tells what it is', async () => {
    await office.says('何佳', '我要出差');
    await office.says('何佳', '下周三去杭州');
    expect(await office.last('何佳')).toContain('事由：必填');
    await office.says('何佳', '年会');
    expect(await office.last('何佳')).toContain('事由：年会');
    await office.says('何佳', '坐飞机');
    expect(await office.last('何佳')).toContain('交通：飞机');
    await office.says('何佳', '提交');
    expect(await office.last('何佳')).toContain('TRIP-26-0001 #待审批');
  });

  test('small talk in between leaves the draft as it is', async () => {
    await office.says('何佳', '下周四去苏州出差，签合同');
    await office.says('何佳', '今天天气怎么样');
    expect(await office.last('何佳')).toContain('这句我没看懂');
    await office.says('何佳', '谢谢');
    expect(await office.last('何佳')).toBe('不客气');
    await office.says('何佳', '提交');
    expect(await office.last('何佳')).toContain('3月12日（周四），1 天');
  });
});

describe('corrections and changes of mind', () => {
  test('不对 and 不是…是 change the draft; 不是 alone takes the last change back', async () => {
    await office.says('林晓', '明天上午9点到10点订黄山');
    await office.says('林晓', '不对，换成华山');
    expect(await office.last('林晓')).toContain('会议室：华山');
    await office.says('林晓', '不是华山是珠峰');
    expect(await office.last('林晓')).toContain('会议室：珠峰');
    await office.says('林晓', '不是');
    expect(await office.last('林晓')).toContain('会议室：华山');
    await office.says('林晓', '算了');
    expect(await office.last('林晓')).toBe('好的，草稿已取消');
    expect(await openDrafts('林晓')).toEqual([]);
  });

  test('things are added to a list and taken off it', async () => {
    await office.says('林晓', '领两盒A4纸');
    await office.says('林晓', '还要两支黑色签字笔');
    const both = await office.last('林晓');
    expect(both).toContain('A4纸 | 2 包');
    expect(both).toContain('黑色签字笔 | 2 支');
    await office.says('林晓', '去掉A4纸');
    const one = await office.last('林晓');
    expect(one).not.toContain('A4纸');
    expect(one).toContain('黑色签字笔 | 2 支');
    await office.says('林晓', '改成5支');
    await office.says('林晓', '提交');
    expect(await office.last('林晓')).toMatch(/SUP-26-\d{4} #处理中/);
  });

  test('a change of mind about what it is at all: the first draft is closed', async () => {
    await office.says('罗敏', '会议室的投影坏了');
    expect(await office.last('罗敏')).toContain('报修 #草稿');
    await office.says('罗敏', '不对，是订会议室');
    expect(await office.last('罗敏')).toContain('会议室预订 #草稿');
    expect(await openDrafts('罗敏')).toEqual(['room']);
    await office.says('罗敏', '后天下午3点到4点');
    await office.says('罗敏', '提交');
    expect(await office.last('罗敏')).toContain('#已预订');
  });

  test('submitted, and then it is another hour: the same number, changed', async () => {
    await office.says('罗敏', '改到5点');
    expect(await office.last('罗敏')).toMatch(/修改 ROOM-26-\d{4} #草稿/);
    expect(await office.last('罗敏')).toContain('17:00–18:00');
    await office.says('罗敏', '提交');
    expect(await office.last('罗敏')).toContain('17:00–18:00');
    const rows = await office.app.db
      .selectFrom('request')
      .innerJoin('person', 'person.id', 'request.requester_id')
      .select('request.version')
      .where('person.name', '=', '罗敏')
      .execute();
    expect(rows).toEqual([{ version: 2 }]);
  });
});

describe('two things at once', () => {
  test('each has its draft; what is said next goes to the one it fits', async () => {
    await office.says('王磊', '订个会议室，再领两盒A4纸');
    expect(await openDrafts('王磊')).toEqual(['room', 'supply']);
    await office.says('王磊', '明天下午3点');
    expect(await office.last('王磊')).toContain('会议室预订 #草稿');
    expect(await office.last('王磊')).toContain('15:00–16:00');
    await office.says('王磊', '提交');
    expect(await office.last('王磊')).toContain('ROOM-26-');
    await office.says('王磊', '提交');
    expect(await office.last('王磊')).toMatch(/SUP-26-\d{4} #处理中/);
    expect(await openDrafts('王磊')).toEqual([]);
  });

  test('words and taps mixed: a tap takes an offer, a word submits', async () => {
    await office.says('王磊', '后天下午2点到3点订珠峰');
    await office.taps('王磊', '提交');
    await office.says('陈晨', '后天下午2点到3点订珠峰');
    const taken = await office.card('陈晨');
    expect(JSON.stringify(taken)).toContain('offer');
    const label = taken.blocks
      .flatMap((block) => (block.block === 'buttons' ? block.buttons : []))
      .map((button) => (typeof button.label === 'string' ? button.label : button.label.zh))
      .find((each) => !['提交', '修改', '取消'].includes(each));
    await office.taps('陈晨', label ?? '');
    await office.says('陈晨', '提交');
    expect(await office.last('陈晨')).toContain('#已预订');
    expect(await openDrafts('陈晨')).toEqual([]);
  });
});

describe('which of one’s own', () => {
  test('several could be meant: asked with buttons, and the answer may be said', async () => {
    await office.says('马超', '明天上午9点订黄山');
    await office.says('马超', '提交');
    await office.says('马超', '后天上午11点订华山');
    await office.says('马超', '提交');
    await office.says('马超', '撤回');
    const which = await office.last('马超');
    expect(which).toContain('是哪一张？');
    expect(which).toContain('黄山');
    expect(which).toContain('华山');
    await office.says('马超', '黄山那个');
    expect(await office.last('马超')).toContain('#已取消');
    expect(await office.last('马超')).toContain('会议室：黄山');
  });

  test('by day, by hour, the last one: no question', async () => {
    await office.says('马超', '明天下午2点订黄山');
    await office.says('马超', '提交');
    await office.says('马超', '把2点的改到3点');
    expect(await office.last('马超')).toContain('15:00–16:00');
    await office.says('马超', '提交');
    await office.says('马超', '取消后天的会议室');
    expect(await office.last('马超')).toContain('会议室：华山');
    expect(await office.last('马超')).toContain('#已取消');
    await office.says('马超', '下周二去上海出差，见客户');
    await office.says('马超', '提交');
    await office.says('马超', '撤回上一条');
    expect(await office.last('马超')).toMatch(/TRIP-26-\d{4} #已撤回/);
  });

  test('催: the city tells which trip', async () => {
    await office.says('刘洋@研发部', '下周二去上海出差，见客户');
    await office.says('刘洋@研发部', '提交');
    await office.says('刘洋@研发部', '下周四去广州出差，拜访客户');
    await office.says('刘洋@研发部', '提交');
    const before = (await office.sees('李伟')).length;
    await office.says('刘洋@研发部', '催一下广州那个');
    expect(await office.last('刘洋@研发部')).toBe('已提醒李伟');
    expect((await office.sees('李伟')).length).toBe(before + 1);
    expect(await office.last('李伟')).toContain('目的地：广州');
  });
});
