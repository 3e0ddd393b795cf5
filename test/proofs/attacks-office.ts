/** An office worth attacking: a checksum of what it decided and owns, and the marks that a refusal leaves. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import type { JsonObject } from '../feishu-platform/json.ts';
import type { Callback, Found } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import type { FreshDatabase } from '../office/database.ts';

export type Attacked = {
  readonly office: FeishuOffice;
  /** The trip of 陈晨 that 李伟 is to approve: the button on his card, as it stands. */
  readonly approve: Found;
  /** The button of the same card before the trip was changed. */
  readonly outdated: JsonObject;
  /** The supplies of 王磊 that 李伟 is to approve, too. */
  readonly other: Found;
  /** 林晓's open draft. */
  readonly draft: Found;
};

/** Opens it; 罗敏 has left, and her approval has gone on to her leader, but she still has the card. */
export async function openAttacked(database?: FreshDatabase): Promise<Attacked> {
  const office = await openFeishuOffice({
    transport: 'webhook',
    ...(database && { database }),
  });
  await office.says('陈晨', '下周二到周四去上海出差，见客户');
  await office.taps('陈晨', '提交');
  const outdated = office.button('李伟', '同意').value;
  await office.taps('陈晨', '修改');
  await office.says('陈晨', '改成去南京');
  await office.taps('陈晨', '提交');
  const approve = office.button('李伟', '同意');
  await office.says('王磊', '领15包A4纸');
  await office.taps('王磊', '提交');
  const other = office.button('李伟', '同意');
  await office.says('林晓', '后天上午10点到11点订泰山');
  const draft = office.button('林晓', '提交');
  await office.feishu.moves('ou_sales_1', { leader: 'ou_sales_2' });
  await office.says('何佳', '下周一到周三去广州出差，做展会');
  await office.taps('何佳', '提交');
  await office.feishu.leaves('ou_sales_2');
  await office.settle();
  office.feishu.addPerson({ name: '访客', openId: 'ou_visitor' });
  return { office, approve, outdated, other, draft };
}

/** Everything an attacker might want to change. The record, what came in and what was sent are left out: they grow. */
const TABLES = [
  'request',
  'booking',
  'movement',
  'task',
  'draft',
  'item',
  'room',
  'person',
  'address',
  'department',
  'note',
  'attachment',
  'counter',
] as const;

/** One checksum a table, over all rows with all columns. */
async function checksums({ db }: App): Promise<{ readonly [table: string]: string }> {
  const sums = await Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await sql<{ readonly sum: string | null }>`
        select md5(string_agg(t::text, chr(10) order by t::text)) as sum from ${sql.table(table)} t`.execute(
        db,
      );
      return [table, rows[0]?.sum ?? 'empty'] as const;
    }),
  );
  return Object.fromEntries(sums);
}

export type Refused = { readonly act: string; readonly actor: string; readonly after: unknown };

/** The refusals in the record after an entry, oldest first. */
export const refusalsSince = ({ db }: App, seq: number): Promise<readonly Refused[]> =>
  db
    .selectFrom('audit')
    .select(['act', 'actor', 'after'])
    .where('seq', '>', seq)
    .where('act', 'like', 'refused.%')
    .orderBy('seq')
    .execute();

/** The newest entry of the record. */
export async function newestEntry({ db }: App): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** How many messages are owed or were sent: an attacker must not make the bot speak to others. */
async function deliveries({ db }: App): Promise<number> {
  const { count } = await db
    .selectFrom('delivery')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Mistakes of ours that were kept aside: an attack must not cause any. */
export async function countFaults({ db }: App): Promise<number> {
  const { count } = await db
    .selectFrom('set_aside')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Does it, and holds that nothing but the record changed. Answers which refusals were recorded. */
export async function unchanged(
  office: FeishuOffice,
  act: () => Promise<unknown>,
): Promise<readonly Refused[]> {
  const before = { sums: await checksums(office.app), messages: await deliveries(office.app) };
  const seq = await newestEntry(office.app);
  await act();
  await office.settle();
  expect({ sums: await checksums(office.app), messages: await deliveries(office.app) }).toEqual(
    before,
  );
  return refusalsSince(office.app, seq);
}

/** A tap that must come to nothing, with a word to whoever tapped. */
export async function refusedTap(
  office: FeishuOffice,
  callback: Callback,
): Promise<{ readonly told: string | undefined; readonly acts: readonly string[] }> {
  const faults = await countFaults(office.app);
  let told: string | undefined;
  const refusals = await unchanged(office, async () => {
    const tapped = await office.callsBack(callback);
    expect(tapped.status).toBe(200);
    expect(tapped.toast?.type).toMatch(/^(error|warning)$/);
    told = tapped.toast?.content;
  });
  expect(await countFaults(office.app)).toBe(faults);
  return { told, acts: refusals.map(({ act }) => act) };
}

/** Our id of somebody by the platform's. */
export async function idOfPerson({ app }: FeishuOffice, external: string): Promise<number> {
  const row = await app.db
    .selectFrom('address')
    .select('person_id')
    .where('external_id', '=', external)
    .executeTakeFirstOrThrow();
  return row.person_id;
}
