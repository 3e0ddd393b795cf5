import { sql } from 'kysely';
import { Refusal } from '../cards/refusal.ts';
import type { Clock } from '../src/time/clock.ts';
import type { Db, Tx } from './database.ts';
import { mayRepeat } from './sqlstate.ts';

/** Who does it, as the record names them: `person:12`, `system`, `channel:feishu`. */
export type Actor = `person:${number}` | 'system' | `channel:${string}`;

/**
 * A unit of work: one transaction, one reading of the clock, one actor. `cause` is the inbound key that set it off.
 * Everything a cause changes and every message it owes goes through one of these and commits together.
 */
export type Work = {
  readonly tx: Tx;
  readonly now: Temporal.Instant;
  readonly actor: Actor;
  readonly cause: string | null;
};

/** Where work is done: the database and the office's clock. */
export type Office = { readonly db: Db; readonly clock: Clock };

const TRIES = 3;

/**
 * Runs `act` in one transaction (read committed) and returns what it returns after the commit. Repeated at most three
 * times, 20 to 200 ms apart, on a serialization failure, a deadlock or a stale plan; any other error rolls back and is thrown.
 */
export async function inWork<T>(
  office: Office,
  by: { readonly actor: Actor; readonly cause?: string },
  act: (work: Work) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const now = office.clock.now();
      return await office.db
        .transaction()
        .execute((tx) => act({ tx, now, actor: by.actor, cause: by.cause ?? null }));
    } catch (error) {
      if (attempt >= TRIES || !mayRepeat(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 180));
    }
  }
}

/** So many of one sort are done in one tick; the rest comes with the next. */
const AT_ONCE = 200;

/**
 * Does what the clock made due, one unit of work for each, and of every sort in its turn at most `most` in one tick. A sort does the next of its own and tells whether there was one, best found with `skip locked`, so that two replicas do it
 * once. Sorts that find nothing share a transaction: an idle minute begins one, however many sorts there are.
 */
export async function oneByOne(
  office: Office,
  sorts: readonly ((work: Work) => Promise<boolean>)[],
  most = AT_ONCE,
): Promise<void> {
  let from = 0;
  let done = 0;
  while (from < sorts.length) {
    const found = await inWork(office, { actor: 'system' }, async (work) => {
      for (const [index, one] of sorts.entries())
        if (index >= from && (await one(work))) return index;
      return sorts.length;
    });
    done = found === from ? done + 1 : 1;
    from = found;
    if (done < most) continue;
    from = found + 1;
    done = 0;
  }
}

/** The same work under another actor's name, once it is known who they are. */
export const actingAs = (work: Work, person: number): Work => ({
  ...work,
  actor: `person:${person}`,
});

/**
 * Tries `act` inside the running transaction. A Refusal undoes what `act` did and comes back as a value, so that the claim
 * of the cause and the answer to the person still commit. Any other error is thrown on.
 */
export async function attempt<T>(
  work: Work,
  act: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly refused: Refusal }> {
  await sql`savepoint attempt`.execute(work.tx);
  try {
    const done = await act();
    await sql`release savepoint attempt`.execute(work.tx);
    return { done };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await sql`rollback to savepoint attempt`.execute(work.tx);
    return { refused: error };
  }
}
