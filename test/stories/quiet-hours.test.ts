/** At night and on days off people are left alone; in the morning what waited comes as one card. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Rules } from '../../src/settings/rules.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

/** An office of its own for a test, opened at a local time of Shanghai. */
async function officeAt(
  local: string,
  rules: (rules: Rules) => Rules = (same) => same,
): Promise<TestOffice> {
  const start = Temporal.Instant.from(`${local}:00+08:00`);
  const office = await openOffice({ start, rules });
  onTestFinished(() => office.stop());
  return office;
}

/** So many hours pass, one after another. */
async function hours(office: TestOffice, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour++) await office.later('1h');
}

/** Somebody asks for a trip that their leader has to approve; its number. */
async function trip(office: TestOffice, person: string): Promise<string> {
  await office.says(person, '3月20日去上海出差一天，见客户');
  await office.says(person, '提交');
  return /TRIP-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

const LEADER = '李伟';

describe('at night', () => {
  test('what waits for a manager comes as one card at half past eight, what is over by then is not on it', async () => {
    const office = await officeAt('2026-03-03T21:30');
    const first = await trip(office, '陈晨');
    const over = await trip(office, '陈晨');
    const third = await trip(office, '陈晨');
    await office.says('陈晨', `撤回 ${over}`);
    expect(await office.sees(LEADER)).toEqual([]);
    await hours(office, 10);
    expect(await office.sees(LEADER)).toEqual([]);
    await hours(office, 1);
    const seen = await office.sees(LEADER);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('昨晚到现在 2 件');
    expect(seen[0]).toContain(`${first} · 出差申请 · 等您审批\n陈晨 · `);
    expect(seen[0]).toContain(third);
    expect(seen[0]).not.toContain(over);
    await office.taps(LEADER, `查看 ${third}`);
    expect(await office.last(LEADER)).toContain('[同意] [驳回]');
    await office.taps(LEADER, '同意');
    expect(await office.last('陈晨')).toContain(`${third} #处理中`);
  });

  test('the only one that waited is shown itself', async () => {
    const office = await officeAt('2026-03-03T21:30');
    const number = await trip(office, '陈晨');
    await hours(office, 11);
    expect(await office.sees(LEADER)).toHaveLength(1);
    expect(await office.last(LEADER)).toContain(`出差申请 ${number} #待审批`);
    expect(await office.last(LEADER)).toContain('[同意] [驳回]');
  });
});
