import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { medianOf, outlierOf, useLines } from '../../src/reports/consumption.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

describe('what is out of the ordinary', () => {
  const use = (person: number, quantity: number) => ({
    department: '研发部',
    person,
    item: 'A4纸',
    unit: '包',
    quantity,
    fen: quantity * 2_500,
  });

  test('more than three times the median of six months, once there is a usual', () => {
    const earlier = [5, 6, 7, 6, 0, 8].map((each) => [use(1, each)]);
    const [line] = useLines([use(1, 2), use(2, 28)], earlier);
    expect(line).toMatchObject({ quantity: 30, before: [5, 6, 7, 6, 0, 8] });
    expect(line?.most).toEqual({ person: 2, quantity: 28 });
    expect(line && outlierOf(line, 3)).toBe(5);
    expect(line && outlierOf(line, 5)).toBeUndefined();
    expect(line && outlierOf({ ...line, before: [0, 0, 0, 0, 6, 6] }, 3)).toBeUndefined();
    expect(medianOf([1, 2, 3, 10])).toBe(2.5);
  });
});

describe('the month by departments', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice();
    const { db } = office.app;
    const { id: item_id } = await db
      .selectFrom('item')
      .select('id')
      .where('name', '=', 'A4纸')
      .executeTakeFirstOrThrow();
    const { id: person_id } = await db
      .selectFrom('person')
      .select('id')
      .where('name', '=', '王磊')
      .executeTakeFirstOrThrow();
    const used = { '2025-09': 4, '2025-10': 5, '2025-12': 6, '2026-01': 5, '2026-02': 20 };
    for (const [month, quantity] of Object.entries(used))
      await db
        .insertInto('movement')
        .values({
          item_id,
          person_id,
          sort: 'issue',
          on_hand_change: -quantity,
          reserved_change: 0,
          value_change: -quantity * 2_200,
          at: Temporal.Instant.from(`${month}-10T10:00:00+08:00`),
        })
        .execute();
  });
  afterAll(() => office.stop());

  test('上个月各部门用了多少办公用品: the sums at cost, and why one is odd, with who', async () => {
    await office.says('ou_office_1', '上个月各部门用了多少办公用品');
    const card = await office.last('ou_office_1');
    expect(card).toContain('2026年2月物资消耗：共 ¥440');
    expect(card).toContain('研发部 | A4纸 | 20 包 | ¥440');
    expect(card).toContain(
      '研发部的A4纸用了 20 包，是前六个月中位数（4.5 包）的 4.4 倍，其中王磊领了 20 包',
    );
    await office.says('ou_office_1', '去年12月各部门领了多少物资');
    expect(await office.last('ou_office_1')).toContain('2025年12月物资消耗：共 ¥132');
  });

  test('it stands in the monthly report, too; nobody else sees it', async () => {
    const director = office.roleHolder('director');
    await office.says(director, '行政月报');
    expect(await office.last(director)).toContain('消耗异常');
    expect(await office.last(director)).toContain('物资支出 ¥440'); // at cost, as above
    expect(await office.last(director)).toContain('的 4.4 倍，其中王磊领了 20 包');
    await office.says('陈晨', '上个月各部门用了多少办公用品');
    expect(await office.last('陈晨')).toContain('各部门的消耗给行政和主任看');
  });
});
