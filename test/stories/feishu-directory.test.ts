/** The directory in Feishu changes: told by events at once, or found by the reading at night. */
import { afterEach, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { acceptLeavers } from '../../src/directory/reading.ts';
import { directoryRead, type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
afterEach(() => office.stop());

/** How often the directory was read whole so far: each reading asks once what the app may see. */
const readings = (): number =>
  office.feishu.calls.filter(({ route }) => route === '/open-apis/contact/v3/scopes').length;

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

/** What was wished for is read. */
async function read(): Promise<void> {
  await office.tick();
  await directoryRead(office.app);
  await office.settle();
}

/** Minutes later, when a reading that was wished for is made. */
const soon = async (): Promise<void> => {
  office.later({ minutes: 4 });
  await read();
};

/** The night of the next day, after the hour of the reading. */
const night = async (): Promise<void> => {
  office.later({ hours: 17, minutes: 30 });
  await read();
};

const departmentChanged = (kind = 'updated') =>
  office.feishu.pushes({ type: `contact.department.${kind}_v3`, event: { object: {} } });

/** 何佳 asks for a trip that waits for the leader. */
async function tripOfHeJia(): Promise<void> {
  await office.says('何佳', '下周一到周三去广州出差，做展会');
  await office.taps('何佳', '提交');
}

describe('a re-organisation', () => {
  test('of a hundred people is read once at once, and once more for what came after', async () => {
    office = await openFeishuOffice();
    const before = readings();
    office.feishu.changeDepartment('od_rd', { name: '研发中心' });
    await Promise.all(Array.from({ length: 50 }, () => departmentChanged()));
    await soon();
    expect(readings() - before).toBe(1);
    expect(await person('ou_rd_1')).toMatchObject({ department: '研发中心' });
    office.feishu.changeDepartment('od_rd', { name: '研发院' });
    await Promise.all(Array.from({ length: 50 }, () => departmentChanged()));
    await office.tick();
    await office.tick();
    expect(readings() - before).toBe(1);
    await soon();
    await office.tick();
    expect(readings() - before).toBe(2);
    expect(await person('ou_rd_1')).toMatchObject({ department: '研发院' });
  });

  test('heard by a program that then stopped is read by the next one; two programs read once', async () => {
    office = await openFeishuOffice({ replicas: 2 });
    const before = readings();
    office.feishu.changeDepartment('od_rd', { name: '研发中心' });
    await departmentChanged();
    office.later({ minutes: 4 });
    const next = await office.start();
    await Promise.all([next.tick(), ...office.ticks.map((tick) => tick())]);
    await read();
    await next.stop();
    expect(readings() - before).toBe(1);
    expect(await person('ou_rd_1')).toMatchObject({ department: '研发中心' });
  });

  test('of which a page cannot be read changes nothing, and is tried again', async () => {
    office = await openFeishuOffice();
    office.feishu.changeDepartment('od_rd', { name: '研发中心' });
    office.feishu.changePerson('ou_sales_1', { name: '何佳佳' });
    await departmentChanged();
    office.later({ minutes: 4 });
    const fixed = office.feishu.fail(
      { answer: 400, code: 40003 },
      { only: /find_by_department/, times: 1 },
    );
    await office.tick();
    expect(await person('ou_rd_1')).toMatchObject({ department: '研发部' });
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳' });
    fixed();
    await soon();
    expect(await person('ou_rd_1')).toMatchObject({ department: '研发中心' });
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳佳' });
  });

  test('a department that was dissolved is gone, its people are where they are now', async () => {
    office = await openFeishuOffice();
    for (const id of ['ou_marketing_1', 'ou_marketing_2', 'ou_marketing_lead'])
      await office.feishu.moves(id, { departments: ['od_sales'] });
    office.feishu.changeDepartment('od_marketing', { removed: true });
    await departmentChanged('deleted');
    await soon();
    expect(await person('ou_marketing_1')).toMatchObject({ department: '销售部' });
    const left = await office.app.db.selectFrom('department').select('name').execute();
    expect(left.map(({ name }) => name)).not.toContain('市场部');
  });
});

describe('a leader changes', () => {
  test('told by an event: who is asked next is the new one; what waits stays with whom it was asked', async () => {
    office = await openFeishuOffice();
    await tripOfHeJia();
    expect(office.last('马超')).toContain('[同意]');
    await office.feishu.moves('ou_sales_1', { leader: 'ou_sales_2' });
    expect((await office.taps('马超', '同意')).toast?.content).toMatch(/^已同意 TRIP/);
    await office.says('何佳', '下月一号到三号去南京出差，拜访客户');
    expect(office.last('何佳')).toContain('提交后审批：罗敏（直属上级）');
  });

  test('found at night: the same', async () => {
    office = await openFeishuOffice();
    await tripOfHeJia();
    office.feishu.changePerson('ou_sales_1', { leader: 'ou_sales_2' });
    await night();
    expect(await person('ou_sales_1')).toMatchObject({ leader: '罗敏' });
    expect((await office.taps('马超', '同意')).toast?.content).toMatch(/^已同意 TRIP/);
    await office.says('何佳', '下月一号到三号去南京出差，拜访客户');
    expect(office.last('何佳')).toContain('提交后审批：罗敏（直属上级）');
  });

  test('the head of a department leads those who have no leader of their own, also after a move', async () => {
    office = await openFeishuOffice();
    await office.feishu.moves('ou_sales_1', { leader: '' });
    expect(await person('ou_sales_1')).toMatchObject({ leader: '马超' });
    await office.feishu.moves('ou_sales_1', { departments: ['od_rd'] });
    expect(await person('ou_sales_1')).toMatchObject({ department: '研发部', leader: '李伟' });
    office.feishu.changeDepartment('od_rd', { leader: 'ou_rd_1' });
    await departmentChanged();
    await soon();
    expect(await person('ou_sales_1')).toMatchObject({ leader: '陈晨' });
  });
});

describe('somebody moves or is renamed', () => {
  test('told by an event at once', async () => {
    office = await openFeishuOffice();
    await office.feishu.moves('ou_sales_1', { name: '何佳佳', departments: ['od_marketing'] });
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳佳', department: '市场部' });
    await tripOfHeJia();
    expect(office.last('马超')).toContain('何佳佳');
  });

  test('found at night, on approvals under way too', async () => {
    office = await openFeishuOffice();
    await tripOfHeJia();
    office.feishu.changePerson('ou_sales_1', { name: '何佳佳', departments: ['od_marketing'] });
    await night();
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳佳', department: '市场部' });
    expect((await office.taps('马超', '同意')).text).toContain('何佳佳');
  });
});

describe('somebody leaves', () => {
  test('found at night: what waited for them goes to their leader', async () => {
    office = await openFeishuOffice();
    await office.feishu.moves('ou_sales_1', { leader: 'ou_sales_2' });
    await tripOfHeJia();
    expect(office.last('罗敏')).toContain('[同意]');
    office.feishu.changePerson('ou_sales_2', { resigned: true, departments: [] });
    await night();
    office.later({ hours: 6 });
    await office.tick();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
    expect(office.sees('马超').join('\n')).toContain('目的地　广州');
    expect((await office.taps('马超', '同意')).toast?.content).toMatch(/^已同意 TRIP/);
  });

  test('while a reading is under way: it does not bring them back', async () => {
    office = await openFeishuOffice();
    await departmentChanged();
    office.later({ minutes: 4 });
    const fast = office.feishu.fail({ slow: 700 }, { only: /find_by_department/, times: 1 });
    const before = readings();
    const tick = office.app.tick();
    await office.feishu.waitFor(() => readings() > before);
    // The event is here; the list that the reading gets of her department is older.
    await office.feishu.leaves('ou_sales_2');
    office.feishu.changePerson('ou_sales_2', { resigned: false, departments: ['od_sales'] });
    await tick;
    fast();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
  });
});

const told = (who: string, text: string): number =>
  office.sees(who).filter((each) => each.includes(text)).length;

/** As an administrator who says that the missing have really left; how many there are. */
const accept = (): Promise<number> =>
  inWork({ db: office.app.db, clock: { now: office.app.now } }, { actor: 'system' }, (work) =>
    acceptLeavers(work, 'feishu'),
  );

/** The app may see all but these departments (and the general manager, who is in none of them). */
const seeAllBut = async (...hidden: readonly string[]): Promise<void> => {
  const all = ['od_office', 'od_finance', 'od_rd', 'od_marketing', 'od_sales'];
  const departments = all.filter((id) => !hidden.includes(id));
  office.feishu.setRange({ people: ['ou_gm'], departments });
  await office.feishu.pushes({ type: 'contact.scope.updated_v3', event: {} });
  await soon();
};

describe('a part of the company is out of the app’s contact range', () => {
  test('its people are no leavers: they are kept, served and told nothing; the office manager hears it once', async () => {
    office = await openFeishuOffice();
    await tripOfHeJia();
    const before = office.sees('马超').length;
    await seeAllBut('od_sales');
    await night();
    for (const id of ['ou_sales_1', 'ou_sales_2', 'ou_sales_lead'])
      expect(await person(id)).toMatchObject({ active: true, department: '销售部' });
    expect(await person('ou_sales_1')).toMatchObject({ leader: '马超' });
    const manager = office.roleHolder('office-manager');
    expect(told(manager, '通讯录里看不到何佳、罗敏、马超了')).toBe(1);
    expect(told(manager, '通讯录没有更新')).toBe(0);
    expect(office.sees('马超')).toHaveLength(before);
    office.later({ hours: 7 });
    expect((await office.taps('马超', '同意')).toast?.content).toMatch(/^已同意 TRIP/);
    await office.says('何佳', '下月一号到三号去南京出差，拜访客户');
    expect(office.last('何佳')).toContain('提交后审批：马超（直属上级）');
  });

  test('what can be seen is kept up to date; who comes back into the range too', async () => {
    office = await openFeishuOffice();
    await seeAllBut('od_sales');
    office.feishu.changePerson('ou_rd_1', { name: '陈晨曦' });
    office.feishu.changePerson('ou_sales_1', { name: '何佳佳' });
    await night();
    expect(await person('ou_rd_1')).toMatchObject({ name: '陈晨曦' });
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳' });
    await seeAllBut();
    expect(await person('ou_sales_1')).toMatchObject({ name: '何佳佳' });
    // Out of sight once more is news once more.
    await seeAllBut('od_sales');
    office.later({ hours: 7 });
    await office.tick();
    expect(told(office.roleHolder('office-manager'), '通讯录里看不到')).toBe(2);
  });

  test('who moves there is no leaver either, and still leads whom they led', async () => {
    office = await openFeishuOffice();
    await seeAllBut('od_sales');
    office.feishu.changePerson('ou_rd_lead', { departments: ['od_sales'] });
    await night();
    expect(await person('ou_rd_lead')).toMatchObject({ name: '李伟', active: true });
    expect(await person('ou_rd_1')).toMatchObject({ leader: '李伟' });
  });

  test('who joins under a leader that was never seen is led by the head of the department', async () => {
    office = await openFeishuOffice();
    await seeAllBut('od_sales');
    const boss = office.feishu.addPerson({ name: '区域总', department: 'od_sales' });
    const id = office.feishu.addPerson({ name: '新同事', department: 'od_rd', leader: boss });
    await office.feishu.joins(id);
    await soon();
    expect(await person(id)).toEqual({
      name: '新同事',
      active: true,
      leader: '李伟',
      department: '研发部',
    });
  });

  test('who has left of it is let go when an administrator says so', async () => {
    office = await openFeishuOffice();
    await seeAllBut('od_sales');
    office.feishu.changePerson('ou_sales_2', { resigned: true, departments: [] });
    await night();
    expect(await person('ou_sales_2')).toMatchObject({ active: true });
    await seeAllBut();
    await soon();
    expect(await person('ou_sales_2')).toMatchObject({ active: true });
    expect(await accept()).toBe(1);
    await soon();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
    expect(await person('ou_sales_1')).toMatchObject({ active: true });
    expect(await accept()).toBe(0);
  });

  test('an event that calls somebody deleted who has not resigned is looked into', async () => {
    office = await openFeishuOffice();
    await office.feishu.pushes({
      type: 'contact.user.deleted_v3',
      event: { object: { open_id: 'ou_sales_1', name: '何佳', status: { is_resigned: false } } },
    });
    await soon();
    expect(await person('ou_sales_1')).toMatchObject({ active: true });
  });

  test('somebody unknown there is not told that they are no colleague', async () => {
    office = await openFeishuOffice();
    office.feishu.addPerson({ name: '区域总', openId: 'ou_region', department: 'od_sales' });
    await seeAllBut('od_sales');
    await office.says('ou_region', '我的待办');
    expect(office.last('ou_region')).toContain('我能看到的通讯录里没有您');
    expect(office.last('ou_region')).toContain('通讯录权限范围');
  });
});

describe('somebody is missed by a reading', () => {
  test('because they moved while it was made: they stay', async () => {
    office = await openFeishuOffice();
    // Gone from the departments that were still to be read, and come to one that was read before.
    office.feishu.changePerson('ou_sales_2', { departments: [] });
    await departmentChanged();
    await soon();
    expect(await person('ou_sales_2')).toMatchObject({ active: true });
  });

  test('because nobody of that id is there any more: they have left', async () => {
    office = await openFeishuOffice();
    office.feishu.changePerson('ou_sales_2', { departments: [] });
    office.feishu.fail({ answer: 400, code: 99992351 }, { only: /users\/ou_sales_2/ });
    await night();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
  });

  test('and refused for a reason that tells nothing of them: they stay', async () => {
    office = await openFeishuOffice();
    office.feishu.changePerson('ou_sales_2', { departments: [] });
    office.feishu.fail({ answer: 400, code: 40003 }, { only: /users\/ou_sales_2/ });
    await night();
    expect(await person('ou_sales_2')).toMatchObject({ active: true });
  });

  test('and cannot be looked for now: nothing is changed until they can', async () => {
    office = await openFeishuOffice();
    office.feishu.changePerson('ou_sales_2', { resigned: true, departments: [] });
    const away = office.feishu.fail(
      { answer: 429, waitSeconds: 0 },
      { only: /users\/ou_/, times: Infinity },
    );
    await departmentChanged();
    office.later({ minutes: 4 });
    await office.tick();
    const asked = (): number =>
      office.feishu.calls.filter(({ status, path }) => status === 429 && path.includes('/users/'))
        .length;
    await office.feishu.waitFor(() => asked() >= 5, 10_000);
    expect(await person('ou_sales_2')).toMatchObject({ active: true });
    away();
    await soon();
    expect(await person('ou_sales_2')).toMatchObject({ active: false });
  });
});

describe('too many leave at once', () => {
  test('nobody goes; the office manager is told once a day, and may have it applied', async () => {
    office = await openFeishuOffice();
    const gone = ['rd_1', 'rd_2', 'rd_3', 'rd_lead', 'sales_1', 'sales_2', 'sales_lead'];
    const more = ['marketing_1', 'marketing_2', 'marketing_lead'];
    for (const each of [...gone, ...more])
      office.feishu.changePerson(`ou_${each}`, { resigned: true, departments: [] });
    await departmentChanged();
    await soon();
    expect(await person('ou_rd_1')).toMatchObject({ active: true });
    const manager = office.roleHolder('office-manager');
    expect(office.last(manager)).toContain(
      '通讯录没有更新：这次读到的名单里少了 10 人（共 16 人）',
    );
    await departmentChanged();
    await soon();
    expect(told(manager, '通讯录没有更新')).toBe(1);
    expect(await accept()).toBe(10);
    await soon();
    expect(await person('ou_rd_1')).toMatchObject({ active: false });
    expect(await person('ou_office_1')).toMatchObject({ active: true });
  });
});

describe('the app’s contact range is cut by mistake', () => {
  test('to one department: nobody leaves, and the office manager is told', async () => {
    office = await openFeishuOffice();
    office.feishu.setRange({ people: [], departments: ['od_office'] });
    await office.feishu.pushes({ type: 'contact.scope.updated_v3', event: {} });
    await soon();
    expect(await person('ou_rd_1')).toMatchObject({ active: true, leader: '李伟' });
    expect(office.last(office.roleHolder('office-manager'))).toContain('等 12 人了');
    office.feishu.setRange('everybody');
    await office.feishu.pushes({ type: 'contact.scope.updated_v3', event: {} });
    await soon();
    expect(await person('ou_rd_1')).toMatchObject({ active: true, leader: '李伟' });
    expect(await accept()).toBe(0);
  });
});
