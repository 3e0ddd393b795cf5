/** The program is down for longer than Feishu repeats: what people wrote meanwhile is read back from their chats, once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { seen } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf, settled } from '../office/office.ts';

let office: FeishuOffice;
let back: readonly App[] = [];
beforeEach(async () => {
  office = await openFeishuOffice({ transport: 'webhook', rates: 'off' });
  // They have talked before, so that their chats are known.
  for (const person of ['王磊', '林晓', '罗敏']) await office.says(person, '我的申请');
  await office.says('陈晨', '下周二去苏州出差一天，见客户');
  await office.taps('陈晨', '提交');
  await office.app.stop();
});
afterEach(async () => {
  await Promise.all(back.map((each) => each.stop()));
  await office.feishu.close();
  await office.database.drop();
});

/** Somebody writes, and nobody answers. */
const writes = (person: string, text: string): Promise<unknown> =>
  office.feishu.says(idOf(person), text);

/** Feishu has come again four times, in vain, and gives up. */
async function givenUp(): Promise<void> {
  while (office.feishu.pending.length > 0) await office.feishu.redeliver();
}

/** So many programs begin, and each does what its clock tells it, until all that is owed has left. */
async function comesBack(count: number): Promise<void> {
  back = await Promise.all(Array.from({ length: count }, () => office.start()));
  await Promise.all(back.map((each) => each.tick()));
  for (const each of back) await settled(each);
}

const db = () => {
  const [first] = back;
  if (!first) throw new Error('nobody is there');
  return first.db;
};

const looks = (): readonly string[] =>
  office.feishu.calls
    .filter(({ method, route }) => method === 'GET' && route === '/open-apis/im/v1/messages')
    .map(({ query }) => String(query['container_id']));

const said = (person: string): readonly string[] => seen(office.feishu, idOf(person));

test('down for a day and an hour: three people are answered once, and what is older than a day is asked about', async () => {
  office.later({ hours: 1 });
  await writes('陈晨', '明天下午3点到5点订珠峰');
  office.later({ hours: 12 });
  await writes('王磊', '领2个笔记本');
  await writes('林晓', '明天下午4点到5点订黄山');
  await writes('罗敏', '签字笔还有多少');
  const late = office.feishu.pending.find(({ envelope }) =>
    JSON.stringify(envelope).includes('笔记本'),
  );
  await givenUp();
  office.later({ hours: 13 });
  const before = said('王磊').length;
  await comesBack(2);

  expect(said('王磊').slice(before)).toEqual([expect.stringMatching(/笔记本[\s\S]*2/)]);
  // Written at 23:00 on the 3rd, found at noon on the 4th.
  expect(said('林晓').at(-1)).toMatch(/今天 3月4日（周三）16:00[\s\S]*黄山/);
  expect(said('罗敏').at(-1)).toContain('签字笔');
  expect(said('陈晨').at(-1)).toMatch(
    /程序停了一段时间[\s\S]*3月3日.*11:00 您说「明天下午3点到5点订珠峰」[\s\S]*还需要吗/,
  );
  const drafts = await db()
    .selectFrom('draft')
    .select('kind')
    .where('state', '=', 'open')
    .execute();
  expect(drafts.map(({ kind }) => kind).toSorted()).toEqual(['room', 'supply']);
  // One of the two programs looked, once into each chat.
  expect(new Set(looks()).size).toBe(looks().length);
  // The card of whoever decides is drawn as it stands.
  const redrawn = await db()
    .selectFrom('delivery')
    .select('what')
    .where('what', 'like', '%:back:%')
    .execute();
  expect(redrawn.length).toBeGreaterThan(0);

  // A repeat comes after all, and another minute passes.
  const counts = ['王磊', '林晓', '罗敏', '陈晨'].map((person) => said(person).length);
  const looked = looks().length;
  const [first] = back;
  const url = await first?.server.listen({ host: '127.0.0.1', port: 0 });
  const [outcome] = await office.feishu.pushes(
    { envelope: late?.envelope ?? {} },
    { to: `${url}/feishu/events` },
  );
  expect(outcome).toMatchObject({ got: 'answer', status: 200 });
  for (const each of back) await each.tick();
  for (const each of back) await settled(each);
  expect(['王磊', '林晓', '罗敏', '陈晨'].map((person) => said(person).length)).toEqual(counts);
  expect(looks()).toHaveLength(looked);
});

test('down for five hours nobody looks: Feishu still comes again', async () => {
  office.later({ hours: 5 });
  await comesBack(1);
  expect(looks()).toEqual([]);
});

test('without the permission the office manager hears what is missing and what to do, and all goes on', async () => {
  office.later({ hours: 2 });
  await writes('王磊', '领2个笔记本');
  await givenUp();
  office.later({ hours: 8 });
  office.feishu.scopes.delete('im:message:readonly');
  await comesBack(1);
  expect(seen(office.feishu, 'ou_office_manager').join('\n')).toMatch(
    /程序停了 6 小时以上.*缺少权限 im:message:readonly.*请大家把停机期间说过的事再说一遍/,
  );
  expect(looks()).toHaveLength(1);
  await Promise.all(back.map((each) => each.tick()));
  expect(looks()).toHaveLength(1);
});
