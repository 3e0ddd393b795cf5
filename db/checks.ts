import { type Kysely, sql } from 'kysely';
import { StartRefusal } from '../src/start-refusal.ts';

/** The oldest server we promise to run on (the contract's `DATABASE_URL`), as `server_version_num`. */
const OLDEST = 140_000;

type Facts = {
  readonly version: number;
  readonly encoding: string;
  readonly read_only: boolean;
  readonly gist: 'installed' | 'creatable' | 'forbidden' | 'absent';
};

/** Refuses, with what to do, a server on which our promises would not hold. */
export async function checkServer<T>(db: Kysely<T>): Promise<void> {
  const { rows } = await facts.execute(db);
  const mistake = rows[0] ? mistakeIn(rows[0]) : 'DATABASE_URL: 数据库没有回答自己的版本';
  if (mistake) throw new StartRefusal(mistake);
}

/** The first thing that does not suit us, as one line, or null. */
export function mistakeIn(server: Facts): string | null {
  if (server.version < OLDEST)
    return `DATABASE_URL: 需要 PostgreSQL 14 或更高版本，现在是 ${Math.floor(server.version / 10_000)}`;
  if (server.encoding !== 'UTF8')
    return `DATABASE_URL: 数据库编码应为 UTF8，现在是 ${server.encoding}；请用 create database … encoding 'UTF8' template template0 重建`;
  if (server.read_only) return 'DATABASE_URL: 这个数据库只读（可能连到了备库），请连接主库';
  if (server.gist === 'absent')
    return 'DATABASE_URL: 服务器缺少扩展 btree_gist，请安装 PostgreSQL 的 contrib 组件';
  if (server.gist === 'forbidden')
    return 'DATABASE_URL: 此用户无权创建扩展 btree_gist，请管理员在该库执行 create extension btree_gist';
  return null;
}

/** btree_gist is a trusted extension since 13: CREATE on the database is enough to create it. */
const facts = sql<Facts>`
  select current_setting('server_version_num')::int as version,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() or current_setting('transaction_read_only')::bool as read_only,
    case
      when exists (select from pg_extension where extname = 'btree_gist') then 'installed'
      when not exists (select from pg_available_extensions where name = 'btree_gist') then 'absent'
      when has_database_privilege(current_database(), 'CREATE') then 'creatable'
      else 'forbidden'
    end as gist`;

/**
 * How far the machine's clock is ahead of the database's (negative: behind), give or take one round trip.
 * Above 2 minutes is an alarm. `now` reads the machine's clock and is called once before and once after.
 */
export async function clockSkew<T>(
  db: Kysely<T>,
  now: () => Temporal.Instant,
): Promise<Temporal.Duration> {
  const before = now();
  const { rows } = await sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`.execute(db);
  const middle = before.add({ nanoseconds: Math.round(nanosecondsSince(before, now()) / 2) });
  return rows[0] ? middle.since(rows[0].at) : new Temporal.Duration();
}

const nanosecondsSince = (start: Temporal.Instant, end: Temporal.Instant): number =>
  Number(end.epochNanoseconds - start.epochNanoseconds);
