/** What is over is not kept for ever: sentences, files, keys of events and the words of old requests go by themselves; figures stay. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      retention: {
        chat: '3d',
        files: '5d',
        claims: '2d',
        requests: { supply: '7d', others: null },
      },
    }),
  });
  await office.submits('陈晨', '领两包A4纸，投标用');
  await office.taps('ou_office_1', '发放');
  await office.taps('陈晨', '签收');
  await office.submits('陈晨', '后天下午3点到5点订珠峰，评审');
  await office.says('王磊', '公司班车几点发车');
  await office.taps('王磊', '转给行政');
  await office.sends('何佳', 'crack.png');
  await office.says('何佳', '三楼茶水间漏水了');
  await office.taps('何佳', '提交');
});
afterAll(() => office.stop());

const days = async (count: number): Promise<void> => {
  for (let day = 0; day < count; day++) await office.later('1d');
};
const count = async (what: string): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from ${sql.raw(what)}`.execute(office.app.db);
  return rows[0]?.n ?? -1;
};
const old = `where received_at < (select max(at) from audit) - interval '2 days 1 hour'`;

test('while it is young nothing is touched', async () => {
  await office.app.tick();
  expect(await count(`draft where said like '%投标用%'`)).toBe(1);
  expect(await count('inbound')).toBeGreaterThan(5);
  expect(await count(`audit where act = 'retention.cleared'`)).toBe(0);
});

test('after two days the keys of events go, sentences stay for another day', async () => {
  await days(2);
  await office.says('林晓', '你好');
  await days(1);
  expect(await count(`inbound ${old}`)).toBe(0);
  expect(await count('inbound')).toBeGreaterThan(0); // 林晓's is a day old
});

test('then what was said goes, in drafts, messages and the chat, but not what is still open', async () => {
  await days(1);
  expect(await count(`draft where said like '%投标用%' or form::text like '%投标用%'`)).toBe(0);
  expect(await count(`simulator_message where body::text like '%投标用%'`)).toBe(0);
  expect(await count(`last_said where said like '%班车%'`)).toBe(0);
  // Nobody has answered yet: the office still has to read it.
  expect(await count(`response where question like '%班车%'`)).toBe(1);
  expect(
    await count(`delivery where state = 'sent' and view ->> 'view' = 'cleared'`),
  ).toBeGreaterThan(0);
});

test('files go when what they belong to is closed long enough, not before', async () => {
  await days(3);
  expect(await count('attachment')).toBe(1); // its repair is open
  await sql`update request set closed_at = now() - interval '1 year' where kind = 'repair'`.execute(
    office.app.db,
  );
  await days(1);
  expect(await count('attachment')).toBe(0);
  expect(await count('attachment_content')).toBe(0);
});

test('words of a closed request go after the time of its kind, figures and ledgers stay, other kinds are kept', async () => {
  expect(await count(`request where kind = 'supply' and form::text like '%投标用%'`)).toBe(0);
  expect(
    await count(`request where kind = 'supply' and form::text like '%A4纸%' and measure > 0`),
  ).toBe(1);
  expect(await count(`movement where sort = 'issue'`)).toBe(1);
  expect(await count(`request where kind = 'room' and form::text like '%评审%'`)).toBe(1);
  const { rows } = await sql<{
    after: object;
  }>`select after from audit where act = 'retention.cleared'`.execute(office.app.db);
  expect(rows.length).toBeGreaterThan(2);
  expect(JSON.stringify(rows)).toMatch(/"request": ?1/);
});

test('the office goes on: a card of before can be drawn, and the figures exported', async () => {
  await office.says('陈晨', 'SUP-26-0001 到哪了');
  expect(await office.last('陈晨')).toContain('SUP-26-0001');
});
