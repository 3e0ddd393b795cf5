import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let research: string;
let platform: string;
let boss: string;
let zhang: string;

beforeEach(async () => {
  feishu = await createFeishu({ pace: () => 0 });
  client = sdkClient(feishu);
  boss = feishu.addPerson({ name: '总经理' });
  research = feishu.addDepartment({ name: '研发部', leader: boss });
  platform = feishu.addDepartment({ name: '平台组', parent: research });
  zhang = feishu.addPerson({
    name: '张三',
    department: [platform, research],
    leader: boss,
    email: 'zhang@example.com',
    employeeNo: 'E007',
  });
});
afterEach(() => feishu.close());

const membersOf = (department_id: string) =>
  client.contact.user.findByDepartment({ params: { department_id } });

const childrenOf = (department_id: string, fetch_child: boolean) =>
  client.contact.department.children({ path: { department_id }, params: { fetch_child } });

const names = (items: readonly { readonly name?: string }[] | undefined) =>
  items?.map(({ name }) => name);

describe('with the whole company in range', () => {
  test('the scopes are the first-level departments and the people at the root', async () => {
    const { data } = await client.contact.scope.list({});
    expect(data).toMatchObject({ department_ids: [research], user_ids: [boss], has_more: false });
  });

  test('departments below, near ones or all', async () => {
    expect(names((await childrenOf('0', false)).data?.items)).toEqual(['研发部']);
    expect(names((await childrenOf('0', true)).data?.items)).toEqual(['研发部', '平台组']);
  });

  test('direct members only, also by a second department', async () => {
    expect(names((await membersOf('0')).data?.items)).toEqual(['总经理']);
    expect(names((await membersOf(research)).data?.items)).toEqual(['张三']);
  });

  test('a user with leader, departments and status', async () => {
    const { data } = await client.contact.user.get({ path: { user_id: zhang } });
    expect(data?.user).toMatchObject({
      open_id: zhang,
      name: '张三',
      leader_user_id: boss,
      department_ids: [platform, research],
      employee_no: 'E007',
      email: 'zhang@example.com',
      status: { is_resigned: false, is_frozen: false },
    });
  });

  test('a department with its leaders in camel case', async () => {
    const { data } = await client.contact.department.get({ path: { department_id: research } });
    expect(data?.department).toMatchObject({
      open_department_id: research,
      parent_department_id: '0',
      leader_user_id: boss,
      leaders: [{ leaderType: 1, leaderID: boss }],
    });
  });

  test('a list comes in pages of ten, at most fifty', async () => {
    for (const n of Array(11).keys()) feishu.addPerson({ name: `员工${n}`, department: platform });
    const first = await membersOf(platform);
    expect([first.data?.items?.length, first.data?.has_more]).toEqual([10, true]);
    const rest = await client.contact.user.findByDepartment({
      params: { department_id: platform, page_token: first.data?.page_token ?? '' },
    });
    expect([rest.data?.items?.length, rest.data?.has_more]).toEqual([2, false]);
    const tooMany = client.contact.user.findByDepartment({
      params: { department_id: platform, page_size: 51 },
    });
    expect(await refusal(tooMany)).toMatchObject({ code: 40011 });
    const badToken = client.contact.user.findByDepartment({
      params: { department_id: platform, page_token: 'xyz' },
    });
    expect(await refusal(badToken)).toMatchObject({ code: 40012 });
  });

  test('an address finds its person', async () => {
    const { data } = await client.contact.user.batchGetId({
      data: { emails: ['zhang@example.com', 'nobody@example.com'] },
    });
    expect(data?.user_list).toEqual([
      { email: 'zhang@example.com', user_id: zhang },
      { email: 'nobody@example.com' },
    ]);
  });

  test('somebody who left is in no list', async () => {
    feishu.changePerson(zhang, { resigned: true });
    expect((await membersOf(platform)).data?.items).toEqual([]);
  });
});

describe('with one department in range', () => {
  beforeEach(() => feishu.setRange({ departments: [research], people: [] }));

  test('the scopes name it without what is below', async () => {
    const { data } = await client.contact.scope.list({});
    expect(data).toMatchObject({ department_ids: [research], user_ids: [] });
  });

  test('the root is closed', async () => {
    expect(await refusal(childrenOf('0', true))).toMatchObject({ status: 403, code: 40004 });
    expect(await refusal(membersOf('0'))).toMatchObject({ status: 403, code: 40004 });
  });

  test('others are refused alone and missing in a batch without a word', async () => {
    const alone = client.contact.user.get({ path: { user_id: boss } });
    expect(await refusal(alone)).toMatchObject({ status: 400, code: 41050 });
    const { data } = await client.contact.user.batch({ params: { user_ids: [boss, zhang] } });
    expect(names(data?.items)).toEqual(['张三']);
  });
});

test('fields without their scope are left out', async () => {
  feishu.scopes.delete('contact:user.department:readonly');
  feishu.scopes.delete('contact:user.email:readonly');
  const { data } = await client.contact.user.get({ path: { user_id: zhang } });
  expect(data?.user).toHaveProperty('name', '张三');
  expect(data?.user).not.toHaveProperty('leader_user_id');
  expect(data?.user).not.toHaveProperty('email');
});

test('an id of nobody, and one of another app', async () => {
  const get = (user_id: string) => client.contact.user.get({ path: { user_id } });
  expect(await refusal(get('ou_0'))).toMatchObject({ code: 99992351 });
  expect(await refusal(get(feishu.foreignOpenId()))).toMatchObject({ code: 99992361 });
});
