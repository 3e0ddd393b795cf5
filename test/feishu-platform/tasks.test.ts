import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let now = Date.UTC(2026, 2, 3, 2);
let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let zhang: string;

beforeEach(async () => {
  feishu = await createFeishu({ clock: () => now });
  client = sdkClient(feishu);
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(() => feishu.close());

type Given = Partial<(Parameters<typeof client.task.v2.task.create>[0] & object)['data']>;
const create = (data: Given) =>
  client.task.v2.task.create({
    data: { summary: '写周报', members: [{ id: zhang, type: 'user', role: 'assignee' }], ...data },
  });

const patch = (guid: string, task: object, fields: string[]) =>
  client.task.v2.task.patch({ path: { task_guid: guid }, data: { task, update_fields: fields } });

test('a task is there for its assignee, a date keeps its day only', async () => {
  const day = Date.UTC(2026, 2, 10);
  const made = await create({ due: { timestamp: String(day + 5_000), is_all_day: true } });
  expect(made.data?.task?.due).toEqual({ timestamp: String(day), is_all_day: true });
  expect(feishu.tasks.of(zhang).map(({ summary }) => summary)).toEqual(['写周报']);
});

test('one client_token is one task, for five minutes', async () => {
  const first = await create({ client_token: 'k-1' });
  expect((await create({ client_token: 'k-1' })).data?.task?.guid).toBe(first.data?.task?.guid);
  now += 5 * 60 * 1_000;
  expect((await create({ client_token: 'k-1' })).data?.task?.guid).not.toBe(first.data?.task?.guid);
});

test('is done once, may be opened again; unknown people, fields and lists are refused', async () => {
  const guid = (await create({})).data?.task?.guid ?? '';
  await patch(guid, { completed_at: '1772503200000' }, ['completed_at']);
  expect(await refusal(patch(guid, { completed_at: '1' }, ['completed_at']))).toMatchObject({
    code: 1470400,
  });
  await patch(guid, { completed_at: '0' }, ['completed_at']);
  expect(feishu.tasks.of(zhang)[0]?.completedAt).toBe(0);
  expect(await refusal(patch(guid, { members: [] }, ['members']))).toMatchObject({ code: 1470400 });
  const strangers = [{ id: 'ou_nobody', type: 'user', role: 'assignee' }];
  expect(await refusal(create({ members: strangers }))).toMatchObject({ code: 1470500 });
  expect(await refusal(create({ tasklists: [{ tasklist_guid: 'none' }] }))).toMatchObject({
    code: 1470404,
    status: 404,
  });
  await client.task.v2.task.delete({ path: { task_guid: guid } });
  expect(await refusal(patch(guid, { summary: '又来' }, ['summary']))).toMatchObject({
    code: 1470404,
  });
});

test('the app has no list of its own tasks, but reads its task list', async () => {
  expect(await refusal(client.task.v2.task.list({ params: {} }))).toMatchObject({ code: 99991663 });
  const list = await client.task.v2.tasklist.create({ data: { name: '会议行动项' } });
  const guid = list.data?.tasklist?.guid ?? '';
  await create({ summary: '旧的', tasklists: [{ tasklist_guid: guid }] });
  now += 1_000;
  await create({ summary: '新的', tasklists: [{ tasklist_guid: guid }] });
  await create({ summary: '不在清单里' });
  const since = await client.task.v2.tasklist.tasks({
    path: { tasklist_guid: guid },
    params: { created_from: String(now) },
  });
  expect(since.data?.items?.map(({ summary }) => summary)).toEqual(['新的']);
});

test('needs its scope, and no more than ten a second', async () => {
  const all = await Promise.allSettled(Array.from({ length: 11 }, () => create({})));
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  feishu.scopes.delete('task:task:write');
  expect(await refusal(create({}))).toMatchObject({ code: 99991672 });
});
