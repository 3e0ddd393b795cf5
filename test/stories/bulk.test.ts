/** Several at once: a list names exactly which, each is checked for itself, one answer tells what became of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bulkMeant } from '../../src/conversation/bulk-words.ts';
import { buttonsOf, openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const states = async (kind: string): Promise<readonly string[]> =>
  (
    await office.app.db
      .selectFrom('request')
      .select('state')
      .where('kind', '=', kind)
      .orderBy('id')
      .execute()
  ).map(({ state }) => state);

const takers = async (): Promise<readonly (number | undefined)[]> =>
  (
    await office.app.db
      .selectFrom('request')
      .select('workflow')
      .where('kind', '=', 'repair')
      .orderBy('id')
      .execute()
  ).map(
    ({ workflow }) =>
      (workflow as { steps: readonly { id: string; claimedBy?: number }[] }).steps.find(
        ({ id }) => id === 'fix',
      )?.claimedBy,
  );

const REPAIRER = 'ou_office_2';

describe('a repairer’s list', () => {
  test('全部接单 on 我的待办 takes exactly those it lists', async () => {
    await office.submits('陈晨', '3楼打印机卡纸了');
    await office.submits('王磊', '5楼会议室空调不制冷');
    await office.submits('何佳', '2楼饮水机漏水');
    await office.says(REPAIRER, '我的待办');
    expect(await office.last(REPAIRER)).toContain('[全部接单（3）]');
    // One more comes after the list was drawn: it is not on the card, and is not taken.
    await office.submits('陈晨', '4楼投影仪不亮');
    expect((await office.taps(REPAIRER, '全部接单')).toast).toBe('已接单 3 项');
    const taken = await takers();
    expect(taken.slice(0, 3).every((person) => person !== undefined)).toBe(true);
    expect(taken[3]).toBeUndefined();
  });

  test('撤销 gives all of them back that are as they were left, and says which is not', async () => {
    await office.taps(REPAIRER, '撤销');
    expect(await takers()).toEqual([undefined, undefined, undefined, undefined]);
    await office.says(REPAIRER, '我的待办');
    expect((await office.taps(REPAIRER, '全部接单（4）')).toast).toBe('已接单 4 项');
    const undo = buttonsOf(await office.card(REPAIRER)).find(({ label }) =>
      JSON.stringify(label).includes('撤销'),
    )?.value;
    await office.replies(REPAIRER, '物品：空调', '修好了');
    const { toast } = await office.forges(REPAIRER, undo);
    expect(toast).toContain('已撤销「接单」：FIX-26-0003、FIX-26-0001、FIX-26-0004；');
    expect(toast).toContain('FIX-26-0002 之后又有了变化，不能撤销了');
    expect((await takers()).map((person) => person !== undefined)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  test('by word, after the list: it is shown which, and asked once', async () => {
    await office.says(REPAIRER, '全部接单');
    await office.taps(REPAIRER, '接单这 3 项');
    await office.says(REPAIRER, '我的待办');
    await office.says(REPAIRER, '全部完成');
    const asked = await office.last(REPAIRER);
    expect(asked).toContain('完成这 3 项？');
    expect(asked).toContain('FIX-26-0004');
    expect((await states('repair')).every((state) => state === 'working')).toBe(true);
    await office.says(REPAIRER, '好的');
    expect(await office.last(REPAIRER)).toBe('已完成 3 项（30 秒内可说「撤销」）');
    await office.says(REPAIRER, '撤销');
    expect(await office.last(REPAIRER)).toContain('已撤销「完成」：FIX-26-0003、');
    expect((await takers()).every((person) => person !== undefined)).toBe(true);
  });

  test('what cannot be is left as it is, with why', async () => {
    await office.says(REPAIRER, '全部完成');
    await office.replies(REPAIRER, '物品：打印机', '修好了');
    await office.taps('陈晨', '验收');
    const { toast } = await office.taps(REPAIRER, '完成这 3 项');
    expect(toast).toContain('已完成 2 项；没有办：FIX-26-0001 ');
  });
});

describe('one’s own requests', () => {
  test('把这三张都撤回 is about the list just shown; a number that differs is said', async () => {
    for (const day of ['17', '18', '19'])
      await office.submits('陈晨', `3月${day}日去苏州出差一天，见客户`);
    await office.says('陈晨', '我的出差申请');
    expect(await office.last('陈晨')).toContain('[全部撤回（3）]');
    await office.says('陈晨', '把这四张都撤回');
    expect(await office.last('陈晨')).toContain('您说 4 张，能撤回的是下面 3 张');
    expect(await states('trip')).toEqual(['pending', 'pending', 'pending']);
    expect((await office.taps('陈晨', '撤回这 3 项')).toast).toBe('已撤回 3 项');
    expect(await states('trip')).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect((await office.taps('陈晨', '撤销')).toast).toContain('已撤销「撤回」');
    expect(await states('trip')).toEqual(['pending', 'pending', 'pending']);
  });

  test('nobody takes back another’s, whatever a button says', async () => {
    const { id, version } = await office.app.db
      .selectFrom('request')
      .select(['id', 'version'])
      .where('number', '=', 'TRIP-26-0001')
      .executeTakeFirstOrThrow();
    for (const o of ['withdraw', 'approve', 'complete', 'claim'])
      await office.forges('何佳', { v: 1, a: 'bulk', o, t: `${id}:${version}` });
    expect(await states('trip')).toEqual(['pending', 'pending', 'pending']);
    expect((await office.forges('何佳', { v: 1, a: 'bulk', o: 'pay', t: '1:1' })).toast).toContain(
      '这个按钮已经失效',
    );
  });
});

describe('the store room', () => {
  test('待领清单: 全部发放 hands all of it over', async () => {
    await office.submits('陈晨', '领两盒A4纸');
    await office.submits('王磊', '领5支黑色签字笔');
    await office.says('ou_office_1', '今天谁来领');
    expect(await office.last('ou_office_1')).toContain('[全部发放（2）]');
    expect((await office.taps('ou_office_1', '全部发放')).toast).toBe('已完成 2 项');
    const { on_hand: left } = await office.app.db
      .selectFrom('item')
      .select('on_hand')
      .where('name', '=', 'A4纸')
      .executeTakeFirstOrThrow();
    expect(left).toBe(118);
    await office.taps('ou_office_1', '撤销');
    expect(await states('supply')).toEqual(['working', 'working']);
  });

  test('a journey’s booking wants its tickets written down: it is not among what is done at once', async () => {
    await office.says('李伟', '都同意');
    await office.taps('李伟', '同意这 3 项');
    expect(await states('trip')).toEqual(['working', 'working', 'working']);
    await office.taps('ou_office_1', '完成', { tickets: 'G7001 07:00' });
    const { toast } = await office.taps('李伟', '撤销');
    expect(toast).toContain('之后又有了变化，不能撤销了');
    expect((await states('trip')).toSorted()).toEqual(['done', 'pending', 'pending']);
    await office.says('李伟', '我的待办');
    await office.taps('李伟', '全部同意（2）');
    await office.says('ou_office_1', '我的待办');
    const labels = buttonsOf(await office.card('ou_office_1')).map(({ label }) => label);
    expect(JSON.stringify(labels)).toContain('全部发放（2）');
    expect(JSON.stringify(labels)).not.toContain('全部完成');
  });
});

test('which sentences are about several at once', () => {
  const meant = (text: string): string | undefined => {
    const found = bulkMeant(text);
    return found && `${found.act}${found.label ?? ''}${found.count ?? ''}`;
  };
  expect(
    ['全部接单', '把这三张都撤回', '这几张都完成了', '全部签收', '都取消', 'take all of them'].map(
      meant,
    ),
  ).toEqual(['claim', 'withdraw3', 'complete', 'complete签收', 'withdraw', 'claim']);
  expect(
    ['全部同意', '完成', '撤回', '都可以', '全部会议室', '取消明天的会议室', 'cancel'].map(meant),
  ).toEqual(Array.from({ length: 7 }, () => undefined));
});
