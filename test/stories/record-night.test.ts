/** Every night the record is verified: what was altered is told, and once a month its head goes to who keeps it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ start: Temporal.Instant.from('2026-03-30T10:00:00+08:00') });
});
afterAll(() => office.stop());

const everything = async (person: string): Promise<string> =>
  (await office.sees(person)).join('\n');

test('on the day of the monthly report the director gets the head; nothing is said on other days', async () => {
  await office.says('陈晨', '领一盒回形针');
  await office.says('陈晨', '提交');
  await office.later('1d');
  expect(await everything('周敏')).not.toContain('封条');
  await office.later('1d');
  expect(await everything('周敏')).toMatch(/操作记录 \d+ 条，校验通过。封条 \d+:[0-9a-f]{64}/);
});

test('what somebody altered behind our back is told to the office manager the next morning, by its place', async () => {
  expect(await everything('孙丽')).not.toContain('没有通过');
  const { db } = office.app;
  await sql`alter table audit disable trigger user`.execute(db);
  await sql`update audit set actor = 'person:1' where seq = (select seq from audit_seal where place = 1)`.execute(
    db,
  );
  await sql`alter table audit enable trigger user`.execute(db);
  await office.later('1d');
  expect(await everything('孙丽')).toContain('操作记录校验没有通过，第一条有问题的是 #1');
});
