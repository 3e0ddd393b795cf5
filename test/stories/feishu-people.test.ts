import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const record = (act: string) =>
  office.app.db
    .selectFrom('audit')
    .select(['act', 'actor', 'subject'])
    .where('act', '=', act)
    .execute();

const person = (id: string) =>
  office.app.db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .leftJoin('person as leader', 'leader.id', 'person.leader_id')
    .leftJoin('department', 'department.id', 'person.department_id')
    .select([
      'person.name',
      'person.active',
      'leader.name as leader',
      'department.name as department',
    ])
    .where('address.external_id', '=', id)
    .executeTakeFirst();

describe('the directory', () => {
  test('is read whole at the start: people, leaders, departments', async () => {
    const people = await office.app.db.selectFrom('person').select('id').execute();
    expect(people).toHaveLength(16);
    expect(await person('ou_rd_1')).toEqual({
      name: '陈晨',
      active: true,
      leader: '李伟',
      department: '研发部',
    });
    expect(await person('ou_gm')).toMatchObject({ name: '赵建国', leader: null });
  });
});

describe('first contact', () => {
  test('opening the chat greets once, however often it is opened', async () => {
    await office.opens('黄静');
    await office.opens('黄静');
    expect(office.sees('黄静')).toHaveLength(1);
    expect(office.last('黄静')).toContain('黄静，您好，我是办事助手');
  });

  test('a phrase of the greeting can be tapped, and what follows in words goes on from there', async () => {
    await office.taps('黄静', '出差申请');
    expect(office.last('黄静')).toContain('目的地　上海');
    await office.says('黄静', '改成去南京');
    expect(office.last('黄静')).toContain('目的地　南京');
  });

  test('an entry of the menu answers', async () => {
    await office.touches('黄静', 'my_tasks');
    expect(office.last('黄静')).toContain('没有等您处理的事');
  });
});

describe('in a group', () => {
  test('mentioned, the bot answers in private, and the group reads that in a line', async () => {
    const { feishu } = office;
    const group = feishu.addGroup('研发群', ['ou_rd_1', 'ou_rd_2']);
    await feishu.says('ou_rd_2', '明天上午9点到10点订华山', { chat: group });
    await office.settle();
    expect(office.last('王磊')).toContain('会议室　华山');
    expect(feishu.chat(group).filter(({ from }) => from === 'bot')).toEqual([
      expect.objectContaining({ text: '已私聊发您' }),
    ]);
  });

  test('not mentioned, it does not listen', async () => {
    const { feishu } = office;
    const group = feishu.addGroup('闲聊', ['ou_rd_3']);
    await feishu.says('ou_rd_3', '领两盒A4纸', { chat: group, mention: false });
    await office.settle();
    expect(office.sees('ou_rd_3')).toEqual([]);
  });
});

describe('somebody who is not of the company', () => {
  test('is answered politely once a day, and nothing is begun', async () => {
    office.feishu.addPerson({ name: '访客', openId: 'ou_visitor' });
    await office.says('ou_visitor', '领两盒A4纸');
    await office.says('ou_visitor', '订明天的会议室');
    await office.opens('ou_visitor');
    expect(office.sees('ou_visitor')).toHaveLength(1);
    expect(office.last('ou_visitor')).not.toContain('示例科技');
    expect(
      await office.app.db.selectFrom('draft').selectAll().where('kind', '=', 'supply').execute(),
    ).toEqual([]);
    expect(await record('refused.stranger')).toHaveLength(2);
  });

  test('who joins is known from then on', async () => {
    const id = office.feishu.addPerson({
      name: '新同事',
      openId: 'ou_new',
      department: 'od_rd',
      leader: 'ou_rd_lead',
    });
    await office.feishu.joins(id);
    expect(await person('ou_new')).toEqual({
      name: '新同事',
      active: true,
      leader: '李伟',
      department: '研发部',
    });
    await office.says('ou_new', '我的申请');
    expect(office.sees('ou_new')[0]).toContain('新同事，您好');
  });
});

describe('people change places', () => {
  test('a new leader is asked from then on', async () => {
    await office.feishu.moves('ou_sales_1', { leader: 'ou_sales_2' });
    expect(await person('ou_sales_1')).toMatchObject({ leader: '罗敏' });
    await office.says('何佳', '下周一到周三去广州出差，做展会');
    expect(office.last('何佳')).toContain('提交后审批：罗敏（直属上级）');
  });

  test('an approval that waits for somebody who leaves goes to their leader, with everything on the card', async () => {
    await office.taps('何佳', '提交');
    expect(office.last('罗敏')).toContain('[同意]  [驳回]');
    await office.feishu.leaves('ou_sales_2');
    await office.settle();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
    expect(office.last('马超')).toContain('何佳');
    expect(office.last('马超')).toContain('目的地　广州');
    expect((await office.taps('马超', '同意')).toast?.content).toMatch(/^已同意 TRIP-26-/);
    expect(office.last('何佳')).toContain('【处理中】');
  });

  test('who has left cannot act any more', async () => {
    const before = await office.app.db
      .selectFrom('request')
      .select(['id', 'version', 'state'])
      .execute();
    const left = office.feishu.cards('ou_sales_2').at(-1)?.messageId ?? '';
    const tapped = await office.callsBack({
      person: 'ou_sales_2',
      message: left,
      value: { v: 1, a: 'approve', r: 1, n: 1 },
    });
    expect(tapped.toast?.type).toBe('error');
    expect(
      await office.app.db.selectFrom('request').select(['id', 'version', 'state']).execute(),
    ).toEqual(before);
  });

  // Told over the webhook only: that an event was signed anew, hours later, is nothing that a connection has.
  const byAddress = test.skipIf(inject('transport') === 'websocket');
  byAddress(
    'who has left does not come back with an older change that was repeated late, however it is signed',
    async () => {
      const { feishu } = office;
      const { webhookUrl } = feishu;
      feishu.webhookUrl = undefined;
      await feishu.moves('ou_rd_3', { title: '高级经理' });
      const move = feishu.pending.at(-1)?.envelope;
      if (!move) throw new Error('the move is not on its way');
      feishu.webhookUrl = webhookUrl;
      office.later({ seconds: 16 });
      await feishu.leaves('ou_rd_3');
      expect(await person('ou_rd_3')).toMatchObject({ active: false });
      await feishu.pushes({ envelope: move });
      await office.settle();
      expect(await person('ou_rd_3')).toMatchObject({ active: false });
    },
  );

  test('a department that changed is read anew', async () => {
    office.feishu.changeDepartment('od_rd', { name: '研发中心' });
    await office.feishu.pushes({ type: 'contact.department.updated_v3', event: { object: {} } });
    office.later({ minutes: 4 });
    await office.tick();
    await expect.poll(async () => (await person('ou_rd_1'))?.department).toBe('研发中心');
  });
});

test('no call to the platform was refused', () => {
  expect(refusedCalls(office.feishu)).toEqual([]);
});
