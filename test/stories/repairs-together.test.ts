/** One broken thing is one ticket: its category decides who and how soon, and whoever else met it watches. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type Reply, type TestOffice } from '../office/office.ts';

const REPAIRER = '郑强';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      roles: { ...rules.roles, it: ['ou_office_1'] },
      repairs: {
        ...rules.repairs,
        categories: {
          ...rules.repairs.categories,
          it: { ...rules.repairs.categories['it']!, role: 'it' },
        },
      },
    }),
  });
});
afterEach(() => office.stop());

async function reports(person: string, text: string): Promise<void> {
  await office.says(person, text);
  await office.taps(person, '提交');
}

/** Until so many transactions of this office wait for another. */
async function untilTheyWait(count: number): Promise<void> {
  const until = performance.now() + 20_000;
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock'`.execute(office.app.db);
    if (rows.length >= count) return;
    if (performance.now() > until) throw new Error('they do not wait');
  }
}

const clock = () =>
  office.app.db
    .selectFrom('response')
    .select(['within', 'role', 'due_at', 'asked_at', 'in_time', 'state'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();

describe('its category', () => {
  test('decides whose it is and how soon, and the repairer sets it right: the clock counts from the report', async () => {
    await office.says('陈晨', '3楼门打不开');
    expect(await office.last('陈晨')).toContain('分类：设施（推测）');
    await office.taps('陈晨', '提交');
    expect(await clock()).toMatchObject({ within: '1wd', role: 'repair' });
    await office.later('1h');
    await office.taps(REPAIRER, '接单');
    await office.taps(REPAIRER, '改分类');
    await office.taps(REPAIRER, '改为这个分类', { category: 'it' });
    // It is IT's now, and nobody gained time.
    const after = await clock();
    expect(after).toMatchObject({ within: '4h', role: 'it' });
    expect(after.asked_at.until(after.due_at).total('hours')).toBeCloseTo(4, 1);
    expect(await office.last('吴婷')).toContain('分类：IT');
    expect(await office.last('吴婷')).toContain('[接单]');
    expect((await office.sees('陈晨')).join('\n')).toContain(
      'FIX-26-0001 的分类改为「IT」，期限从您报修时算起',
    );
    const task = await office.app.db
      .selectFrom('task')
      .select(['due_at', 'person_id'])
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    expect(after.asked_at.until(task.due_at ?? after.asked_at).total('hours')).toBeCloseTo(4, 1);
  });

  test('urgent is half an hour, at night as well', async () => {
    for (const _ of [1, 2, 3]) await office.later('4h'); // ten in the evening
    await reports('陈晨', '2楼茶水间漏水了');
    expect(await office.last(REPAIRER)).toContain('分类：紧急设施');
    expect(await clock()).toMatchObject({ within: '30m' });
    await office.later('15m');
    await office.later('15m');
    await office.later('15m');
    expect((await office.sees('孙丽')).join('\n')).toContain('FIX-26-0001 超时没有人答复');
  });
});

describe('the same thing reported by several', () => {
  test('five reports are one ticket with its reporter and four who watch; they hear of progress and the end', async () => {
    await reports('陈晨', '3楼打印机卡纸了');
    await office.taps(REPAIRER, '接单');
    const others = [
      ['罗敏', '三楼的复印机没墨了'],
      ['王磊', '3层打印机坏了'],
      ['何佳', '3F打印机卡纸'],
      ['马超', '3楼打印机没反应'],
      ['周敏', '三楼打印机又卡纸了'],
    ] as const;
    for (const [person, text] of others) {
      await office.says(person, text);
      expect(await office.last(person)).toContain(
        '好像已有人报了：FIX-26-0001 3楼打印机（卡纸），郑强处理中',
      );
      const { toast } = await office.taps(person, '我也遇到了');
      expect(toast).toBe('已加入 FIX-26-0001，有进展会告诉您');
    }
    const requests = await office.app.db.selectFrom('request').select('id').execute();
    expect(requests).toHaveLength(1);
    expect(await office.last(REPAIRER)).toContain('也遇到的人：5 人：罗敏、王磊、何佳、马超、周敏');
    // What the others said of it is there as well.
    expect(await office.last(REPAIRER)).toContain('没墨');
    await office.taps(REPAIRER, '记进展', { note: '搓纸轮已下单，明天到' });
    for (const [person] of others)
      expect(await office.last(person)).toContain('搓纸轮已下单，明天到');
    // One has had enough.
    expect((await office.taps('马超', '不再关注')).toast).toBe('不再通知您这一单的进展');
    const before = (await office.sees('马超')).length;
    await office.taps(REPAIRER, '完成', { done: '换了搓纸轮' });
    expect(await office.last('罗敏')).toContain('处理说明：换了搓纸轮');
    // A watcher reads, and decides nothing.
    expect(await office.last('罗敏')).not.toContain('[验收]');
    expect(await office.last('陈晨')).toContain('[验收] [重新打开]');
    expect((await office.sees('马超')).length).toBe(before);
  });

  test('submitted in one moment: one ticket, and the other of the two watches it', async () => {
    const two = ['陈晨', '罗敏'] as const;
    for (const person of two) {
      await office.says(person, '3楼打印机卡纸了');
      expect(await office.last(person)).not.toContain('好像已有人报了');
    }
    const { db } = office.app;
    let taps: Promise<Reply>[] = [];
    // Both have come as far as the number when it is free to be taken.
    await db.transaction().execute(async (tx) => {
      await tx.insertInto('counter').values({ kind: 'FIX', year: 2026, last: 0 }).execute();
      taps = two.map((person) => office.taps(person, '提交'));
      await untilTheyWait(2);
    });
    const toasts = (await Promise.all(taps)).map(({ toast }) => toast);
    expect(toasts).toContain('已提交 FIX-26-0001');
    expect(toasts.join()).toMatch(/刚报了同一件，已为您加入 FIX-26-0001，有进展会告诉您/u);
    expect(await db.selectFrom('request').select('id').execute()).toHaveLength(1);
    const late = two[toasts.findIndex((toast) => toast?.includes('已为您加入'))] ?? '';
    await office.taps(REPAIRER, '接单');
    expect(await office.last(REPAIRER)).toContain(`也遇到的人：1 人：${late}`);
    expect((await office.taps(late, '不再关注')).toast).toBe('不再通知您这一单的进展');
  });

  test('what is only alike is asked about before it is filed; said to be another it is filed', async () => {
    await office.says('罗敏', '3楼茶水间的打印机没反应');
    await reports('陈晨', '3楼打印机卡纸了');
    const asked = await office.taps('罗敏', '提交');
    expect(asked.toast).toContain('FIX-26-0001 好像是同一件');
    expect(await office.last('罗敏')).toContain('[我也遇到了] [不是同一件]');
    await office.taps('罗敏', '不是同一件');
    expect((await office.taps('罗敏', '提交')).toast).toBe('已提交 FIX-26-0002');
  });

  test('submitted by a word it joins as well, and says so', async () => {
    await office.says('罗敏', '3楼打印机卡纸了');
    await reports('陈晨', '三楼打印机卡纸');
    await office.says('罗敏', '提交');
    expect((await office.sees('罗敏')).join('\n')).toContain(
      '陈晨刚报了同一件，已为您加入 FIX-26-0001',
    );
    expect(await office.last('罗敏')).toContain('FIX-26-0001');
  });

  test('「不是同一件」 goes on with a report of its own; another floor is never asked about', async () => {
    await reports('陈晨', '3楼打印机卡纸了');
    await office.says('罗敏', '3楼打印机没墨了');
    expect(await office.last('罗敏')).toContain('好像已有人报了：FIX-26-0001');
    await office.taps('罗敏', '不是同一件');
    expect(await office.last('罗敏')).not.toContain('好像已有人报了');
    await office.taps('罗敏', '提交');
    await office.says('王磊', '5楼打印机卡纸了');
    expect(await office.last('王磊')).not.toContain('好像已有人报了');
    const numbers = await office.app.db.selectFrom('request').select('number').execute();
    expect(numbers).toHaveLength(2);
  });

  test('done meanwhile: the second report is one of its own', async () => {
    await reports('陈晨', '3楼打印机卡纸了');
    await office.says('罗敏', '3楼打印机卡纸了');
    await office.taps(REPAIRER, '接单');
    await office.taps(REPAIRER, '完成', { done: '清了纸路' });
    const { toast } = await office.taps('罗敏', '我也遇到了');
    expect(toast).toMatch(/那一单已经修好了|这个选择已经没有了/);
    await office.taps('罗敏', '提交');
    expect(await office.last('罗敏')).toContain('FIX-26-0002');
  });

  test('reported twice by one person: told so, and not their own watcher', async () => {
    await reports('陈晨', '3楼打印机卡纸了');
    await office.says('陈晨', '3楼打印机还是卡纸');
    const draft = await office.last('陈晨');
    expect(draft).toContain('您已经报过：FIX-26-0001');
    expect(draft).not.toContain('我也遇到了');
  });
});
