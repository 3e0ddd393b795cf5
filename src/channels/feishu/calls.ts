/**
 * How many calls of the platform's API were made, by month and route, all replicas together. Tenants on the free plan have
 * 10,000 a month for all their self-built apps; auth, event and contact are outside it (platform notes §11.2).
 *
 * Not confirmed: in which zone a month ends (Asia/Shanghai is assumed), whether a refused call counts (all that reached the
 * platform are counted here).
 */
import { sql } from 'kysely';
import type { Db } from '../../../db/database.ts';

/** Calls a month on the free plan, of all self-built apps of a tenant together. */
export const MONTHLY_CALLS = 10_000;
/** Whose midnight ends a month. */
const ZONE = 'Asia/Shanghai';

/** Calls of one route in one month. `route` is `PATCH /open-apis/im/v1/messages/:id`, `free`: outside the quota. */
export type CallCount = {
  readonly month: string;
  readonly route: string;
  readonly free: boolean;
  readonly count: number;
};

export type Calls = {
  /** One more call of a method and path with `:id` in place of ids. */
  readonly add: (route: string) => void;
  /** Adds what was counted since the last time to the database; on a failure it is kept for the next. */
  readonly store: (db: Db) => Promise<void>;
};

/** Counts in memory and stores in batches: a crash loses what the last minute counted, and no call waits for a write. */
export function createCalls(now: () => Temporal.Instant): Calls {
  let counted = new Map<string, CallCount>();
  const add = (month: string, route: string, more: number): void => {
    const key = `${month} ${route}`;
    const count = (counted.get(key)?.count ?? 0) + more;
    counted.set(key, { month, route, free: isFree(route), count });
  };
  return {
    add: (route) => add(monthOf(now()), route, 1),
    async store(db) {
      // Replicas lock rows in the same order.
      const rows = [...counted.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
      if (rows.length === 0) return;
      counted = new Map();
      try {
        await db
          .insertInto('api_call')
          .values(rows)
          .onConflict((at) =>
            at
              .columns(['month', 'route'])
              .doUpdateSet({ count: sql<number>`api_call.count + excluded.count` }),
          )
          .execute();
      } catch (error) {
        for (const { month, route, count } of rows) add(month, route, count);
        throw error;
      }
    },
  };
}

const key = ({ month, route }: CallCount): string => `${month} ${route}`;

/** The month that a moment's calls count to: `2026-11`. */
export const monthOf = (now: Temporal.Instant): string =>
  now.toZonedDateTimeISO(ZONE).toPlainDate().toPlainYearMonth().toString();

/** Whether calls of this route are outside the monthly quota: those three APIs, and what is no API (where to connect to). */
export const isFree = (route: string): boolean =>
  !/^\w+ \/open-apis\/(?!(auth|event|contact)\/)/.test(route);

/** What was stored for the month of `now`. */
export const callsThisMonth = (db: Db, now: Temporal.Instant): Promise<readonly CallCount[]> =>
  db
    .selectFrom('api_call')
    .selectAll()
    .where('month', '=', monthOf(now))
    .orderBy('count', 'desc')
    .execute();

/**
 * What a month's calls will come to when its other working days are like those so far, a working day that is not over taken
 * for half; `undefined` before two are over. `today` is a date in China.
 */
export function projected(
  used: number,
  today: Temporal.PlainDate,
  isWorkday: (date: Temporal.PlainDate) => boolean,
): number | undefined {
  const first = today.with({ day: 1 });
  const days = Array.from({ length: today.daysInMonth }, (_, day) => first.add({ days: day }));
  const worked = days.filter(isWorkday);
  const over = worked.filter((day) => Temporal.PlainDate.compare(day, today) < 0).length;
  if (over < 2) return undefined;
  const elapsed = over + (isWorkday(today) ? 0.5 : 0);
  return Math.round((used / elapsed) * worked.length);
}

/** Today where the months end. */
export const todayOfQuota = (now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO(ZONE).toPlainDate();
