/** What is attacked: a whole program behind the stand-in of Feishu, wherever it runs. */
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Environment } from '../../src/config.ts';
import type { Feishu } from '../../test/feishu-platform/index.ts';
import type { Chance } from '../bench/year/chance.ts';

export type Target = {
  /** Where the program listens. */
  readonly origin: string;
  readonly feishu: Feishu;
  /** A look into its database. */
  readonly db: Db;
  /** What the program's clock shows, ms: in the long form the machine's, in tests the office's own. */
  readonly now: () => number;
  /** Tables that change by themselves where the program looks at the clock each minute; in tests it is told to. */
  readonly byClock?: readonly string[];
};

/** An attack: so often, by chance that follows from the seed. */
export type Attack<Result> = (
  target: Target,
  by: { readonly chance: Chance; readonly rounds: number },
) => Promise<Result>;

/** What the approval centre agreed on with the program. */
export const APPROVAL = { token: 'attacked-approval-token', key: 'attacked-approval-key' } as const;

/** The variables with which the program has every route it can have: also the simulator's, and the approval centre's. */
export const everyRoute: Environment = {
  PUBLIC_URL: 'https://office.example.com',
  FEISHU_APPROVAL_TOKEN: APPROVAL.token,
  FEISHU_APPROVAL_KEY: APPROVAL.key,
  SIMULATOR: 'on',
};

/**
 * Tables that change by themselves, or that only grow by what a refusal leaves: the record and its seals, leases, and the count of
 * calls.
 */
const BESIDE: ReadonlySet<string> = new Set([
  'audit',
  'audit_seal',
  'lease',
  'pace',
  'api_call',
  'kysely_migration',
  'kysely_migration_lock',
]);

/** One checksum a table, over all rows with all columns; of every table that an attacker could want to change. */
export async function everything(db: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const sums = new Map<string, string>();
  for (const { name } of rows.filter((row) => !BESIDE.has(row.name))) {
    const { rows: found } = await sql<{ readonly sum: string | null }>`
      select md5(string_agg(t::text, chr(10) order by t::text)) as sum from ${sql.table(name)} t`.execute(
      db,
    );
    sums.set(name, found[0]?.sum ?? 'empty');
  }
  return sums;
}

/** The tables that differ. */
export const changedSince = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] => [...after.keys()].filter((table) => before.get(table) !== after.get(table));

/** The tables that an attack changed since `before`. */
export const changedBy = async (
  { db, byClock }: Target,
  before: ReadonlyMap<string, string>,
): Promise<readonly string[]> =>
  changedSince(before, await everything(db)).filter((table) => !byClock?.includes(table));

/** Longer than from one look at the clock to the next, ms. */
const TICK_MS = 70_000;

/**
 * The tables that a look at the clock changes by itself, as soon as two in a row changed the same: what was begun before has run out by then. Throws
 * after ten.
 */
export async function changedByClock({ db }: Target): Promise<readonly string[]> {
  let before = await everything(db);
  let last: readonly string[] | undefined;
  for (let tick = 0; tick < 10; tick++) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const now = await everything(db);
    const changed = changedSince(before, now);
    if (changed.join() === last?.join()) return changed;
    [before, last] = [now, changed];
  }
  throw new Error(`still changes by itself: ${last?.join(', ')}`);
}

/** Resolves when nothing is on its way any more: what is owed now was sent. Throws when it takes longer than half a minute. */
export async function quiet({ db, now }: Target): Promise<void> {
  const until = performance.now() + 30_000;
  for (;;) {
    const row = await db
      .selectFrom('delivery')
      .select('id')
      .where('state', 'in', ['waiting', 'sending'])
      .where('due', '<=', Temporal.Instant.fromEpochMilliseconds(Math.floor(now()) + 1_000))
      .executeTakeFirst();
    if (!row) return;
    if (performance.now() > until) throw new Error('messages are still waiting to be sent');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How many mistakes of ours, and how much nonsense, were kept aside; by reason. */
export async function setAside(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('set_aside')
    .select(['reason', (select) => select.fn.countAll<number>().as('count')])
    .groupBy('reason')
    .execute();
  return new Map(rows.map(({ reason, count }) => [reason, Number(count)]));
}
