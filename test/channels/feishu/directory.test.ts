import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryFault } from '../../../src/channels/channel.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeEach(async () => {
  setting = await createSetting({ rates: 'off' });
});
afterEach(() => setting.close());

/** A company of three departments, sixty people in one of them, and two at the root. */
function company() {
  const { feishu } = setting;
  const boss = feishu.addPerson({
    name: '赵总',
    enName: 'Zhao',
    email: 'zhao@example.com',
    employeeNo: '001',
    title: '总经理',
  });
  const tech = feishu.addDepartment({ name: '技术部', leader: boss });
  const web = feishu.addDepartment({ name: '前端组', parent: tech });
  const office = feishu.addDepartment({ name: '行政部' });
  const staff = Array.from({ length: 60 }, (_, index) =>
    feishu.addPerson({ name: `同事${index}`, department: web, leader: boss }),
  );
  const both = feishu.addPerson({ name: '兼职', department: [office, web] });
  return { boss, tech, web, office, staff, both };
}

describe('reading the directory', () => {
  it('finds everybody once, with departments, leaders and what may be known of them', async () => {
    const { boss, tech, web, office, staff, both } = company();
    const { people, departments } = await setting.channel.directory();
    expect(people).toHaveLength(62);
    expect(new Set(people.map(({ id }) => id))).toEqual(new Set([boss, ...staff, both]));
    expect(people.find(({ id }) => id === boss)).toEqual({
      id: boss,
      name: '赵总',
      nameEn: 'Zhao',
      email: 'zhao@example.com',
      employeeNo: '001',
      jobTitle: '总经理',
      departments: [],
      active: true,
    });
    expect(people.find(({ id }) => id === both)?.departments).toEqual([office, web]);
    expect(people.find(({ id }) => id === staff[0])).toMatchObject({
      departments: [web],
      leader: boss,
    });
    expect(departments).toHaveLength(3);
    expect(departments).toContainEqual({ id: tech, name: '技术部', leader: boss });
    expect(departments).toContainEqual({ id: web, name: '前端组', parent: tech });
  });

  it('stays within what the administrator opened to the app', async () => {
    const { web, office, boss, staff } = company();
    setting.feishu.setRange({ people: [boss], departments: [web] });
    const { people, departments } = await setting.channel.directory();
    expect(departments.map(({ id }) => id)).toEqual([web]);
    expect(people.map(({ id }) => id)).toContain(boss);
    expect(people).toHaveLength(staff.length + 2);
    expect(departments.map(({ id }) => id)).not.toContain(office);
  });

  it('shows who is frozen as not active', async () => {
    const { boss } = company();
    const frozen = setting.feishu.addPerson({ name: '停用', frozen: true });
    const { people } = await setting.channel.directory();
    expect(people.find(({ id }) => id === frozen)?.active).toBe(false);
    expect(people.find(({ id }) => id === boss)?.active).toBe(true);
  });

  it('goes on without fields that the app may not see', async () => {
    const { boss } = company();
    for (const scope of [
      'contact:user.base:readonly',
      'contact:user.department:readonly',
      'contact:user.employee:readonly',
    ]) {
      setting.feishu.scopes.delete(scope);
    }
    const { people } = await setting.channel.directory();
    expect(people.find(({ id }) => id === boss)).toEqual({
      id: boss,
      name: boss,
      email: 'zhao@example.com',
      departments: [],
      active: true,
    });
  });

  it.each([
    ['a page of people', /find_by_department/],
    ['a page of departments', /children/],
    ['the range', /scopes/],
  ])('fails as a whole when %s is refused', async (_what, only) => {
    company();
    setting.feishu.fail({ answer: 400, code: 40003 }, { only });
    await expect(setting.channel.directory()).rejects.toBeInstanceOf(DeliveryFault);
  });

  it('comes again for a page while the platform is busy', async () => {
    const { staff } = company();
    setting.feishu.fail({ answer: 429, waitSeconds: 0 }, { only: /find_by_department/, times: 2 });
    const { people } = await setting.channel.directory();
    expect(people).toHaveLength(staff.length + 2);
  });

  it('is no reading at all when nobody may be seen', async () => {
    setting.feishu.addPerson({ name: '看不见' });
    setting.feishu.setRange({ people: [], departments: [] });
    await expect(setting.channel.directory()).rejects.toMatchObject({ code: 'nobody-in-range' });
  });

  it('of 300 people in 15 departments costs eighteen calls, all of them free of charge', async () => {
    const { feishu } = setting;
    const departments = Array.from({ length: 15 }, (_, index) =>
      feishu.addDepartment({ name: `部门${index}` }),
    );
    for (const department of departments)
      for (let count = 0; count < 20; count++) feishu.addPerson({ name: '同事', department });
    feishu.addPerson({ name: '总经理' });
    const before = feishu.calls.length;
    const { people } = await setting.channel.directory();
    expect(people).toHaveLength(301);
    const routes = feishu.calls.slice(before).map(({ route }) => route);
    expect(routes.every((route) => route.startsWith('/open-apis/contact/'))).toBe(true);
    expect(
      Object.entries(Object.groupBy(routes, (route) => route.slice(22))).map(([route, calls]) => [
        route,
        calls?.length,
      ]),
    ).toEqual([
      ['scopes', 1],
      ['departments/:department_id/children', 1],
      ['users/batch', 1],
      ['users/find_by_department', 15],
    ]);
  });

  it('tells who is out of range from who is gone, by asking for each alone', async () => {
    const { web, office, boss, staff, both } = company();
    const [one = '', two = ''] = staff;
    setting.feishu.changePerson(two, { resigned: true });
    setting.feishu.setRange({ people: [boss], departments: [web] });
    const other = setting.feishu.addPerson({ name: '行政', department: office });
    const asked = [one, two, other, 'ou_nobody'];
    expect(await setting.channel.whereabouts?.(asked)).toEqual({ here: [one], outside: [other] });
    setting.feishu.setRange('everybody');
    expect(await setting.channel.whereabouts?.([both, 'ou_nobody'])).toEqual({
      here: [both],
      outside: [],
    });
  });

  it('takes who is refused for a leaver when the whole company is in range', async () => {
    const { both } = company();
    setting.feishu.fail({ answer: 400, code: 41050 }, { only: /contact\/v3\/users\/ou_/ });
    expect(await setting.channel.whereabouts?.([both])).toEqual({ here: [], outside: [] });
  });

  it('lists below each department when the root is not for the app to see', async () => {
    const { web, office, staff, boss } = company();
    setting.feishu.setRange({ people: [boss], departments: [web, office] });
    const { people, departments } = await setting.channel.directory();
    expect(departments.map(({ id }) => id).toSorted()).toEqual([web, office].toSorted());
    expect(people).toHaveLength(staff.length + 2);
  });
});
